import Bytes

/// Walks through a template and renders it for JSON data.
struct JSONTemplateRenderer {
    /// The deepest nesting of tags while rendering, those of included templates and of each of their rounds counted.
    private static let maximumDepth = 1000

    let library: TemplateLibrary
    let isStrict: Bool
    var output = ByteBuffer()
    private var stack: [JSONValue]
    private var depth = 0

    /// What holds at a place of a template.
    struct Context {
        /// What each line begins with.
        var prefix: [UInt8] = []
        /// What is taken from the beginning of each line.
        var removed: [UInt8] = []
        var blocks = JSONTemplateBlocks()
        var includes: [TemplatePlace] = []
    }

    init(library: TemplateLibrary, isStrict: Bool, root: JSONValue) {
        self.library = library
        self.isStrict = isStrict
        stack = [root]
    }

    /// - Parameter continuesLine: whether the first node continues a line whose beginning was printed.
    mutating func render(
        _ nodes: [TemplateNode], _ context: Context, continuesLine: Bool = false
    ) throws(TemplateError) {
        for (index, node) in nodes.enumerated() {
            switch node {
            case .line(let indentation, _):
                if index > 0 || !continuesLine { output.append(context.prefix) }
                output.append(indentation.without(context.removed))
            case .text(let text, _): output.append(text)
            case .value(let value): try render(value, context)
            case .section(let section): try render(section, context)
            case .include(let include): try render(include, context)
            case .block(let block): try render(block, context)
            }
        }
    }

    private mutating func renderDeeper(
        _ nodes: [TemplateNode], _ context: Context, continuesLine: Bool = false, _ place: TemplatePlace
    ) throws(TemplateError) {
        guard depth < Self.maximumDepth else {
            throw TemplateError(
                place, "nested deeper than \(Self.maximumDepth) tags: a template includes itself without end",
                includes: Array(context.includes.prefix(3)))
        }
        depth += 1
        try render(nodes, context, continuesLine: continuesLine)
        depth -= 1
    }

    private mutating func render(_ include: TemplateInclude, _ context: Context) throws(TemplateError) {
        let template =
            isStrict
            ? try library.template(of: include, includes: context.includes) : library[include.name]
        guard let template else { return }
        let inside = Context(
            prefix: include.indentation.map { context.prefix + $0.without(context.removed) } ?? [],
            blocks: context.blocks.adding(include.overrides), includes: [include.place] + context.includes)
        try renderDeeper(template.nodes, inside, include.place)
    }

    private mutating func render(_ block: TemplateBlock, _ context: Context) throws(TemplateError) {
        guard let (override, blocks) = context.blocks[block.name] else {
            return try renderDeeper(block.body, context, block.place)
        }
        let inside = Context(
            prefix: context.prefix + block.indentation.without(context.removed), removed: override.bodyIndentation,
            blocks: blocks, includes: [block.place] + context.includes)
        if block.beginsLine, !override.beginsLine, !override.body.isEmpty { output.append(inside.prefix) }
        try renderDeeper(override.body, inside, continuesLine: !block.beginsLine, block.place)
    }

    private mutating func render(_ section: TemplateSection, _ context: Context) throws(TemplateError) {
        let value = try find(section.name, section.place, context)
        if isStrict, case .number = value {
            throw TemplateError(
                section.place, "'\(section.name.text)' is a number, over which there is no section",
                includes: context.includes)
        }
        if section.isInverted {
            if !value.holds { try renderDeeper(section.body, context, section.place) }
            return
        }
        guard value.holds else { return }
        for element in value.array ?? [value] {
            stack.append(element)
            try renderDeeper(section.body, context, section.place)
            stack.removeLast()
        }
    }

    private mutating func render(_ value: TemplateValue, _ context: Context) throws(TemplateError) {
        let data = try find(value.name, value.place, context)
        var text = ByteBuffer()
        switch data {
        case .null: return
        case .string(let string):
            if value.isRaw { output.append(string) } else { output.appendHTML(string) }
            return
        case .number(let digits):
            output.append(digits)
            return
        case .bool, .array, .object: text.appendJSON(data)
        }
        if isStrict {
            throw TemplateError(
                value.place, "'\(value.name.text)' is \(data.kindWords), which is not printed: open a section",
                includes: context.includes)
        }
        if value.isRaw {
            output.append(text.bytes)
        } else {
            output.appendHTML(String(decoding: text.bytes, as: UTF8.self))
        }
    }

    /// The value of a name: its first part in the innermost object that has it, the others in what that holds.
    private func find(
        _ name: TemplateName, _ place: TemplatePlace, _ context: Context
    ) throws(TemplateError) -> JSONValue {
        guard let first = name.parts.first else { return stack.last ?? .null }
        guard var value = stack.reversed().lazy.compactMap({ $0[first] }).first else {
            guard isStrict else { return .null }
            let near = didYouMean(first, among: stack.reversed().flatMap(\.keys))
            throw TemplateError(
                place, "unknown name '\(name.text)'\(near.isEmpty ? ": not in the data there" : near)",
                includes: context.includes)
        }
        for (index, part) in name.parts.enumerated().dropFirst() {
            if let next = value[part] {
                value = next
                continue
            }
            if isStrict, !value.isNull {
                let path = name.parts[..<index].joined(separator: ".")
                let message =
                    if case .object = value {
                        "'\(path)' has no '\(part)'\(didYouMean(part, among: value.keys))"
                    } else {
                        "'\(path)' is \(value.kindWords): it has no '\(part)'"
                    }
                throw TemplateError(place, message, includes: context.includes)
            }
            return .null
        }
        return value
    }
}

/// What replaces the blocks of a template for JSON data.
struct JSONTemplateBlocks: Sendable {
    private var overrides: [String: (block: TemplateBlock, around: JSONTemplateBlocks)] = [:]

    /// What replaces the block `name`, and what replaces the blocks in it; nil when nothing does.
    subscript(name: String) -> (block: TemplateBlock, around: JSONTemplateBlocks)? { overrides[name] }

    /// These and `blocks`, of which those count that are not replaced already.
    func adding(_ blocks: [TemplateBlock]) -> JSONTemplateBlocks {
        var result = self
        let own = Dictionary(blocks.map { ($0.name, ($0, self)) }, uniquingKeysWith: { $1 })
        result.overrides.merge(own) { outer, _ in outer }
        return result
    }
}

extension JSONValue {
    /// Whether a section over the value is rendered.
    fileprivate var holds: Bool {
        switch self {
        case .null, .bool(false), .string(""): false
        case .array(let elements): !elements.isEmpty
        default: true
        }
    }

    fileprivate var keys: [String] {
        if case .object(let members) = self { members.map(\.key) } else { [] }
    }

    fileprivate var kindWords: String {
        switch self {
        case .null: "null"
        case .bool: "a flag"
        case .number: "a number"
        case .string: "text"
        case .array: "a list"
        case .object: "a record"
        }
    }
}
