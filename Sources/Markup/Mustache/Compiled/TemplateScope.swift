/// What names mean at a place of a template: the types of the records around it.
struct TemplateScope: Sendable {
    /// What `{{.}}` stands for.
    enum Subject: Hashable, Sendable {
        case record, text, html, flag
    }

    /// A name that was found.
    struct Found {
        /// The records on the way along a dotted name.
        let steps: [TemplateProgram.Field]
        let field: TemplateProgram.Field
        let kind: FieldKind
    }

    /// What is wrong with a name, in words.
    struct Mistake: Error {
        let message: String
    }

    /// The types of the records, each once, the innermost first: a name is that of the first record which has it.
    private(set) var shapes: [RecordShape]
    /// What the innermost section is about.
    private(set) var subject = Subject.record

    init(root: RecordShape) {
        shapes = [root]
    }

    /// The scope inside a section over something else than records.
    func about(_ subject: Subject) -> TemplateScope {
        var scope = self
        scope.subject = subject
        return scope
    }

    /// The scope inside a section over records of one type.
    func entering(_ shape: RecordShape) -> TemplateScope {
        var scope = self
        scope.shapes.removeAll { $0.id == shape.id }
        scope.shapes.insert(shape, at: 0)
        scope.subject = .record
        return scope
    }

    func find(_ name: TemplateName) throws(Mistake) -> Found {
        let first = name.parts[0]
        for shape in shapes {
            if let repeated = shape.repeatedName {
                throw Mistake(message: "\(shape.typeName) has two fields '\(repeated)'")
            }
            guard let (slot, kind) = shape.field(first) else { continue }
            var found = Found(steps: [], field: .init(shape: shape.id, slot: slot), kind: kind)
            for (index, part) in name.parts.enumerated().dropFirst() {
                found = try step(from: found, to: part, after: name.parts[..<index].joined(separator: "."))
            }
            return found
        }
        let near = didYouMean(first, among: shapes.flatMap(\.names))
        let types = shapes.map(\.typeName).joined(separator: ", ")
        throw Mistake(message: "unknown name '\(name.text)'\(near.isEmpty ? ": not a field of \(types)" : near)")
    }

    private func step(from found: Found, to part: String, after path: String) throws(Mistake) -> Found {
        guard case .record(let shape) = found.kind else {
            throw Mistake(message: "'\(path)' is \(found.kind.words): it has no '\(part)'")
        }
        guard let (slot, kind) = shape().field(part) else {
            throw Mistake(message: "'\(path)' has no '\(part)'\(didYouMean(part, among: shape().names))")
        }
        return Found(steps: found.steps + [found.field], field: .init(shape: nil, slot: slot), kind: kind)
    }
}
