/// A piece of a template: text up to and with the end of a line, or a tag.
enum TemplateToken: Sendable {
    case text([UInt8], TemplatePlace)
    case tag(TemplateTag)

    /// Where it begins.
    var place: TemplatePlace {
        switch self {
        case .text(_, let place): place
        case .tag(let tag): tag.place
        }
    }
}

/// Cuts the text of a template into pieces.
struct TemplateScanner {
    private let file: String
    private let bytes: [UInt8]
    private var index = 0
    private var line = 1
    private var column = 1
    private var opening = Array("{{".utf8)
    private var closing = Array("}}".utf8)
    private var open: [TemplateTag.Kind] = []

    init(_ source: TemplateSource) {
        file = source.file
        bytes = Array(source.text.utf8)
    }

    mutating func tokens() throws(TemplateError) -> [TemplateToken] {
        var tokens: [TemplateToken] = []
        while index < bytes.count {
            if isAt(opening, index) {
                tokens.append(.tag(try tag()))
            } else {
                tokens.append(text())
            }
        }
        return tokens
    }

    private var place: TemplatePlace { TemplatePlace(file: file, line: line, column: column) }

    private func isAt(_ word: [UInt8], _ position: Int) -> Bool {
        position + word.count <= bytes.count && bytes[position] == word[0]
            && bytes[position..<position + word.count].elementsEqual(word)
    }

    private mutating func text() -> TemplateToken {
        var end = index
        while end < bytes.count, !isAt(opening, end) {
            end += 1
            if bytes[end - 1] == UInt8(ascii: "\n") { break }
        }
        defer { advance(to: end) }
        return .text(Array(bytes[index..<end]), place)
    }

    private mutating func advance(to end: Int) {
        for byte in bytes[index..<end] {
            if byte == UInt8(ascii: "\n") {
                line += 1
                column = 1
            } else if byte & 0xc0 != 0x80 {
                column += 1
            }
        }
        index = end
    }

    private mutating func tag() throws(TemplateError) -> TemplateTag {
        let place = place
        var start = index + opening.count
        var kind = TemplateTag.Kind.value
        var end = closing
        if start < bytes.count, let special = TemplateTag.Kind(sigil: bytes[start]), !isAt(closing, start) {
            kind = special
            if bytes[start] == UInt8(ascii: "{") { end = Array("}".utf8) + closing }
            if kind == .delimiters { end = Array("=".utf8) + closing }
            start += 1
        }
        var stop = start
        while stop < bytes.count, !isAt(end, stop) { stop += 1 }
        guard stop < bytes.count else {
            throw TemplateError(place, "the tag is not closed: \(String(decoding: end, as: UTF8.self)) is missing")
        }
        let words = bytes[start..<stop].split(whereSeparator: \.isHTMLSpace)
        if kind == .delimiters {
            try setDelimiters(words, place)
        } else if kind != .comment {
            try check(words, place)
        }
        advance(to: stop + end.count)
        var tag = TemplateTag(
            kind: kind, name: words.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " "), place: place)
        if kind.isOpening { open.append(kind) }
        if kind == .close { tag.closes = open.popLast() }
        return tag
    }

    private func check(_ words: [ArraySlice<UInt8>], _ place: TemplatePlace) throws(TemplateError) {
        let text = words.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
        if text.isEmpty { throw TemplateError(place, "the tag has no name") }
        let opening = String(decoding: opening, as: UTF8.self)
        if words.count > 1, text.contains(opening) {
            throw TemplateError(place, "the tag is not closed before the next \(opening)")
        }
        if words.count > 1 { throw TemplateError(place, "'\(text)' is no name: white space stands in it") }
    }

    private mutating func setDelimiters(_ words: [ArraySlice<UInt8>], _ place: TemplatePlace) throws(TemplateError) {
        guard words.count == 2, let first = words.first, let last = words.last,
            !first.contains(UInt8(ascii: "=")), !last.contains(UInt8(ascii: "="))
        else {
            throw TemplateError(
                place, "new delimiters are written {{=OPENING CLOSING=}}, without white space and = in them")
        }
        (opening, closing) = (Array(first), Array(last))
    }
}
