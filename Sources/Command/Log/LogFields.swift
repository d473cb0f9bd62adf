/// The fields of a log line in the order they are written; names are stable and in `snake_case`.
public struct LogFields: Sendable, ExpressibleByDictionaryLiteral {
    /// Names and values in their order.
    public private(set) var pairs: [(name: StaticString, value: LogValue)]

    /// Fields written as a dictionary literal: `["files": .int(count), "changed": true]`.
    public init(dictionaryLiteral elements: (StaticString, LogValue)...) {
        pairs = elements.map { (name: $0.0, value: $0.1) }
    }

    /// Adds a field at the end.
    public mutating func append(_ name: StaticString, _ value: LogValue) {
        pairs.append((name: name, value: value))
    }

    /// These fields, then `fields`.
    public func followed(by fields: LogFields) -> LogFields {
        var all = self
        all.pairs += fields.pairs
        return all
    }
}
