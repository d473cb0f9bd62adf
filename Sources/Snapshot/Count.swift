import Bytes

/// How many there are of something in a snapshot.
public struct Count: Hashable, Sendable {
    /// What is counted: `courses_live`.
    public let name: String
    /// How many.
    public let number: Int

    /// `number` of `name`.
    public init(_ name: String, _ number: Int) {
        self.name = name
        self.number = number
    }
}

extension Sequence<Count> {
    /// The counts as one JSON object.
    public var json: JSONValue {
        .object(map { JSONValue.Member(key: $0.name, value: .number("\($0.number)")) })
    }
}
