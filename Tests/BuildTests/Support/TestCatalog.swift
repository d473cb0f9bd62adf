import Foundation
import Store
import Support
import Testing

/// A database that a fixture was imported into, by the program itself, and a folder to render into.
struct TestCatalog: Sendable {
    let engine: Engine
    let locator: String
    let workspace: Workspace
    private let database: Database

    fileprivate init(_ test: TestDatabase, _ workspace: Workspace) {
        engine = test.engine
        locator = test.locator
        database = test.database
        self.workspace = workspace
    }

    /// Runs statements in one transaction.
    func execute(_ statements: SQL...) async throws {
        try await database.write { session in
            for statement in statements { try session.execute(statement) }
        }
    }

    /// The name of the database of a PostgreSQL server, and the folder of its socket.
    var server: (database: String, folder: String) {
        let parts = locator.split(separator: /\/\/[^\/]*\/|\?host=|&/).map(String.init)
        return (parts[1], parts[2])
    }

    /// The database as messages name it.
    var place: String {
        engine == .sqlite ? locator : "PostgreSQL on \(server.folder), database \(server.database)"
    }

    /// The same database for another role of the PostgreSQL server.
    func locator(user: String) -> String {
        locator.replacing("//postgres@", with: "//\(user)@")
    }

    /// Runs `body` while a transaction holds what `statement` locks.
    func whileHolding<T: Sendable>(
        _ statement: SQL, isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> T
    ) async throws -> T {
        let release = DispatchSemaphore(value: 0)
        let (held, continuation) = AsyncStream.makeStream(of: Void.self)
        async let holder: Void = {
            defer { continuation.finish() }
            // It blocks a thread that the database has for itself.
            try await database.write { session in
                try session.execute(statement)
                continuation.yield()
                release.wait()
            }
        }()
        for await _ in held { break }
        defer { release.signal() }
        let result = try await body()
        release.signal()
        try await holder
        return result
    }

    /// Makes everybody who reads course runs from this PostgreSQL database stand still in the middle of it, until
    /// ``releaseReaders()``.
    ///
    /// Not for longer than a minute, which is the longest that the program lets a statement take.
    func stopReaders() async throws {
        // A lock would make readers give up after five seconds; a sequence changes before the eyes of a transaction.
        try await execute(
            "CREATE SEQUENCE gate",
            """
            CREATE FUNCTION pass_gate() RETURNS boolean LANGUAGE plpgsql AS $$
            BEGIN
                WHILE (SELECT last_value FROM gate) < 2 LOOP PERFORM pg_sleep(0.01); END LOOP;
                RETURN true;
            END $$
            """,
            "ALTER TABLE courses_courserun RENAME TO courses_courserun_rows",
            "CREATE VIEW courses_courserun AS SELECT * FROM courses_courserun_rows WHERE pass_gate()")
    }

    /// Lets readers go on.
    func releaseReaders() async throws {
        try await execute("SELECT setval('gate', 2)")
    }

    /// Waits until a reader stands still.
    func readerWaits() async throws {
        let monitor = try Database(locator)
        let waits: SQL = """
            SELECT 1 AS one FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'
            """
        while try await monitor.read({ session in try session.first(waits) { _ in true } }) == nil {
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    /// Renders into the workspace's output.
    func render(
        _ options: String..., environment: [String: String?] = [:], launcher: [String] = [],
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> ProgramResult {
        try await BuildProgram(environment).run(
            BuildProgram.rendering(locator, into: workspace, options), launcher: launcher,
            sourceLocation: sourceLocation)
    }

    /// Renders, and requires that something is published or served already.
    func publish(_ options: String..., sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let words = BuildProgram.rendering(locator, into: workspace, options)
        let result = try await BuildProgram().run(words, sourceLocation: sourceLocation)
        try #require(result.ending == .exit(0), "\(result.errors)", sourceLocation: sourceLocation)
    }
}

/// Runs `body` with a database that `fixture` and a learner were imported into.
///
/// Without `foreignKeys` rows may name others that do not exist.
func withCatalog<T: Sendable>(
    _ engine: Engine, _ fixture: Fixture, foreignKeys: Bool = true, isolation: isolated (any Actor)? = #isolation,
    _ body: (TestCatalog) async throws -> T
) async throws -> T {
    try await withDatabase(engine, foreignKeys ? .tables : .tablesWithoutForeignKeys) { database in
        let workspace = try Workspace()
        try fixture.write(into: workspace, folder: "tables")
        let result = try await BuildProgram().run(
            ["import", workspace.path("tables"), "--database", database.locator])
        try #require(result.ending == .exit(0), "\(result.errors)")
        return try await body(TestCatalog(database, workspace))
    }
}
