/// The name of a job: of its timer, its lease and its lines in the ledger. Words joined by dashes: `retry-enrollments`.
public struct JobName: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The name as it is written.
    public let text: String

    /// A name of the program itself.
    public init(stringLiteral text: String) {
        self.text = text
    }

    /// The name as it is written.
    public var description: String { text }
}
