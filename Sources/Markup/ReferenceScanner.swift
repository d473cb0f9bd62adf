/// Finds the tags of stored rich text that may refer to something: `<a …>` and `<embed …/>`.
struct ReferenceScanner {
    enum Tag {
        case link, embed

        /// The attribute that says what the tag refers to.
        var typeAttribute: StaticString {
            switch self {
            case .link: "linktype"
            case .embed: "embedtype"
            }
        }
    }

    struct Reference {
        let tag: Tag
        let attributes: TagAttributes
        /// The whole tag.
        let range: Range<Int>
    }

    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0
    private var lastClose = -1

    init(bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    mutating func next() -> Reference? {
        while let start = bytes[position...].firstIndex(of: UInt8(ascii: "<")) {
            position = start + 1
            guard let (tag, name) = tag(at: start) else { continue }
            guard let close = close(from: name) else { return nil }
            var end = close
            if tag == .embed {
                guard close > name, bytes[close - 1] == UInt8(ascii: "/") else { continue }
                end -= 1
            }
            position = close + 1
            let attributes = TagAttributes(bytes: bytes[name..<end])
            if attributes[tag.typeAttribute] != nil {
                return Reference(tag: tag, attributes: attributes, range: start..<position)
            }
        }
        return nil
    }

    /// Where the next `>` stands. It is kept, for many broken tags may come before it.
    private mutating func close(from index: Int) -> Int? {
        if lastClose < index {
            guard let close = bytes[index...].firstIndex(of: UInt8(ascii: ">")) else { return nil }
            lastClose = close
        }
        return lastClose
    }

    /// The tag whose name follows the `<` at `start`, and the index after the name.
    private func tag(at start: Int) -> (Tag, afterName: Int)? {
        for (tag, opening) in [(Tag.link, "<a"), (.embed, "<embed")] {
            let end = start + opening.utf8.count
            if bytes[start...].starts(with: opening.utf8), end < bytes.count, !bytes[end].isWordByte {
                return (tag, end)
            }
        }
        return nil
    }
}

extension UInt8 {
    /// Whether the byte belongs to a word: a letter, a digit, `_` or any non-ASCII character.
    var isWordByte: Bool {
        isASCIILetter || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) || self == UInt8(ascii: "_")
            || self >= 0x80
    }
}
