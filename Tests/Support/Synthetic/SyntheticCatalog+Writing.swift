import Store

extension SyntheticCatalog {
    /// Creates the tables in the empty database at `locator`, fills them and returns the number of rows.
    ///
    /// - Throws: `StoreError`.
    @discardableResult public func write(to locator: String) async throws -> Int {
        var options = DatabaseOptions()
        options.createsFile = true
        // PostgreSQL checks the foreign keys of some million rows at the end of the transaction.
        options.statementTimeout = 3_600_000
        let database = try Database(locator, options: options)
        return try await database.write { session in
            let rows = try create(in: &session)
            // A server in use knows its tables; one that was filled a moment ago would plan its queries blindly.
            if session.dialect == .postgres { try session.execute("ANALYZE") }
            return rows
        }
    }
}
