/// A terminal that standard error is shown on.
public struct Terminal: Hashable, Sendable {
    /// The width in columns, at least 1.
    public let columns: Int

    /// A terminal of `columns` columns.
    public init(columns: Int) {
        self.columns = max(1, columns)
    }
}
