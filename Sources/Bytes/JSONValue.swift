/// A JSON document in memory. Numbers keep the digits they were written with, objects the order of their keys.
public enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    /// The number's own text, for example `2.50` or `1e3`.
    case number(String)
    case string(String)
    case array([JSONValue])
    case object([Member])

    /// One key of an object with its value.
    public struct Member: Hashable, Sendable {
        /// The key, unescaped.
        public let key: String
        /// What stands under the key.
        public let value: JSONValue

        /// A member `key`: `value`.
        public init(key: String, value: JSONValue) {
            self.key = key
            self.value = value
        }
    }

    /// The value under `key`, nil when this is no object or has no such key.
    ///
    /// Of a repeated key the last counts, as PostgreSQL does.
    public subscript(key: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.last { $0.key.utf8.elementsEqual(key.utf8) }?.value
    }

    /// The text of a JSON string, nil for any other value.
    public var string: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// The elements of an array, nil for any other value.
    public var array: [JSONValue]? {
        if case .array(let elements) = self { elements } else { nil }
    }

    /// An integer without fraction and exponent, nil for any other value.
    public var int: Int? {
        if case .number(let text) = self { Int(text) } else { nil }
    }

    /// Whether this is `null`.
    public var isNull: Bool { self == .null }
}

extension ByteBuffer {
    /// Appends `value` as compact JSON, keys in their own order.
    public mutating func appendJSON(_ value: JSONValue) {
        switch value {
        case .null: append("null")
        case .bool(let flag): append(flag ? "true" : "false")
        case .number(let text): append(text)
        case .string(let text): appendJSON(text)
        case .array(let elements):
            append("[")
            for (index, element) in elements.enumerated() {
                if index > 0 { append(",") }
                appendJSON(element)
            }
            append("]")
        case .object(let members):
            append("{")
            for (index, member) in members.enumerated() {
                if index > 0 { append(",") }
                appendJSON(member.key)
                append(":")
                appendJSON(member.value)
            }
            append("}")
        }
    }
}
