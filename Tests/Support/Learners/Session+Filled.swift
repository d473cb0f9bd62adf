import Store

extension Session {
    /// Inserts a row of MITx Online, its values written as PostgreSQL writes them. Columns that are not named are NULL, and empty
    /// where they may not be.
    public mutating func insertFilled(_ table: String, _ values: [String: String]) throws {
        guard let columns = Schema.reference[table]?.columns else { throw SetupError("there is no table \(table)") }
        if let stranger = values.keys.first(where: { name in !columns.contains { $0.name == name } }) {
            throw SetupError("\(table) has no column \(stranger)")
        }
        let used = columns.filter { values[$0.name] != nil || !$0.isNullable && !$0.isIdentity }
        let binds = try used.map { column in
            guard let bind = column.bind(fromText: values[column.name] ?? column.type.emptyText) else {
                throw SetupError("\(table).\(column.name) cannot hold its value")
            }
            return bind
        }
        try insert(into: table, columns: used.map(\.name)) { add in try add(binds) }
    }
}

extension ColumnType {
    fileprivate var emptyText: String {
        switch self {
        case .smallint, .integer, .bigint, .numeric, .doublePrecision: "0"
        case .boolean: "f"
        case .timestamptz: "2026-01-01 00:00:00+00"
        case .date: "2026-01-01"
        case .jsonb: "{}"
        case .uuid: "00000000-0000-4000-8000-000000000000"
        case .text, .varchar, .tsvector: ""
        }
    }
}
