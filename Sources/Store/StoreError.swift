/// What went wrong in the database, where, and what to do about it.
///
/// ``description`` is safe to log: it never holds a bound value, a value read from a row, or a password. Of an engine's
/// message only those kinds are kept that cannot quote data.
public struct StoreError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kind of failure.
    public let code: Code
    /// Where it happened.
    public internal(set) var place: Place
    /// What happened, in words.
    public let problem: String
    /// The engine's own code: an SQLSTATE or the name of an SQLite result.
    public let engineCode: String?

    /// An error of the kind `code`; `problem` must hold no data values.
    public init(_ code: Code, _ problem: String, at place: Place = Place(), engineCode: String? = nil) {
        self.code = code
        self.place = place
        self.problem = problem
        self.engineCode = engineCode
    }

    /// Where: the database, and as far as known the table, row and column.
    public struct Place: Hashable, Sendable {
        /// The database, without a password: `sqlite:catalog.db`, `postgresql host /run/postgresql, database mitxonline`.
        public var database: String?
        /// The table that the statement was labelled with, or that the engine named.
        public var table: String?
        /// The row: its primary key (a number or a UUID), else how many rows came before it.
        public var row: String?
        /// The column.
        public var column: String?

        /// A place of which only what is given is known.
        public init(database: String? = nil, table: String? = nil, row: String? = nil, column: String? = nil) {
            self.database = database
            self.table = table
            self.row = row
            self.column = column
        }
    }

    /// One line: where, what, what to do.
    public var description: String {
        var words = [place.database, place.table.map { "table \($0)" }, place.row, place.column.map { "column \($0)" }]
            .compactMap(\.self).joined(separator: ", ")
        if !words.isEmpty { words += ": " }
        words += problem
        if let engineCode { words += " (\(engineCode))" }
        return words + ". " + code.advice
    }
}
