/// Rows that contradict each other, so that no catalog can be made of them.
public struct CatalogError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The table of the row that is wrong.
    public let table: String
    /// The row's primary key.
    public let id: String
    /// What is wrong and what to do, in one sentence.
    public let problem: String

    /// The row with these values.
    public init(table: String, id: String, problem: String) {
        self.table = table
        self.id = id
        self.problem = problem
    }

    /// One line: where, then what.
    public var description: String { "\(table) \(id): \(problem)" }
}
