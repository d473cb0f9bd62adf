import Bytes
import Foundation
import Store
import Worker

/// A database for one test, gone after it.
public struct TestDatabase: Sendable {
    /// What a new database holds.
    public enum Contents: String, Sendable {
        case nothing
        /// The reference tables, empty.
        case tables
        /// The same without foreign keys, for samples that leave out what they refer to.
        case tablesWithoutForeignKeys
        /// The reference tables and those of the job engine, empty.
        case jobs
        /// The same as the first version of the program made them.
        case firstJobs

        func create(in session: inout Session) throws {
            switch self {
            case .nothing: break
            case .tables: try Schema.reference.createTables(in: &session)
            case .tablesWithoutForeignKeys:
                try Schema.reference.createTables(in: &session, foreignKeys: false)
            case .jobs, .firstJobs:
                try Schema.reference.createTables(in: &session)
                let last = self == .firstJobs ? 1 : Migration.current
                try Migration.createTables(upTo: last, at: Timestamp(microseconds: 0), in: &session)
            }
        }
    }

    /// The engine it is on.
    public let engine: Engine
    /// Its locator, for programs that the test starts.
    public let locator: String
    /// The database, not yet connected.
    public let database: Database

    init(engine: Engine, locator: String) throws {
        self.engine = engine
        self.locator = locator
        database = try Database(locator)
    }
}

/// Runs `body` with a database of its own, and removes it afterwards.
public func withDatabase<T: Sendable>(
    _ engine: Engine, _ contents: TestDatabase.Contents = .tables,
    isolation: isolated (any Actor)? = #isolation, _ body: (TestDatabase) async throws -> T
) async throws -> T {
    switch engine {
    case .sqlite:
        let folder = try SQLiteTemplates.makeFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = "\(folder)/test.db"
        try await SQLiteTemplates.shared.copy(contents, to: path)
        return try await body(TestDatabase(engine: engine, locator: "sqlite:\(path)"))
    case .postgres, .pgbouncer:
        let server = PostgresServer.shared
        let name = try await server.createDatabase(contents)
        do {
            let result = try await body(
                TestDatabase(engine: engine, locator: await server.locator(name, through: engine)))
            try await server.dropDatabase(name)
            return result
        } catch {
            try? await server.dropDatabase(name)
            throw error
        }
    }
}
