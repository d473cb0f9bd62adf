import Bytes

/// The character references that stripped text keeps (`spec/catalog.md` §7.1.4).
enum CharacterReference {
    /// The index after the `;` of the reference that begins with the `&` at `start`, nil when none does.
    ///
    /// A name counts when it is an entity's or the beginning of one, a number even without a digit.
    static func end(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        var index = start + 1
        guard index < text.count else { return nil }
        if text[index] == UInt8(ascii: "#") {
            index += 1
            let isHexadecimal = index < text.count && text[index] | 0x20 == UInt8(ascii: "x")
            if isHexadecimal { index += 1 }
            while index < text.count, text[index].isDigit(hexadecimal: isHexadecimal) { index += 1 }
        } else {
            while index < text.count, text[index].isASCIILetter || text[index].isDigit(hexadecimal: false) {
                index += 1
            }
            let name = text[(start + 1)..<index]
            guard !name.isEmpty, EntityNames.all.containsPrefix(name) else { return nil }
        }
        return index < text.count && text[index] == UInt8(ascii: ";") ? index + 1 : nil
    }
}

extension ByteBuffer {
    /// Appends stripped text: `<` and `>` escaped, `&` only where it begins no character reference, control
    /// characters as `?`.
    mutating func appendKeepingReferences(_ text: ByteBuffer) {
        text.bytes.withUnsafeBufferPointer { utf8 in
            var clean = 0
            var index = 0
            while index < utf8.count {
                let byte = utf8[index]
                let replacement: StaticString
                switch byte {
                case UInt8(ascii: "<"): replacement = "&lt;"
                case UInt8(ascii: ">"): replacement = "&gt;"
                case UInt8(ascii: "&"):
                    if let end = CharacterReference.end(in: utf8, from: index) {
                        index = end
                        continue
                    }
                    replacement = "&amp;"
                case 0x20..., UInt8(ascii: "\t"), UInt8(ascii: "\n"):
                    index += 1
                    continue
                default: replacement = "?"
                }
                append(UnsafeBufferPointer(rebasing: utf8[clean..<index]))
                append(replacement)
                index += 1
                clean = index
            }
            append(UnsafeBufferPointer(rebasing: utf8[clean...]))
        }
    }
}

extension UInt8 {
    fileprivate func isDigit(hexadecimal: Bool) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self)
            || (hexadecimal && (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(self | 0x20))
    }
}
