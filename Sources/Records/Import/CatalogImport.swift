import Store

/// Fills an empty database with tables kept as files.
public enum CatalogImport {
    /// Creates the tables that are missing and inserts the rows of `files`.
    ///
    /// - Returns: the number of rows.
    /// - Throws: ``ImportError`` when the database holds rows already, or tables of another application
    ///   alone; else as ``TableFile/load(into:)``.
    public static func load(_ files: [TableFile], into session: inout Session) throws -> Int {
        let schema = Schema.reference
        let existing = try schema.existingTables(in: &session)
        guard try schema.isEmpty(in: &session) else {
            throw ImportError(file: "the database", problem: "is not empty; give one without rows, nothing was changed")
        }
        if existing.isEmpty {
            if let other = try schema.otherTables(in: &session).first {
                throw ImportError(
                    file: "the database",
                    problem: "is another application's, with a table \(other); give an empty one, nothing was changed")
            }
            try schema.createTables(in: &session)
        } else if existing.count < schema.tables.count {
            throw ImportError(
                file: "the database",
                problem: "has some tables of MITx Online but not all; give an empty one, nothing was changed")
        }
        var count = 0
        for file in files { count += try file.load(into: &session) }
        return count
    }
}
