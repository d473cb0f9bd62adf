import Catalog
import Records
import Store

extension Fixture {
    /// What the catalog's reader makes of the rows in a database of `engine`.
    public func read(from engine: Engine) async throws -> CatalogData {
        switch engine {
        case .sqlite:
            try await withDatabase(engine, .tablesWithoutForeignKeys) { try await read(in: $0.database) }
        case .postgres, .pgbouncer:
            try await read(in: SharedTables.instance.database(through: engine))
        }
    }

    /// Loads and reads in one transaction that leaves nothing behind, so that fixtures can share a database.
    private func read(in database: Database) async throws -> CatalogData {
        do {
            return try await database.write { session in
                try load(into: &session)
                throw Undone(data: try CatalogReader.read(&session))
            }
        } catch let undone as Undone {
            return undone.data
        }
    }
}

/// Ends a transaction without keeping what it wrote.
private struct Undone: Error {
    let data: CatalogData
}

/// The empty tables on the server that all fixtures are read in: a database for each takes ten times as long.
private actor SharedTables {
    static let instance = SharedTables()
    private var databases: [Engine: Task<Database, any Error>] = [:]

    func database(through engine: Engine) async throws -> Database {
        if let database = databases[engine] { return try await database.value }
        let task = Task {
            let name = try await PostgresServer.shared.createDatabase(.tablesWithoutForeignKeys)
            return try Database(await PostgresServer.shared.locator(name, through: engine))
        }
        databases[engine] = task
        return try await task.value
    }
}
