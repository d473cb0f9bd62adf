/// The first byte in which two files differ.
public struct ByteDifference: Hashable, Sendable, CustomStringConvertible {
    /// The offset of the byte, counted from 0.
    public let offset: Int
    /// What stands around it in the expected file; unprintable bytes are escaped.
    public let expected: String
    /// What stands around it in the file that was found.
    public let found: String

    /// Several lines, for a test's message.
    public var description: String {
        "first difference at byte \(offset)\n  expected: \(expected)\n  found:    \(found)"
    }

    /// The first difference of `found` from `expected`, nil when they are equal.
    public init?(expected: [UInt8], found: [UInt8]) {
        let offset = zip(expected, found).enumerated().first { $0.element.0 != $0.element.1 }?.offset
        guard offset != nil || expected.count != found.count else { return nil }
        self.offset = offset ?? min(expected.count, found.count)
        self.expected = Self.surroundings(of: self.offset, in: expected)
        self.found = Self.surroundings(of: self.offset, in: found)
    }

    private static func surroundings(of offset: Int, in bytes: [UInt8]) -> String {
        let before = bytes[max(0, offset - 40)..<offset]
        let after = bytes[offset..<min(bytes.count, offset + 40)]
        let end = offset + 40 >= bytes.count ? " (end, \(bytes.count) bytes)" : "…"
        return (offset > 40 ? "…" : "") + printable(before) + "▸" + printable(after) + end
    }

    private static func printable(_ bytes: ArraySlice<UInt8>) -> String {
        String(decoding: bytes, as: UTF8.self).unicodeScalars.map { scalar in
            switch scalar {
            case "\n": "\\n"
            case "\r": "\\r"
            case "\t": "\\t"
            default:
                scalar.value < 0x20 || scalar.value == 0x7f ? "\\u{\(String(scalar.value, radix: 16))}" : "\(scalar)"
            }
        }.joined()
    }
}
