import Bytes

/// The rows of a small database, in memory; a test changes what its case needs and loads the result.
///
///     var fixture = try Fixture.f()
///     try fixture.set("courses_courserun", 3, ["is_primary_language": "t"])
///
/// A value is written as in the CSV files (`Tests/Fixtures/README.md`), nil is NULL. A table, column or row that does not
/// exist is an error, so that a misspelt edit cannot leave a case untested.
public struct Fixture: Sendable {
    /// The rows of one table.
    public struct Table: Hashable, Sendable {
        /// All columns, in the table's order.
        public let columns: [String]
        /// The rows, each with a value a column.
        public fileprivate(set) var rows: [[String?]]

        /// The column that an edit finds rows by: `id`, or the key that a page shares with its `wagtailcore_page` row.
        var keyColumn: Int? { columns.firstIndex { $0 == "id" || $0.hasSuffix("page_ptr_id") } }
    }

    /// The tables by name.
    public private(set) var tables: [String: Table]

    /// Fixture F (`spec/catalog.md` §14).
    public static func f() throws -> Fixture {
        try readF.get()
    }

    /// Read once: most tests begin with it.
    private static let readF = Result { try Fixture(folder: "f") }

    /// The database behind the recorded answers.
    public static func golden() throws -> Fixture {
        try Fixture(folder: "golden/db")
    }

    /// The tables in a folder below `Tests/Fixtures`.
    public init(folder: String) throws {
        tables = [:]
        for name in try FixtureFiles.names(in: folder, suffix: ".csv") {
            var reader = try CSVReader(FixtureFiles.bytes("\(folder)/\(name)"))
            var rows: [[String?]] = []
            while let row = try reader.next() { rows.append(row) }
            tables[String(name.dropLast(4))] = Table(columns: reader.header, rows: rows)
        }
    }

    /// The value in one cell.
    public func value(_ table: String, _ id: Int, _ column: String) throws -> String? {
        let content = try find(table)
        return content.rows[try row(of: id, in: table)][try index(of: column, in: table)]
    }

    /// Changes cells of the row whose key is `id`.
    public mutating func set(_ table: String, _ id: Int, _ changes: [String: String?]) throws {
        let row = try row(of: id, in: table)
        try write(changes, table: table, row: row)
    }

    /// Adds a row; columns that are not named are NULL.
    public mutating func insert(_ table: String, _ values: [String: String?]) throws {
        let columns = try find(table).columns
        tables[table]?.rows.append([String?](repeating: nil, count: columns.count))
        try write(values, table: table, row: try find(table).rows.count - 1)
    }

    /// Adds a row like that of `id`, apart from `changes`, which name its own key.
    public mutating func copy(_ table: String, _ id: Int, _ changes: [String: String?]) throws {
        let original = try find(table).rows[try row(of: id, in: table)]
        tables[table]?.rows.append(original)
        try write(changes, table: table, row: try find(table).rows.count - 1)
    }

    /// Removes the row whose key is `id`.
    public mutating func delete(_ table: String, _ id: Int) throws {
        let row = try row(of: id, in: table)
        tables[table]?.rows.remove(at: row)
    }

    /// Removes the rows of a table where `column` holds `value`; there must be one.
    public mutating func delete(_ table: String, where column: String, is value: String?) throws {
        let index = try index(of: column, in: table)
        guard let before = tables[table]?.rows else { return }
        let after = before.filter { $0[index] != value }
        guard after.count < before.count else {
            throw FixtureError("\(table) has no row with \(column) \(value ?? "NULL")")
        }
        tables[table]?.rows = after
    }

    /// Removes all rows; the tables stay.
    public mutating func clear() {
        for name in tables.keys { tables[name]?.rows = [] }
    }

    private mutating func write(_ values: [String: String?], table: String, row: Int) throws {
        for (column, value) in values {
            let index = try index(of: column, in: table)
            tables[table]?.rows[row][index] = value
        }
    }

    private func find(_ table: String) throws -> Table {
        guard let content = tables[table] else { throw FixtureError("the fixture has no table \(table)") }
        return content
    }

    private func index(of column: String, in table: String) throws -> Int {
        guard let index = try find(table).columns.firstIndex(of: column) else {
            throw FixtureError("\(table) has no column \(column)")
        }
        return index
    }

    private func row(of id: Int, in table: String) throws -> Int {
        let content = try find(table)
        guard let key = content.keyColumn else { throw FixtureError("\(table) has no key column") }
        guard let row = content.rows.firstIndex(where: { $0[key] == String(id) }) else {
            throw FixtureError("\(table) has no row \(id)")
        }
        return row
    }
}
