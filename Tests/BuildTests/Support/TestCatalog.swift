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
