/// Something odd in the catalog that an editor or operator should look at; it never stops a render.
public struct Warning: Hashable, Sendable {
    /// What kind of oddity: a stable word such as `learn-invalid`.
    public let code: String
    /// The table of the row that it is about.
    public let table: String
    /// The row's primary key, as text.
    public let id: String
    /// What is wrong and what to do, in one sentence; no learner's data.
    public let text: String

    /// A warning about one row.
    public init(code: String, table: String, id: String, text: String) {
        self.code = code
        self.table = table
        self.id = id
        self.text = text
    }
}
