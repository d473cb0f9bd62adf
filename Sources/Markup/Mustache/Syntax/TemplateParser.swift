/// Builds the tree of a template.
struct TemplateParser {
    /// The deepest nesting of sections and blocks in one file, so that no template can exhaust the stack.
    static let maximumDepth = 100

    private var open: [OpenTag] = []
    private var nodes: [TemplateNode] = []

    /// - Throws: ``TemplateError`` for tags that are not closed, not opened or closed in the wrong order, and for a wrong
    ///   change of the delimiters.
    static func nodes(of source: TemplateSource) throws(TemplateError) -> [TemplateNode] {
        var scanner = TemplateScanner(source)
        var parser = TemplateParser()
        for item in TemplateLine.items(of: try scanner.tokens()) { try parser.add(item) }
        if let tag = parser.open.last?.tag { throw TemplateError(tag.place, "\(tag.text) is not closed") }
        return parser.nodes
    }

    private mutating func add(_ item: TemplateItem) throws(TemplateError) {
        switch item {
        case .line(let indentation, let isPrinted, let place):
            if isPrinted { append(.line(indentation: indentation, place)) }
            lineBegins(indentation)
        case .text(let text, let place):
            if let last = open.indices.last, !text.allSatisfy(\.isHTMLSpace) { open[last].awaitsLine = false }
            append(.text(text, place))
        case .tag(let tag, let position):
            if tag.kind != .close, let last = open.indices.last { open[last].awaitsLine = false }
            try add(tag, position)
        }
    }

    private mutating func add(_ tag: TemplateTag, _ position: TemplatePosition) throws(TemplateError) {
        switch tag.kind {
        case .comment, .delimiters: break
        case .value, .rawValue:
            lose(tag.place)
            append(
                .value(
                    TemplateValue(name: TemplateName(tag.name), isRaw: tag.kind == .rawValue, place: tag.place)))
        case .partial:
            lose(tag.place)
            append(
                .include(
                    TemplateInclude(
                        name: tag.name, indentation: position.aloneIndentation, overrides: [],
                        lost: nil, place: tag.place)))
        case .section, .invertedSection, .parent, .block:
            if tag.kind != .block { lose(tag.place) }
            guard open.count < Self.maximumDepth else {
                throw TemplateError(tag.place, "nested deeper than \(Self.maximumDepth) tags")
            }
            open.append(OpenTag(tag: tag, position: position))
        case .close:
            guard let opened = open.popLast() else {
                throw TemplateError(tag.place, "\(tag.text) closes nothing")
            }
            guard opened.tag.name == tag.name else {
                throw TemplateError(
                    tag.place, "\(tag.text) does not close \(opened.tag.text), which is open since \(opened.tag.place)")
            }
            close(opened)
        }
    }

    private mutating func close(_ opened: OpenTag) {
        let tag = opened.tag
        switch tag.kind {
        case .parent:
            append(
                .include(
                    TemplateInclude(
                        name: tag.name,
                        indentation: opened.position.aloneIndentation,
                        overrides: opened.overrides, lost: opened.lost, place: tag.place)))
        case .block:
            let block = opened.block
            if let last = open.indices.last, open[last].tag.kind == .parent {
                open[last].overrides.append(block)
            } else {
                append(.block(block))
            }
        default:
            append(
                .section(
                    TemplateSection(
                        name: TemplateName(tag.name), isInverted: tag.kind == .invertedSection, body: opened.body,
                        place: tag.place)))
        }
    }

    private mutating func append(_ node: TemplateNode) {
        guard let last = open.indices.last else {
            nodes.append(node)
            return
        }
        if open[last].tag.kind == .parent {
            if case .text(let text, let place) = node, !text.allSatisfy(\.isHTMLSpace) { lose(place) }
        } else {
            open[last].body.append(node)
        }
    }

    /// Remembers that something stands where only blocks count.
    private mutating func lose(_ place: TemplatePlace) {
        guard let last = open.indices.last, open[last].tag.kind == .parent, open[last].lost == nil else { return }
        open[last].lost = place
    }

    private mutating func lineBegins(_ indentation: [UInt8]) {
        guard let last = open.indices.last, open[last].awaitsLine else { return }
        open[last].lineIndentation = indentation
    }
}

/// A tag that waits to be closed.
private struct OpenTag {
    let tag: TemplateTag
    let position: TemplatePosition
    var body: [TemplateNode] = []
    var overrides: [TemplateBlock] = []
    var lost: TemplatePlace?
    /// Whether no line with anything on it was seen since.
    var awaitsLine: Bool
    /// The white space before the first such line.
    var lineIndentation: [UInt8]?

    init(tag: TemplateTag, position: TemplatePosition) {
        self.tag = tag
        self.position = position
        awaitsLine = position.endsLine
    }

    var block: TemplateBlock {
        // Nothing but blank lines and the closing tag: there is no first line.
        let first = awaitsLine ? nil : lineIndentation
        return TemplateBlock(
            name: tag.name, body: body, beginsLine: position.endsLine, bodyIndentation: first ?? [],
            indentation: first ?? position.indentation ?? [], place: tag.place)
    }
}
