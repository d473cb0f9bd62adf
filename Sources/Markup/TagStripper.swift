import Bytes

/// Turns rich text into text, as the `bleach` library does when it allows no tag (`spec/catalog.md` §7.1).
public enum TagStripper {
    /// The text of `html`, itself HTML-escaped: a reader that shows it must not escape it again.
    ///
    /// Tags vanish; a block element that does not come first leaves a line feed. Nothing is trimmed or folded.
    public static func escapedText(of html: String) -> String {
        var html = html
        let stripped = html.withUTF8 { utf8 -> String? in
            guard let first = utf8.firstIndex(where: \.needsStripping) else { return nil }
            return utf8[first...].contains(UInt8(ascii: "\r"))
                ? normalizedLineEnds(utf8).withUnsafeBufferPointer(strip) : strip(utf8)
        }
        return stripped ?? html
    }

    /// `html` without its comments, doctypes and processing instructions.
    static func withoutComments(_ html: String) -> String {
        var html = html
        return html.withUTF8 { utf8 in
            var scanner = TagScanner(bytes: utf8)
            var output = ByteBuffer(capacity: utf8.count)
            var start = 0
            while let token = scanner.next() {
                if case .comment = token {
                } else {
                    output.append(UnsafeBufferPointer(rebasing: utf8[start..<scanner.position]))
                }
                start = scanner.position
            }
            output.append(UnsafeBufferPointer(rebasing: utf8[start...]))
            return String(decoding: output.bytes, as: UTF8.self)
        }
    }

    private static func normalizedLineEnds(_ utf8: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(utf8.count)
        var previous: UInt8 = 0
        for byte in utf8 {
            if byte == UInt8(ascii: "\r") {
                result.append(UInt8(ascii: "\n"))
            } else if byte != UInt8(ascii: "\n") || previous != UInt8(ascii: "\r") {
                result.append(byte)
            }
            previous = byte
        }
        return result
    }

    private static func strip(_ utf8: UnsafeBufferPointer<UInt8>) -> String {
        var scanner = TagScanner(bytes: utf8)
        var output = ByteBuffer(capacity: utf8.count + 16)
        // Text is escaped only when a comment or the end closes it: a character reference may span a tag.
        var text = ByteBuffer(capacity: utf8.count)
        var seenTag = false
        while let token = scanner.next() {
            switch token {
            case .text(let range):
                text.append(UnsafeBufferPointer(rebasing: utf8[range]))
            case .startTag(let name):
                if seenTag, BlockElement.isName(utf8[name]) { text.append(UInt8(ascii: "\n")) }
                seenTag = true
            case .endTag:
                seenTag = true
            case .comment:
                output.appendKeepingReferences(text)
                text.removeAll()
            }
        }
        output.appendKeepingReferences(text)
        return String(decoding: output.bytes, as: UTF8.self)
    }
}

extension UInt8 {
    /// Whether a text with this byte may differ from its stripped form.
    fileprivate var needsStripping: Bool {
        switch self {
        case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&"): true
        case UInt8(ascii: "\t"), UInt8(ascii: "\n"): false
        default: self < 0x20
        }
    }
}
