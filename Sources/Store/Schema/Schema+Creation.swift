import Bytes

extension Schema {
    /// Creates every table, empty.
    ///
    /// - Parameter foreignKeys: false for a database that holds a part of the tables' rows only.
    /// - Throws: ``StoreError`` when one exists already.
    public func createTables(in session: inout Session, foreignKeys: Bool = true) throws {
        let dialect = session.dialect
        var statements: [String] = []
        if namespace == .flows, dialect == .postgres { statements.append("CREATE SCHEMA IF NOT EXISTS flows") }
        statements += tables.flatMap { dialect.definitions(of: $0, in: namespace, foreignKeys: foreignKeys) }
        if foreignKeys { statements += tables.flatMap { dialect.foreignKeys(of: $0) } }
        for statement in statements { try session.execute(SQL(stringLiteral: statement)) }
    }

    /// The names of those tables of the schema that the database has, in the order of names.
    ///
    /// - Throws: ``StoreError``.
    public func existingTables(in session: inout Session) throws -> [String] {
        let existing = Set(try tableNames(in: &session))
        return tables.map(\.name).filter(existing.contains)
    }

    /// The names of those tables of the database that are not the schema's, in the order of names.
    ///
    /// - Throws: ``StoreError``.
    public func otherTables(in session: inout Session) throws -> [String] {
        try tableNames(in: &session).filter { self[$0] == nil }
    }

    private func tableNames(in session: inout Session) throws -> [String] {
        let names = try session.rows(session.dialect.tableNames) { row in try row["name"] as String }
        return names.sorted { ByteKey($0) < ByteKey($1) }
    }

    /// Whether none of the schema's tables exists, or all that do are empty.
    ///
    /// - Throws: ``StoreError``.
    public func isEmpty(in session: inout Session) throws -> Bool {
        for name in try existingTables(in: &session) {
            let sql: SQL = "SELECT 1 AS one FROM \(identifier: name) LIMIT 1"
            if try session.first(sql, { _ in true }) != nil { return false }
        }
        return true
    }
}

extension Dialect {
    /// The names of the tables that a statement can name without their schema, the engine's own left out.
    fileprivate var tableNames: SQL {
        switch self {
        case .sqlite: "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB 'sqlite_*'"
        case .postgres:
            """
            SELECT relname AS name FROM pg_class
            WHERE relkind IN ('r', 'p') AND pg_table_is_visible(oid) AND relnamespace <> 'pg_catalog'::regnamespace
            """
        }
    }
}
