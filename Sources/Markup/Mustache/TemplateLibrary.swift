import Bytes

/// Templates that can include each other by name, parsed once.
public struct TemplateLibrary: Sendable {
    private var templates: [String: ParsedTemplate] = [:]

    /// A library of all `sources`.
    ///
    /// - Throws: ``TemplateError`` for a text that breaks the rules of the language, and for two templates of one name.
    public init(_ sources: [TemplateSource]) throws(TemplateError) {
        for source in sources {
            if let other = templates[source.name] {
                throw TemplateError(nil, "\(source.file) and \(other.file) are both the template '\(source.name)'")
            }
            try parse(source)
        }
    }

    /// A library of `main` and of what it includes, directly or not: `find` gives the template of a name, nil when there is
    /// none.
    ///
    /// - Throws: ``TemplateError`` for a text that breaks the rules of the language.
    public init(
        _ main: TemplateSource, find: (String) throws(TemplateError) -> TemplateSource?
    ) throws(TemplateError) {
        var names = try parse(main).includedNames
        var missing: Set<String> = []
        while let name = names.popLast() {
            guard templates[name] == nil, missing.insert(name).inserted, let source = try find(name) else { continue }
            names += try parse(source).includedNames
        }
    }

    /// The template `name` for records of the type `Root`.
    ///
    /// - Throws: ``TemplateError`` for a missing template and, in it or what it includes, a name that no record offers
    ///   there, a field that is used as what it is not, a block that replaces nothing and includes without end.
    public func template<Root: TemplateRecord>(
        _ name: String, for root: Root.Type
    ) throws(TemplateError) -> Template<Root> {
        var compiler = TemplateCompiler(self)
        return Template(program: try compiler.compile(try named(name), for: Root.fields.shape))
    }

    /// The template `name` for JSON data.
    ///
    /// - Throws: ``TemplateError`` when there is no such template.
    public func jsonTemplate(_ name: String, names: JSONTemplate.Names) throws(TemplateError) -> JSONTemplate {
        JSONTemplate(library: self, template: try named(name), names: names)
    }

    /// The template `name`, nil when there is none.
    subscript(name: String) -> ParsedTemplate? { templates[name] }

    private func named(_ name: String) throws(TemplateError) -> ParsedTemplate {
        guard let template = templates[name] else { throw TemplateError(nil, missing(name)) }
        return template
    }

    @discardableResult
    private mutating func parse(_ source: TemplateSource) throws(TemplateError) -> ParsedTemplate {
        let template = ParsedTemplate(
            name: source.name, file: source.file, nodes: try TemplateParser.nodes(of: source))
        templates[source.name] = template
        return template
    }

    private func missing(_ name: String) -> String {
        "there is no template '\(name)'\(didYouMean(name, among: templates.keys.sorted()))"
    }
}

/// A template of a library.
struct ParsedTemplate: Sendable {
    let name: String
    let file: String
    let nodes: [TemplateNode]

    /// The names that its includes call, in any order.
    var includedNames: [String] {
        var names: [String] = []
        nodes.forEachTag { node in
            if case .include(let include) = node { names.append(include.name) }
        }
        return names
    }
}

extension TemplateLibrary {
    /// The template that a tag includes, after all that can be wrong with the tag itself was asked.
    func template(of include: TemplateInclude, includes: [TemplatePlace]) throws(TemplateError) -> ParsedTemplate {
        guard let template = self[include.name] else {
            throw TemplateError(include.place, missing(include.name), includes: includes)
        }
        if let lost = include.lost {
            throw TemplateError(
                lost, "only blocks count inside {{<\(include.name)}}: what stands outside them is lost",
                includes: includes)
        }
        if include.overrides.isEmpty { return template }
        let blocks = blockNames(in: template)
        var seen: Set<String> = []
        for block in include.overrides {
            guard seen.insert(block.name).inserted else {
                throw TemplateError(block.place, "the block '\(block.name)' is given twice", includes: includes)
            }
            guard blocks.contains(block.name) else {
                throw TemplateError(
                    block.place,
                    "'\(include.name)' has no block '\(block.name)'\(didYouMean(block.name, among: blocks))",
                    includes: includes)
            }
        }
        return template
    }

    /// The names of the blocks in `template` and in what it includes, each once.
    private func blockNames(in template: ParsedTemplate) -> [String] {
        var names: [String] = []
        var seen: Set<String> = [template.name]
        var waiting = [template]
        while let next = waiting.popLast() {
            next.nodes.forEachTag { node in
                switch node {
                case .block(let block) where !names.contains(block.name): names.append(block.name)
                case .include(let include):
                    if seen.insert(include.name).inserted, let template = self[include.name] {
                        waiting.append(template)
                    }
                default: break
                }
            }
        }
        return names
    }
}

/// `; did you mean 'title'?` when a known name is near, else nothing.
func didYouMean(_ name: String, among known: [String]) -> String {
    NearMiss.nearest(to: name, among: known).map { "; did you mean '\($0)'?" } ?? ""
}

extension [TemplateNode] {
    /// Visits all sections, includes and blocks, those in blocks of includes too.
    func forEachTag(_ visit: (TemplateNode) -> Void) {
        for node in self {
            switch node {
            case .line, .text, .value: break
            case .section(let section):
                visit(node)
                section.body.forEachTag(visit)
            case .include(let include):
                visit(node)
                for block in include.overrides { block.body.forEachTag(visit) }
            case .block(let block):
                visit(node)
                block.body.forEachTag(visit)
            }
        }
    }
}
