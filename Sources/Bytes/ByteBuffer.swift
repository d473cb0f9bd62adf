/// An append-only run of bytes: what JSON, HTML and archives are written into.
public struct ByteBuffer: Sendable {
    /// Everything appended so far.
    public private(set) var bytes: [UInt8] = []

    /// An empty buffer with room for `capacity` bytes.
    public init(capacity: Int = 0) {
        bytes.reserveCapacity(capacity)
    }

    /// The number of bytes appended so far.
    @inlinable public var count: Int { bytes.count }

    /// Appends one byte.
    @inlinable public mutating func append(_ byte: UInt8) {
        bytesForWriting.append(byte)
    }

    /// Appends text of the program itself, without any escaping.
    @inlinable public mutating func append(_ text: StaticString) {
        bytesForWriting.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Appends the UTF-8 bytes of `text`, without any escaping.
    @inlinable public mutating func append(_ text: String) {
        bytesForWriting.append(contentsOf: text.utf8)
    }

    /// Appends `slice` as it is.
    @inlinable public mutating func append(_ slice: some Collection<UInt8>) {
        bytesForWriting.append(contentsOf: slice)
    }

    /// Appends `number` in decimal digits.
    public mutating func append(_ number: Int) {
        append(Int64(number))
    }

    /// Appends `number` in decimal digits.
    public mutating func append(_ number: Int64) {
        appendDigits(of: number.magnitude, negative: number < 0, minimum: 1)
    }

    /// Appends `number` with leading zeros up to `width` digits.
    public mutating func append(_ number: Int64, width: Int) {
        appendDigits(of: number.magnitude, negative: number < 0, minimum: width)
    }

    @usableFromInline var bytesForWriting: [UInt8] {
        @inline(__always) get { bytes }
        @inline(__always) _modify { yield &bytes }
    }

    private mutating func appendDigits(of magnitude: UInt64, negative: Bool, minimum: Int) {
        if negative { bytes.append(UInt8(ascii: "-")) }
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
            var rest = magnitude
            var start = digits.count
            repeat {
                start -= 1
                digits[start] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
            } while rest > 0
            let written = digits.count - start
            for _ in 0..<max(0, minimum - written) { bytes.append(UInt8(ascii: "0")) }
            bytes.append(contentsOf: digits[start...])
        }
    }
}
