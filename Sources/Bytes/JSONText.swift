extension ByteBuffer {
    /// Appends `text` as a JSON string, quotes included (`spec/catalog.md` §3.3).
    ///
    /// Escaped are `"`, `\`, control characters and U+2028, U+2029; everything else stays literal.
    public mutating func appendJSON(_ text: String) {
        append(UInt8(ascii: "\""))
        var copy = text
        copy.withUTF8 { appendJSONContent($0) }
        append(UInt8(ascii: "\""))
    }

    private mutating func appendJSONContent(_ utf8: UnsafeBufferPointer<UInt8>) {
        var clean = 0
        var index = 0
        while index < utf8.count {
            let byte = utf8[index]
            if byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte != 0xe2 {
                index += 1
                continue
            }
            let length = byte == 0xe2 ? 3 : 1
            if byte == 0xe2, !utf8.isLineSeparator(at: index) {
                index += 1
                continue
            }
            append(UnsafeBufferPointer(rebasing: utf8[clean..<index]))
            appendJSONEscape(of: byte, last: utf8[index + length - 1])
            index += length
            clean = index
        }
        append(UnsafeBufferPointer(rebasing: utf8[clean...]))
    }

    private mutating func appendJSONEscape(of byte: UInt8, last: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): append("\\\"")
        case UInt8(ascii: "\\"): append("\\\\")
        case 0x08: append("\\b")
        case 0x09: append("\\t")
        case 0x0a: append("\\n")
        case 0x0c: append("\\f")
        case 0x0d: append("\\r")
        case 0xe2: append(last == 0xa8 ? "\\u2028" : "\\u2029")
        default:
            append("\\u00")
            append((byte >> 4).hexadecimalDigit)
            append((byte & 15).hexadecimalDigit)
        }
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Whether U+2028 or U+2029 (e2 80 a8, e2 80 a9) stands at `index`.
    fileprivate func isLineSeparator(at index: Int) -> Bool {
        index + 2 < count && self[index + 1] == 0x80 && (self[index + 2] == 0xa8 || self[index + 2] == 0xa9)
    }
}
