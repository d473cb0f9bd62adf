/// One field of a record: what templates call it, of which kind it is, and how it is read. It is read each time a template
/// asks for it, and never otherwise.
public struct TemplateField<Record>: Sendable {
    let name: String
    let reader: Reader

    enum Reader: Sendable {
        case text(@Sendable (Record) -> String?)
        case html(@Sendable (Record) -> SafeHTML?)
        case flag(@Sendable (Record) -> Bool)
        case number(@Sendable (Record) -> Int)
        case texts(@Sendable (Record) -> [String])
        case records(
            isList: Bool, shape: @Sendable () -> RecordShape, open: @Sendable (Record) -> (any RecordCursor)?)
    }

    /// Text, printed escaped by `{{name}}`. `{{#name}}` holds when it is not empty; `{{.}}` is the text there.
    public static func text(_ name: String, _ value: @escaping @Sendable (Record) -> String) -> Self {
        Self(name: name, reader: .text(value))
    }

    /// Text that may be missing: then it prints nothing, and `{{^name}}` holds.
    public static func text(_ name: String, _ value: @escaping @Sendable (Record) -> String?) -> Self {
        Self(name: name, reader: .text(value))
    }

    /// HTML, printed as it is by `{{{name}}}` and by nothing else. `{{#name}}` holds when it is not empty.
    public static func html(_ name: String, _ value: @escaping @Sendable (Record) -> SafeHTML?) -> Self {
        Self(name: name, reader: .html(value))
    }

    /// What `{{#name}}` and `{{^name}}` ask; it is not printed.
    public static func flag(_ name: String, _ value: @escaping @Sendable (Record) -> Bool) -> Self {
        Self(name: name, reader: .flag(value))
    }

    /// A whole number, printed in decimal digits; there is no section over it.
    public static func number(_ name: String, _ value: @escaping @Sendable (Record) -> Int) -> Self {
        Self(name: name, reader: .number(value))
    }

    /// Texts: `{{#name}}{{.}}{{/name}}` prints each, escaped.
    public static func texts(_ name: String, _ value: @escaping @Sendable (Record) -> [String]) -> Self {
        Self(name: name, reader: .texts(value))
    }

    /// Records: inside `{{#name}}…{{/name}}`, which is rendered for each, their fields come before those around.
    public static func list<Item: TemplateRecord>(
        _ name: String, _ value: @escaping @Sendable (Record) -> [Item]
    ) -> Self {
        Self(
            name: name,
            reader: .records(isList: true, shape: { Item.fields.shape }, open: { ListCursor(value($0)) }))
    }

    /// A record that may be missing: `{{#name}}…{{/name}}` as of a list, and `{{name.field}}`, which prints nothing then.
    public static func record<Item: TemplateRecord>(
        _ name: String, _ value: @escaping @Sendable (Record) -> Item?
    ) -> Self {
        Self(
            name: name,
            reader: .records(
                isList: false, shape: { Item.fields.shape },
                open: { record in value(record).flatMap { ListCursor([$0]) } }))
    }
}

extension TemplateField.Reader {
    var kind: FieldKind {
        switch self {
        case .text: .text
        case .html: .html
        case .flag: .flag
        case .number: .number
        case .texts: .texts
        case .records(let isList, let shape, _): isList ? .list(shape) : .record(shape)
        }
    }
}
