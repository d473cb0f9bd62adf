import Bytes

extension ByteBuffer {
    /// Appends `text` for HTML, in an element or a quoted attribute value: `&`, `<`, `>`, `"` and `'` escaped.
    ///
    /// A single quote becomes `&#x27;`, as Django writes it.
    public mutating func appendHTML(_ text: String) {
        var copy = text
        copy.withUTF8 { appendHTML($0) }
    }

    /// Appends a text's UTF-8 bytes for HTML likewise.
    mutating func appendHTML(_ utf8: UnsafeBufferPointer<UInt8>) {
        var clean = 0
        var index = 0
        while index < utf8.count {
            let byte = utf8[index]
            guard byte.isHTMLSpecial else {
                index += 1
                continue
            }
            if clean < index { append(UnsafeBufferPointer(rebasing: utf8[clean..<index])) }
            append(byte.htmlReplacement)
            index += 1
            clean = index
        }
        if clean < utf8.count { append(UnsafeBufferPointer(rebasing: utf8[clean...])) }
    }
}

extension UInt8 {
    /// The characters that are escaped, as the bits of a number: all come before 64.
    private static let htmlSpecials: UInt64 = 1 << 0x22 | 1 << 0x26 | 1 << 0x27 | 1 << 0x3c | 1 << 0x3e

    @inline(__always)
    fileprivate var isHTMLSpecial: Bool {
        self < 64 && Self.htmlSpecials & 1 << UInt64(self) != 0
    }

    fileprivate var htmlReplacement: StaticString {
        switch self {
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: ">"): "&gt;"
        case UInt8(ascii: "\""): "&quot;"
        default: "&#x27;"
        }
    }
}
