/// How the text of an option, a setting or an argument becomes a value.
public struct ValueType<Value: Sendable>: Sendable {
    /// What stands for the value in help texts: `N`, `URL`.
    public let placeholder: String
    /// The values that are accepted, for help texts: `between 1 and 1000`; empty when any text will do.
    public let range: String
    /// The value of a text; throws what is wrong with it.
    public let parse: @Sendable (String) throws(InvalidValue) -> Value

    /// A type whose texts `parse` understands.
    public init(
        placeholder: String, range: String = "", parse: @escaping @Sendable (String) throws(InvalidValue) -> Value
    ) {
        self.placeholder = placeholder
        self.range = range
        self.parse = parse
    }
}

/// What is wrong with a text that was to become a value.
public struct InvalidValue: Error, Hashable {
    /// The rest of a sentence whose subject is the text: `is not between 1 and 1000`. It does not repeat the text.
    public let reason: String

    /// A value refused for `reason`.
    public init(_ reason: String) {
        self.reason = reason
    }
}
