import Bytes

/// Percent-encoding of URLs (RFC 3986 §2).
public enum PercentEncoding {
    /// `path` with every byte encoded that may not stand in a path: spaces, `%`, `?`, `#`, non-ASCII characters …
    ///
    /// Unreserved characters, sub-delimiters, `:`, `@` and `/` stay.
    public static func path(_ path: String) -> String {
        if path.utf8.allSatisfy(\.isAllowedInPath) { return path }
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
    /// Unreserved characters, sub-delimiters, `:`, `@` and `/`; those from `&` to `;` and from `@` to `Z` follow one another.
    fileprivate var isAllowedInPath: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "@")...UInt8(ascii: "Z"),
            UInt8(ascii: "&")...UInt8(ascii: ";"), UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "="),
            UInt8(ascii: "!"), UInt8(ascii: "$"):
            true
        default: false
        }
    }

    fileprivate var upperHexadecimalDigit: UInt8 {
        self < 10 ? UInt8(ascii: "0") + self : UInt8(ascii: "A") + self - 10
    }
}
