import Bytes

/// The content of one draft while it is laid over the row: each field is asked for once, with the row's own value, and what
/// differs is noted.
struct DraftFields {
    private let content: JSONValue
    /// Whether everybody sees the row; else there is nothing to compare with but emptiness.
    private let isLive: Bool
    /// What differs, in the order in which the fields were asked for.
    private(set) var changes: [FieldChange] = []

    /// - Throws: ``DraftError`` when the draft cannot be read.
    init(_ draft: Draft, isLive: Bool) throws(DraftError) {
        guard case .object = draft.content else {
            throw DraftError(
                field: nil,
                problem: "revision \(draft.revisionID) is missing, belongs to another page or cannot be read; "
                    + "save the draft again")
        }
        content = draft.content
        self.isLive = isLive
    }

    /// The draft's value of the field, or the row's when the draft does not have the field.
    ///
    /// - Parameters:
    ///   - json: the value as it is compared and shown.
    ///   - read: the value, nil when it is not of the field's type; its own errors name the field.
    mutating func value<Value>(
        _ name: String, _ kind: FieldChange.Kind, row: Value, expected: String, json: (Value) -> JSONValue,
        read: (JSONValue) throws(DraftError) -> Value?
    ) throws(DraftError) -> Value {
        var value = row
        if let given = content[name] {
            guard let read = try read(given) else {
                throw DraftError(
                    field: name, problem: "is \(given.kindInWords) but must be \(expected); correct the field and save")
            }
            value = read
        }
        let (before, after) = (isLive ? json(row).canonical : .null, json(value).canonical)
        if isLive ? before.withoutBlockIDs != after.withoutBlockIDs : !after.isBlank {
            changes.append(FieldChange(name: name, kind: kind, live: before, draft: after))
        }
        return value
    }
}

extension DraftFields {
    mutating func text(
        _ name: String, _ row: String, kind: FieldChange.Kind = .text
    ) throws(DraftError) -> String {
        try value(name, kind, row: row, expected: "a text", json: JSONValue.string) { $0.string }
    }

    mutating func optionalText(
        _ name: String, _ row: String?, kind: FieldChange.Kind = .text
    ) throws(DraftError) -> String? {
        try value(name, kind, row: row, expected: "a text or null", json: JSONValue.init) { given in
            given.isNull ? .some(nil) : given.string.map(Optional.some)
        }
    }

    mutating func richText(_ name: String, _ row: String?) throws(DraftError) -> String? {
        try optionalText(name, row, kind: .richText)
    }

    mutating func flag(_ name: String, _ row: Bool) throws(DraftError) -> Bool {
        try value(name, .flag, row: row, expected: "true or false", json: JSONValue.bool) { $0.bool }
    }

    mutating func optionalFlag(_ name: String, _ row: Bool?) throws(DraftError) -> Bool? {
        try value(
            name, .flag, row: row, expected: "true, false or null", json: { $0.map(JSONValue.bool) ?? .null },
            read: {
                $0.isNull ? .some(nil) : $0.bool.map(Optional.some)
            })
    }

    mutating func optionalInteger(_ name: String, _ row: Int?) throws(DraftError) -> Int? {
        try value(name, .number, row: row, expected: "a whole number or null", json: JSONValue.init) { given in
            given.isNull ? .some(nil) : given.int.map(Optional.some)
        }
    }

    mutating func money(_ name: String, _ row: Decimal64) throws(DraftError) -> Decimal64 {
        try value(
            name, .number, row: row, expected: "an amount such as \"149.50\"", json: { .string("\($0)") },
            read: {
                $0.amount
            })
    }

    mutating func optionalMoney(_ name: String, _ row: Decimal64?) throws(DraftError) -> Decimal64? {
        try value(
            name, .number, row: row, expected: "an amount such as \"149.50\" or null",
            json: { $0.map { .string("\($0)") } ?? .null },
            read: { $0.isNull ? .some(nil) : $0.amount.map(Optional.some) })
    }

    /// A stream of blocks, which drafts hold as JSON inside a text.
    mutating func blocks<Value>(
        _ name: String, _ kind: FieldChange.Kind = .blocks, row: Value, json: (Value) -> JSONValue,
        read: ([JSONValue]) throws(DraftError) -> Value
    ) throws(DraftError) -> Value {
        try value(name, kind, row: row, expected: "a text that holds a JSON list of blocks", json: json) {
            (given) throws(DraftError) in
            guard let blocks = given.blocks else { return nil }
            return try read(blocks)
        }
    }
}

extension JSONValue {
    init(_ text: String?) { self = text.map(JSONValue.string) ?? .null }

    init(_ number: Int?) { self = number.map { .number("\($0)") } ?? .null }

    /// `true` or `false`, nil for any other value.
    fileprivate var bool: Bool? {
        if case .bool(let flag) = self { flag } else { nil }
    }

    /// An amount of money, written as text or as a number, never by way of a Double.
    fileprivate var amount: Decimal64? {
        switch self {
        case .string(let text), .number(let text): Decimal64(text, scale: 2)
        default: nil
        }
    }

    /// The blocks of a stream, in either form that the content management system writes.
    fileprivate var blocks: [JSONValue]? {
        switch self {
        case .array(let blocks): blocks
        case .string(let text): (try? JSONValue(parsing: text.utf8))?.array
        default: nil
        }
    }

    fileprivate var kindInWords: String {
        switch self {
        case .null: "null"
        case .bool: "true or false"
        case .number: "a number"
        case .string: "a text of another form"
        case .array: "a list"
        case .object: "an object"
        }
    }

    /// Whether nothing stands there that anybody could see.
    fileprivate var isBlank: Bool {
        switch self {
        case .null, .bool(false), .string(""), .array([]): true
        default: false
        }
    }

    /// The same value with the keys of objects in the order of their bytes: databases keep them in orders of their own.
    fileprivate var canonical: JSONValue {
        switch self {
        case .array(let elements): .array(elements.map(\.canonical))
        case .object(let members):
            .object(
                members.map { Member(key: $0.key, value: $0.value.canonical) }
                    .sorted { ByteKey($0.key) < ByteKey($1.key) })
        default: self
        }
    }

    /// The same without the ids of blocks, which change without anybody seeing it.
    fileprivate var withoutBlockIDs: JSONValue {
        guard case .array(let blocks) = self else { return self }
        return .array(
            blocks.map { block in
                guard case .object(let members) = block else { return block }
                return .object(members.filter { $0.key != "id" })
            })
    }
}
