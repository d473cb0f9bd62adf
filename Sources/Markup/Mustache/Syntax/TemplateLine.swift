/// What a template's lines consist of, after tags that stand alone on their line took the rest of it with them.
enum TemplateItem: Sendable {
    /// The beginning of a line, with the white space that it begins with. It is not printed when tags stand alone on it.
    case line(indentation: [UInt8], isPrinted: Bool, TemplatePlace)
    case text([UInt8], TemplatePlace)
    case tag(TemplateTag, TemplatePosition)
}

/// How a tag stands in its line.
struct TemplatePosition: Sendable {
    /// The white space before it, when nothing else is.
    var indentation: [UInt8]?
    /// Whether the line holds only tags that print nothing themselves, and so is not printed.
    var isAlone: Bool
    /// Whether it is the last tag of such a line, so that what it opens begins on a line of its own.
    var endsLine: Bool

    /// The white space before it when it stands alone.
    var aloneIndentation: [UInt8]? { isAlone ? indentation ?? [] : nil }
}

/// The pieces of one line; a tag may hold line feeds.
struct TemplateLine {
    private let tokens: ArraySlice<TemplateToken>

    /// Cuts a template into lines and says what they consist of.
    static func items(of tokens: [TemplateToken]) -> [TemplateItem] {
        var items: [TemplateItem] = []
        var start = 0
        for (index, token) in tokens.enumerated() {
            guard token.endsLine || index == tokens.count - 1 else { continue }
            TemplateLine(tokens: tokens[start...index]).append(to: &items)
            start = index + 1
        }
        return items
    }

    private func append(to items: inout [TemplateItem]) {
        let (indentation, rest) = head
        guard let place = tokens.first?.place else { return }
        let isAlone = standsAlone
        items.append(.line(indentation: indentation, isPrinted: !isAlone, place))
        if !isAlone, !rest.isEmpty { items.append(.text(rest, place)) }
        let lastTag = tokens.lastIndex { $0.tag != nil }
        var isFirst = rest.isEmpty
        var parents = 0
        for (index, token) in zip(tokens.indices, tokens) {
            switch token {
            case .text(let text, let place):
                // The first text is `rest`; blank text between tags that stand alone goes with the line.
                if index == tokens.startIndex || isAlone && parents == 0 { continue }
                items.append(.text(text, place))
            case .tag(let tag):
                if tag.kind == .parent { parents += 1 }
                if tag.kind == .close, tag.closes == .parent, parents > 0 { parents -= 1 }
                items.append(
                    .tag(
                        tag,
                        TemplatePosition(
                            indentation: isFirst ? indentation : nil, isAlone: isAlone,
                            endsLine: isAlone && index == lastTag)))
            }
            isFirst = false
        }
    }

    /// The white space that the line begins with, and what of its first text comes after that.
    private var head: (indentation: [UInt8], rest: [UInt8]) {
        guard case .text(let text, _)? = tokens.first else { return ([], []) }
        let indentation = text.prefix { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
        return (Array(indentation), Array(text[indentation.count...]))
    }

    /// Whether the line holds one tag that prints nothing itself, or only tags of inheritance. From `{{<parent}}` to its end
    /// is one tag; a block that ends on its own line is text.
    private var standsAlone: Bool {
        var (plain, inheritance) = (0, 0)
        var index = tokens.startIndex
        while index < tokens.endIndex {
            switch tokens[index] {
            case .text(let text, _):
                guard text.isBlankLine else { return false }
            case .tag(let tag):
                switch tag.kind {
                case .value, .rawValue: return false
                case .parent:
                    inheritance += 1
                    index = end(of: index) ?? index
                case .block:
                    if end(of: index) != nil { return false }
                    inheritance += 1
                case .close where tag.closes?.isInheritance == true: inheritance += 1
                case .section, .invertedSection, .close, .comment, .partial, .delimiters: plain += 1
                }
            }
            index += 1
        }
        return plain == 1 && inheritance == 0 || plain == 0 && inheritance > 0
    }

    /// Where in this line that is closed what is opened at `start`.
    private func end(of start: Int) -> Int? {
        var depth = 0
        for index in start..<tokens.endIndex {
            guard let kind = tokens[index].tag?.kind else { continue }
            if kind.isOpening { depth += 1 }
            if kind == .close { depth -= 1 }
            if depth == 0 { return index }
        }
        return nil
    }
}

extension TemplateToken {
    fileprivate var tag: TemplateTag? {
        if case .tag(let tag) = self { tag } else { nil }
    }

    fileprivate var endsLine: Bool {
        if case .text(let text, _) = self { text.last == UInt8(ascii: "\n") } else { false }
    }
}

extension [UInt8] {
    /// Whether it consists of spaces and tabs, up to the end of the line.
    fileprivate var isBlankLine: Bool {
        var rest = self[...]
        if rest.last == UInt8(ascii: "\n") {
            rest.removeLast()
            if rest.last == UInt8(ascii: "\r") { rest.removeLast() }
        }
        return rest.allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    }
}
