import Store

extension Fixture {
    /// Inserts all rows; the tables are there and empty.
    ///
    /// - Throws: ``FixtureError`` for a value that its column cannot hold, `StoreError` for rows that the database refuses.
    public func load(into session: inout Session) throws {
        for (name, content) in tables.sorted(by: { $0.key < $1.key }) where !content.rows.isEmpty {
            guard let table = Schema.reference[name] else { throw FixtureError("MITx Online has no table \(name)") }
            let columns = try content.columns.map { name in
                guard let column = table.columns.first(where: { $0.name == name }) else {
                    throw FixtureError("MITx Online's \(table.name) has no column \(name)")
                }
                return column
            }
            try session.insert(into: name, columns: content.columns) { add in
                for row in content.rows { try add(try binds(of: row, for: columns, in: name)) }
            }
        }
    }

    private func binds(of row: [String?], for columns: [Schema.Column], in table: String) throws -> [Bind] {
        try zip(columns, row).map { column, value in
            guard let bind = column.bind(fromText: value) else {
                throw FixtureError("\(table).\(column.name) cannot be \(value ?? "NULL")")
            }
            return bind
        }
    }
}
