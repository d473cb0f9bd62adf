/// A record whose fields templates name. When a template is compiled, names and kinds are held against these fields.
///
///     struct CourseView: TemplateRecord {
///         let title: String
///         let runs: [RunView]
///
///         static let fields = TemplateFields<CourseView>(
///             .text("title") { $0.title }, .list("runs") { $0.runs })
///     }
public protocol TemplateRecord: Sendable {
    /// The fields: a `static let`.
    static var fields: TemplateFields<Self> { get }
}

/// The fields of a record, each with a name of its own.
public struct TemplateFields<Record>: Sendable {
    let fields: [TemplateField<Record>]
    let shape: RecordShape

    /// The fields in any order. Of two with one name no template can be compiled.
    public init(_ fields: TemplateField<Record>...) {
        self.init(fields)
    }

    /// The fields in any order. Of two with one name no template can be compiled.
    public init(_ fields: [TemplateField<Record>]) {
        self.fields = fields
        shape = RecordShape(
            id: ObjectIdentifier(Record.self), typeName: "\(Record.self)",
            fields: fields.map { ($0.name, $0.reader.kind) })
    }
}
