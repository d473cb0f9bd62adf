/// The value of a SHA-256 digest: 32 bytes, kept in place since a snapshot has tens of thousands of them.
///
/// In four words and not in one vector: that would have to stand at multiples of 32 bytes, which values that live across a
/// suspension of a task do not.
public struct Digest: Hashable, Sendable {
    private let first: UInt64
    private let second: UInt64
    private let third: UInt64
    private let fourth: UInt64

    /// The digest of these 32 bytes.
    init(_ bytes: UnsafeRawBufferPointer) {
        precondition(bytes.count == 32, "a SHA-256 digest has 32 bytes")
        first = bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self)
        second = bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
        third = bytes.loadUnaligned(fromByteOffset: 16, as: UInt64.self)
        fourth = bytes.loadUnaligned(fromByteOffset: 24, as: UInt64.self)
    }

    /// The digest that `hex` writes in 64 hexadecimal digits; nil for anything else.
    public init?(hex: some StringProtocol) {
        let digits = Array(hex.utf8)
        guard digits.count == 64 else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: 64, by: 2) {
            guard let high = digits[index].hexadecimalValue, let low = digits[index + 1].hexadecimalValue else {
                return nil
            }
            bytes.append(high << 4 | low)
        }
        self = bytes.withUnsafeBytes { Digest($0) }
    }

    /// The 32 bytes.
    public var bytes: [UInt8] { withUnsafeBytes(of: self) { Array($0) } }

    /// Lower-case hexadecimal digits.
    public var hex: String {
        var buffer = ByteBuffer(capacity: 64)
        buffer.append(self)
        return String(decoding: buffer.bytes, as: UTF8.self)
    }
}

extension ByteBuffer {
    /// Appends `digest` in 64 lower-case hexadecimal digits.
    public mutating func append(_ digest: Digest) {
        withUnsafeBytes(of: digest) { bytes in
            for byte in bytes {
                append((byte >> 4).hexadecimalDigit)
                append((byte & 15).hexadecimalDigit)
            }
        }
    }
}

extension SHA256 {
    /// Takes in the raw bytes of `digest`.
    public mutating func update(_ digest: Digest) {
        withUnsafeBytes(of: digest) { update($0) }
    }
}

extension UInt8 {
    /// The lower-case ASCII digit of a value from 0 to 15.
    var hexadecimalDigit: UInt8 {
        self < 10 ? UInt8(ascii: "0") + self : UInt8(ascii: "a") + self - 10
    }

    /// The value of an ASCII hexadecimal digit; nil for another character.
    fileprivate var hexadecimalValue: UInt8? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
