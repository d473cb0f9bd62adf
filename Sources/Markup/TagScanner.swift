/// Cuts HTML into text, tags and comments, as an HTML5 tokenizer does that never leaves its data state.
///
/// Line ends must be normalised before.
struct TagScanner {
    enum Token {
        case text(Range<Int>)
        case startTag(name: Range<Int>)
        case endTag
        /// A comment, a doctype or a processing instruction.
        case comment
    }

    private let bytes: UnsafeBufferPointer<UInt8>
    /// After the last token.
    private(set) var position = 0

    init(bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    mutating func next() -> Token? {
        while position < bytes.count {
            let start = position
            guard bytes[start] == UInt8(ascii: "<") else { return text(to: index(of: "<", from: start)) }
            switch byte(at: start + 1) {
            case UInt8(ascii: "!") where bytes[start...].starts(with: "<!--".utf8):
                position = endOfComment(from: start + 4)
                return .comment
            case UInt8(ascii: "!"), UInt8(ascii: "?"):
                position = endOfBogusComment(from: start)
                return .comment
            case UInt8(ascii: "/"):
                if let token = endTag() { return token }
            case let letter? where letter.isASCIILetter:
                if let token = tag(nameStart: start + 1, isStart: true) { return token }
            default:
                return text(to: start + 1)
            }
        }
        return nil
    }

    private func byte(at index: Int) -> UInt8? {
        index < bytes.count ? bytes[index] : nil
    }

    /// Where `character` stands next, else the end of the input.
    private func index(of character: Unicode.Scalar, from start: Int) -> Int {
        let wanted = UInt8(ascii: character)
        var index = start
        while index < bytes.count, bytes[index] != wanted { index += 1 }
        return index
    }

    private mutating func text(to end: Int) -> Token {
        defer { position = end }
        return .text(position..<end)
    }

    /// After the `>` that ends it, else the end of the input.
    private func endOfBogusComment(from start: Int) -> Int {
        min(index(of: ">", from: start) + 1, bytes.count)
    }

    /// `start` is after `<!--`.
    private func endOfComment(from start: Int) -> Int {
        if bytes[start...].starts(with: ">".utf8) { return start + 1 }
        if bytes[start...].starts(with: "->".utf8) { return start + 2 }
        var dashes = index(of: "-", from: start)
        while dashes < bytes.count {
            if bytes[dashes...].starts(with: "-->".utf8) { return dashes + 3 }
            if bytes[dashes...].starts(with: "--!>".utf8) { return dashes + 4 }
            dashes = index(of: "-", from: dashes + 1)
        }
        return bytes.count
    }

    /// What begins with `</`; nil when it is nothing at all.
    private mutating func endTag() -> Token? {
        switch byte(at: position + 2) {
        case let letter? where letter.isASCIILetter:
            return tag(nameStart: position + 2, isStart: false)
        case UInt8(ascii: ">"):
            position += 3
            return nil
        default:
            return text(to: endOfBogusComment(from: position))
        }
    }

    /// A tag. One that the end of the input cuts off is text or, where a value was complete or open, nothing.
    private mutating func tag(nameStart: Int, isStart: Bool) -> Token? {
        var index = nameStart
        skip(&index) { !$0.isHTMLSpace && $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: ">") }
        let name = nameStart..<index
        if index == bytes.count { return text(to: index) }
        while true {
            skip(&index) { $0.isHTMLSpace || $0 == UInt8(ascii: "/") }
            guard index < bytes.count else { break }
            if bytes[index] == UInt8(ascii: ">") { return close(at: index, name: name, isStart: isStart) }

            index += 1
            skip(&index) { !$0.isHTMLSpace && !$0.endsAttributeName }
            skip(&index, while: \.isHTMLSpace)
            if index == bytes.count { return text(to: index) }
            guard bytes[index] == UInt8(ascii: "=") else { continue }

            index += 1
            skip(&index, while: \.isHTMLSpace)
            guard let first = byte(at: index) else { break }
            switch first {
            case UInt8(ascii: ">"):
                return close(at: index, name: name, isStart: isStart)
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                index = min(self.index(of: Unicode.Scalar(first), from: index + 1) + 1, bytes.count)
            default:
                skip(&index) { !$0.isHTMLSpace && $0 != UInt8(ascii: ">") }
                if index == bytes.count { return text(to: index) }
            }
        }
        position = bytes.count
        return nil
    }

    private mutating func close(at index: Int, name: Range<Int>, isStart: Bool) -> Token {
        position = index + 1
        return isStart ? .startTag(name: name) : .endTag
    }

    @inline(__always)
    private func skip(_ index: inout Int, while condition: (UInt8) -> Bool) {
        while index < bytes.count, condition(bytes[index]) { index += 1 }
    }
}

extension UInt8 {
    /// Space, tab, line feed or form feed.
    var isHTMLSpace: Bool {
        self == 0x20 || self == 0x09 || self == 0x0a || self == 0x0c
    }

    var isASCIILetter: Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20)
    }

    fileprivate var endsAttributeName: Bool {
        self == UInt8(ascii: "=") || self == UInt8(ascii: ">") || self == UInt8(ascii: "/")
    }
}
