/// An append-only run of bytes: what JSON, HTML and archives are written into.
public struct ByteBuffer: Sendable {
    @usableFromInline var storage: [UInt8] = []

    /// An empty buffer with room for `capacity` bytes.
    @inlinable public init(capacity: Int = 0) {
        storage.reserveCapacity(capacity)
    }

    /// Everything appended so far.
    @inlinable public var bytes: [UInt8] { storage }

    /// A copy of everything appended so far that takes no more room than it needs.
    public var fittedBytes: [UInt8] {
        storage.withUnsafeBufferPointer { Array($0) }
    }

    /// The number of bytes appended so far.
    @inlinable public var count: Int { storage.count }

    /// Forgets everything appended so far and keeps the room for it.
    @inlinable public mutating func removeAll() {
        storage.removeAll(keepingCapacity: true)
    }

    /// Appends one byte.
    @inlinable public mutating func append(_ byte: UInt8) {
        storage.append(byte)
    }

    /// Appends text of the program itself, without any escaping.
    @inlinable public mutating func append(_ text: StaticString) {
        if text.hasPointerRepresentation {
            storage.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
        } else {
            storage.append(contentsOf: text.unicodeScalar.utf8)
        }
    }

    /// Appends the UTF-8 bytes of `text`, without any escaping.
    ///
    /// Disfavoured, so that a literal goes the twice faster way of a `StaticString`.
    @_disfavoredOverload
    @inlinable public mutating func append(_ text: String) {
        storage.append(contentsOf: text.utf8)
    }

    /// Appends `slice` as it is.
    @inlinable public mutating func append(_ slice: some Collection<UInt8>) {
        storage.append(contentsOf: slice)
    }

    /// Overwrites what was appended from `index` on; what would come after the end is left out.
    public mutating func replace(at index: Int, with bytes: some Collection<UInt8>) {
        for (target, byte) in zip(index..<max(index, count), bytes) { storage[target] = byte }
    }

    /// Appends `number` in decimal digits.
    public mutating func append(_ number: Int) {
        append(Int64(number))
    }

    /// Appends `number` in decimal digits.
    public mutating func append(_ number: Int64) {
        append(number, width: 1)
    }

    /// Appends `number` with leading zeros up to `width` digits.
    public mutating func append(_ number: Int64, width: Int) {
        if number < 0 { append(UInt8(ascii: "-")) }
        appendDigits(of: number.magnitude, width: width)
    }

    /// Appends `number` with leading zeros up to `width` digits.
    mutating func appendDigits(of number: UInt64, width: Int) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
            var rest = number
            var start = digits.count
            repeat {
                start -= 1
                digits[start] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
            } while rest > 0
            for _ in 0..<max(0, width - (digits.count - start)) { storage.append(UInt8(ascii: "0")) }
            storage.append(contentsOf: digits[start...])
        }
    }
}
