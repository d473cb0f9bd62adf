import Bytes

/// A URL of rich text that may be followed or shown, as browsers will read it.
struct WebAddress {
    /// In ASCII, without spaces, quotes, `<`, `>`, backslashes and controls.
    let text: String
    /// Whether it names a host, so that it may lead away.
    let isAbsolute: Bool

    private static let longest = 4096

    /// Nil unless it is relative, or `http`, `https` or, for links, `mailto` or `tel`.
    ///
    /// Also refused are those that seem to lead elsewhere than they do: with a user before the host, or without the two
    /// slashes before it.
    init?(_ value: String, for use: LinkUse) {
        // Browsers look past controls in a scheme and spaces around the whole.
        var bytes = value.utf8.filter { $0 >= 0x20 && $0 != 0x7f }[...]
        while bytes.first == 0x20 { bytes.removeFirst() }
        while bytes.last == 0x20 { bytes.removeLast() }
        guard !bytes.isEmpty, bytes.count <= WebAddress.longest else { return nil }

        var output = ByteBuffer(capacity: bytes.count)
        var isOpaque = false
        let end = bytes.firstIndex { "/?#\\".utf8.contains($0) } ?? bytes.endIndex
        if let colon = bytes[..<end].firstIndex(of: UInt8(ascii: ":")) {
            let scheme = String(decoding: bytes[..<colon], as: UTF8.self).lowercased()
            switch (scheme, use) {
            case ("http", _), ("https", _): break
            case ("mailto", .link), ("tel", .link): isOpaque = true
            default: return nil
            }
            output.append(scheme)
            output.append(":")
            bytes = bytes[(colon + 1)...]
        }
        let hasScheme = output.count > 0
        if isOpaque {
            guard !bytes.isEmpty else { return nil }
            output.appendURL(bytes)
            isAbsolute = false
        } else {
            let query = bytes.firstIndex { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") } ?? bytes.endIndex
            let path = bytes[..<query].map { $0 == UInt8(ascii: "\\") ? UInt8(ascii: "/") : $0 }[...]
            isAbsolute = path.starts(with: "//".utf8)
            guard isAbsolute || !hasScheme else { return nil }
            if isAbsolute {
                let authority = path.dropFirst(2).prefix { $0 != UInt8(ascii: "/") }
                guard !authority.isEmpty, !authority.contains(UInt8(ascii: "@")) else { return nil }
            }
            output.appendURL(path)
            output.appendURL(bytes[query...])
        }
        text = String(decoding: output.bytes, as: UTF8.self)
    }
}

extension ByteBuffer {
    /// Encodes what may not stand in a URL, and keeps what is encoded.
    fileprivate mutating func appendURL(_ bytes: ArraySlice<UInt8>) {
        for index in bytes.indices {
            let byte = bytes[index]
            let isAllowed =
                byte == UInt8(ascii: "%")
                ? index + 2 < bytes.endIndex && bytes[index + 1].isHexadecimal && bytes[index + 2].isHexadecimal
                : byte < 0x80 && (byte.isWordByte || "-.~!$&()*+,;=:@/?#[]".utf8.contains(byte))
            if isAllowed {
                append(byte)
            } else {
                appendPercentEncoded(byte)
            }
        }
    }
}

extension UInt8 {
    fileprivate var isHexadecimal: Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self)
            || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(self | 0x20)
    }
}
