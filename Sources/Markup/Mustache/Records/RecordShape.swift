/// What is known of a record's fields when a template is compiled.
final class RecordShape: Sendable {
    /// The type of the record.
    let id: ObjectIdentifier
    /// The type's name, for messages.
    let typeName: String
    /// The names in their order: the index is the slot that a field is read by.
    let names: [String]
    /// A name that two fields have.
    let repeatedName: String?
    private let kinds: [FieldKind]
    private let slots: [String: Int]

    init(id: ObjectIdentifier, typeName: String, fields: [(name: String, kind: FieldKind)]) {
        self.id = id
        self.typeName = typeName
        names = fields.map(\.name)
        kinds = fields.map(\.kind)
        var slots: [String: Int] = [:]
        var repeated: String?
        for (slot, field) in fields.enumerated() where slots.updateValue(slot, forKey: field.name) != nil {
            repeated = field.name
        }
        repeatedName = repeated
        self.slots = slots
    }

    /// The slot and the kind of a field; nil when the record has no such field.
    func field(_ name: String) -> (slot: Int, kind: FieldKind)? {
        slots[name].map { ($0, kinds[$0]) }
    }
}

/// What a field holds. The shapes of records are asked for when they are needed, since a record may hold its like.
enum FieldKind: Sendable {
    case text, html, flag, number, texts
    case list(@Sendable () -> RecordShape)
    case record(@Sendable () -> RecordShape)

    /// As a message says it: `'runs' is a list`.
    var words: String {
        switch self {
        case .text: "text"
        case .html: "HTML"
        case .flag: "a flag"
        case .number: "a number"
        case .texts: "a list of texts"
        case .list: "a list"
        case .record: "a record"
        }
    }
}
