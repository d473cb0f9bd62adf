/// The value of a SHA-256 digest: 32 bytes, kept in place since a snapshot has tens of thousands of them.
public struct Digest: Hashable, Sendable {
    /// The raw bytes.
    public let bytes: SIMD32<UInt8>

    init(bytes: SIMD32<UInt8>) {
        self.bytes = bytes
    }

    /// The digest that `hex` writes in 64 hexadecimal digits; nil for anything else.
    public init?(hex: some StringProtocol) {
        let digits = Array(hex.utf8)
        guard digits.count == 64 else { return nil }
        var bytes = SIMD32<UInt8>()
        for index in 0..<32 {
            guard let high = digits[2 * index].hexadecimalValue, let low = digits[2 * index + 1].hexadecimalValue else {
                return nil
            }
            bytes[index] = high << 4 | low
        }
        self.bytes = bytes
    }

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
        for index in 0..<32 {
            append((digest.bytes[index] >> 4).hexadecimalDigit)
            append((digest.bytes[index] & 15).hexadecimalDigit)
        }
    }
}

extension SHA256 {
    /// Takes in the raw bytes of `digest`.
    public mutating func update(_ digest: Digest) {
        withUnsafeBytes(of: digest.bytes) { update($0) }
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
