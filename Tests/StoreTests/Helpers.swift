import Bytes
import Testing

@testable import Store

/// The ``StoreError`` that `body` throws; anything else is an issue of the test.
func storeError<T>(
    isolation: isolated (any Actor)? = #isolation, sourceLocation: SourceLocation = #_sourceLocation,
    _ body: () async throws -> T
) async -> StoreError? {
    do {
        _ = try await body()
        Issue.record("nothing was thrown", sourceLocation: sourceLocation)
    } catch let error as StoreError {
        return error
    } catch {
        Issue.record("not a StoreError: \(error)", sourceLocation: sourceLocation)
    }
    return nil
}

/// A second connection, used synchronously while a transaction of the first one is open.
func secondConnection(_ locator: String) throws -> any Connection {
    var options = DatabaseOptions()
    options.lockTimeout = 1
    switch try Locator(locator) {
    case .sqlite(let path): return SQLiteConnection(path: path, options: options)
    case .postgres(let url): return try PostgresConnection(url: url, environment: [:], options: options)
    }
}

extension Connection {
    /// One statement in a transaction of its own.
    func inTransaction(_ sql: SQL) throws {
        try begin(.write)
        do {
            _ = try run(Statement(sql, for: dialect)) { _ in }
            try commit()
        } catch {
            rollback()
            throw error
        }
    }
}

extension Session {
    /// A table of one text column beside its key.
    mutating func createNotes() throws {
        try execute("CREATE TABLE notes (id integer PRIMARY KEY, body text)")
    }

    mutating func notes() throws -> [String?] {
        try rows(.table("notes", columns: "id, body", orderBy: "id")) { row in try row["body"] }
    }
}

/// Switches the journal of an SQLite file, which needs a statement outside of any transaction.
func setJournalMode(_ locator: String, _ mode: String) throws {
    guard case .sqlite(let path) = try Locator(locator) else { return }
    let handle = try SQLiteHandle(
        opening: path, flags: 2, busyTimeout: 1000, place: StoreError.Place(database: locator))
    try handle.execute("PRAGMA journal_mode = \(mode)")
}
