import Bytes

/// Percent-encoding of URLs (RFC 3986 §2).
public enum PercentEncoding {
    /// `path` with every byte encoded that may not stand in a path: spaces, `%`, `?`, `#`, non-ASCII characters …
    ///
    /// Unreserved characters, sub-delimiters, `:`, `@` and `/` stay.
    public static func path(_ path: String) -> String {
        var output = ByteBuffer(capacity: path.utf8.count)
        for byte in path.utf8 {
            if byte.isAllowedInPath {
                output.append(byte)
            } else {
                output.appendPercentEncoded(byte)
            }
        }
        return String(decoding: output.bytes, as: UTF8.self)
    }
}

extension ByteBuffer {
    /// Appends `%` and the two digits of `byte`.
    mutating func appendPercentEncoded(_ byte: UInt8) {
        append(UInt8(ascii: "%"))
        append((byte >> 4).upperHexadecimalDigit)
        append((byte & 15).upperHexadecimalDigit)
    }
}

extension UInt8 {
    fileprivate var isAllowedInPath: Bool {
        self < 0x80 && (isWordByte || "-.~!$&'()*+,;=:@/".utf8.contains(self))
    }

    fileprivate var upperHexadecimalDigit: UInt8 {
        self < 10 ? UInt8(ascii: "0") + self : UInt8(ascii: "A") + self - 10
    }
}
