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
        for (index, byte) in utf8.enumerated() {
            guard let replacement = byte.htmlReplacement else { continue }
            append(UnsafeBufferPointer(rebasing: utf8[clean..<index]))
            append(replacement)
            clean = index + 1
        }
        append(UnsafeBufferPointer(rebasing: utf8[clean...]))
    }
}

extension UInt8 {
    fileprivate var htmlReplacement: StaticString? {
        switch self {
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: ">"): "&gt;"
        case UInt8(ascii: "\""): "&quot;"
        case UInt8(ascii: "'"): "&#x27;"
        default: nil
        }
    }
}
