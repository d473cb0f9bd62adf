import Bytes

extension ByteBuffer {
    /// Appends `text` for XML 1.0, in an element or a quoted attribute value.
    ///
    /// What no XML document may hold is left out: control characters other than tabs and line ends, U+FFFE and U+FFFF. A
    /// carriage return is written as a reference, since readers would take it for a line feed.
    public mutating func appendXML(_ text: String) {
        var copy = text
        copy.withUTF8 { utf8 in
            var clean = 0
            var index = 0
            while index < utf8.count {
                guard let (replacement, length) = utf8.xmlReplacement(at: index) else {
                    index += 1
                    continue
                }
                append(UnsafeBufferPointer(rebasing: utf8[clean..<index]))
                append(replacement)
                index += length
                clean = index
            }
            append(UnsafeBufferPointer(rebasing: utf8[clean...]))
        }
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// What stands for the bytes at `index`, and how many they are; nil for a byte that stays.
    fileprivate func xmlReplacement(at index: Int) -> (StaticString, Int)? {
        switch self[index] {
        case UInt8(ascii: "&"): ("&amp;", 1)
        case UInt8(ascii: "<"): ("&lt;", 1)
        case UInt8(ascii: ">"): ("&gt;", 1)
        case UInt8(ascii: "\""): ("&quot;", 1)
        case UInt8(ascii: "'"): ("&#39;", 1)
        case UInt8(ascii: "\r"): ("&#13;", 1)
        case UInt8(ascii: "\t"), UInt8(ascii: "\n"): nil
        case ..<0x20: ("", 1)
        case 0xef where isNoCharacter(at: index): ("", 3)
        default: nil
        }
    }

    /// Whether U+FFFE or U+FFFF (ef bf be, ef bf bf) stands at `index`.
    private func isNoCharacter(at index: Int) -> Bool {
        index + 2 < count && self[index + 1] == 0xbf && self[index + 2] >= 0xbe
    }
}
