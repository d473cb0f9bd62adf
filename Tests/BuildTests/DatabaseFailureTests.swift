import Foundation
import Store
import Support
import Testing

/// Each has one message, its status, and leaves what was served before.
@Suite("A database that cannot be read")
struct DatabaseFailureTests {
    /// Publishes Fixture F, lets `body` render from elsewhere into the same output, and expects that nothing changed.
    private func expectUnchanged(_ body: (Workspace) async throws -> Void) async throws {
        try await withCatalog(.sqlite, .f()) { catalog in
            try await catalog.publish()
            let before = try catalog.workspace.tree()
            try await body(catalog.workspace)
            #expect(try catalog.workspace.tree() == before)
        }
    }

    private func render(_ locator: String, into workspace: Workspace) async throws -> ProgramResult {
        try await BuildProgram().run(BuildProgram.rendering(locator, into: workspace))
    }

    @Test("a missing, foreign or damaged SQLite file")
    func files() async throws {
        try await expectUnchanged { workspace in
            let missing = "sqlite:\(workspace.path("none.sqlite"))"
            try await render(missing, into: workspace)
                .expectFailure(78, "\(missing): there is no such file. Check the name of the database")
            #expect(!workspace.exists("none.sqlite"))
            try await render("sqlite:\(workspace.path)", into: workspace).expectFailure(
                65, "sqlite:\(workspace.path): this is not a regular file. Check the path, or restore the file")
            try workspace.write(String(repeating: "no database ", count: 100), to: "text.sqlite")
            let text = "sqlite:\(workspace.path("text.sqlite"))"
            try await render(text, into: workspace).expectFailure(
                65,
                "\(text): the file is not an SQLite database (SQLite result 26). Check the path, or restore the file")
            try workspace.write("", to: "empty.sqlite")
            let empty = "sqlite:\(workspace.path("empty.sqlite"))"
            try await render(empty, into: workspace).expectFailure(
                65,
                """
                \(empty), table django_content_type: there is no such table (SQLite result 1). Check that the database \
                has the schema this version expects
                """)
        }
    }

    @Test("a server that does not answer, and a database that it does not have")
    func servers() async throws {
        try await expectUnchanged { workspace in
            let folder = workspace.path
            let advice = "Check that the server runs and that host and port are right"
            try await render("postgresql://catalog@/mitxonline?host=\(folder)", into: workspace).expectFailure(
                69,
                """
                PostgreSQL on \(folder), database mitxonline: connection to server on socket "\(folder)/.s.PGSQL.5432" \
                failed: No such file or directory. \(advice)
                """)
            let locator = try await PostgresServer.shared.locator("no_such_database", through: .postgres)
            let result = try await render(locator, into: workspace)
            let host = locator.split(separator: /[=&]/)[1]
            result.expectFailure(
                78,
                """
                PostgreSQL on \(host), database no_such_database: there is no such database (SQLSTATE 3D000). Check \
                the name of the database
                """)
        }
    }

    @Test("a database of another application names the table or column that is missing", arguments: Engine.allCases)
    func foreign(engine: Engine) async throws {
        try await withCatalog(engine, .f(), foreignKeys: false) { catalog in
            try await catalog.publish()
            let before = try catalog.workspace.tree()
            let isSQLite = engine == .sqlite
            try await catalog.execute("ALTER TABLE courses_course RENAME COLUMN readable_id TO course_key")
            try await catalog.render().expectFailure(
                65,
                """
                \(catalog.place), table courses_course, column readable_id: there is no such column \
                (\(isSQLite ? "SQLite result 1" : "SQLSTATE 42703")). Check that the database \
                has the schema this version expects
                """)
            try await catalog.execute("ALTER TABLE courses_department RENAME TO faculty")
            try await catalog.render().expectFailure(
                65,
                """
                \(catalog.place), table courses_department: there is no such table \
                (\(isSQLite ? "SQLite result 1" : "SQLSTATE 42P01")). Check that the database \
                has the schema this version expects
                """)
            #expect(try catalog.workspace.tree() == before)
        }
    }

    @Test("a wrong password, which is not shown, and none")
    func password() async throws {
        try await withCatalog(.postgres, .f()) { catalog in
            try await catalog.publish()
            let before = try catalog.workspace.tree()
            // The server asks this role for a password whether it exists or not; the answer is the same.
            let locator = catalog.locator(user: "locked")
            let words = BuildProgram.rendering(locator, into: catalog.workspace)
            let advice = "Check the user and the password (PGUSER, PGPASSFILE, PGPASSWORD, pg_hba.conf)"
            try await BuildProgram().run(words).expectFailure(
                78, "\(catalog.place): the server refused the user or the password (SQLSTATE 28P01). \(advice)")
            try await BuildProgram(["PGPASSWORD": nil, "HOME": catalog.workspace.path]).run(words).expectFailure(
                78, "\(catalog.place): the server refused the user or the password. \(advice)")
            #expect(try catalog.workspace.tree() == before)
        }
    }

    @Test("a server that ends the connection in the middle of a table")
    func terminated() async throws {
        try await withCatalog(.postgres, .f()) { catalog in
            try await catalog.publish()
            let before = try catalog.workspace.tree()
            try await catalog.execute(
                "ALTER TABLE courses_course RENAME TO courses_course_rows",
                """
                CREATE VIEW courses_course AS SELECT * FROM courses_course_rows
                WHERE id < 2 OR pg_terminate_backend(pg_backend_pid())
                """)
            try await catalog.render().expectFailure(
                69,
                """
                \(catalog.place), table courses_course: the connection to the server was lost (SQLSTATE 57P01). Run \
                it again; nothing of this transaction was kept
                """)
            #expect(try catalog.workspace.tree() == before)
        }
    }

    @Test("a connection that breaks off without a word, wherever it does")
    func cut() async throws {
        try await withCatalog(.postgres, .f()) { catalog in
            try await catalog.publish()
            let before = try catalog.workspace.tree()
            let workspace = catalog.workspace
            func render(cutAfter limit: Int) async throws -> (ProgramResult, Int) {
                let folder = "proxy-\(limit)"
                try workspace.write("", to: "\(folder)/.keep")
                let proxy = try CuttingProxy(
                    listeningIn: workspace.path(folder), server: catalog.server.folder, cutAfter: limit)
                let locator = catalog.locator.replacing(catalog.server.folder, with: workspace.path(folder))
                let result = try await BuildProgram().run(BuildProgram.rendering(locator, into: workspace))
                return (result, proxy.bytesPassed)
            }
            let (whole, bytes) = try await render(cutAfter: .max)
            #expect(whole.ending == .exit(0))
            #expect(bytes > 10_000)
            for limit in [0, 1, 100, bytes / 4, bytes / 2, bytes * 3 / 4, bytes - 1] {
                let (result, _) = try await render(cutAfter: limit)
                #expect(result.ending == .exit(69), "after \(limit) of \(bytes) bytes: \(result.errors)")
                #expect(result.output == "")
                #expect(result.log.count == 1)
                if limit > 1000 {
                    let message = try #require(result.message)
                    let place = "PostgreSQL on \(workspace.path("proxy-\(limit)")), database \(catalog.server.database)"
                    #expect(message.hasPrefix(place))
                    let end =
                        ": the connection to the server was lost. Run it again; nothing of this transaction was kept"
                    #expect(message.hasSuffix(end))
                }
            }
            #expect(try catalog.workspace.tree() == before)
        }
    }

    @Test("a table that stays locked: try again")
    func locked() async throws {
        try await withCatalog(.postgres, .f()) { catalog in
            try await catalog.publish()
            let before = try catalog.workspace.tree()
            let result = try await catalog.whileHolding("LOCK TABLE courses_courserun IN ACCESS EXCLUSIVE MODE") {
                try await catalog.render()
            }
            result.expectFailure(
                75,
                """
                \(catalog.place), table courses_courserun: another transaction holds the lock (SQLSTATE 55P03). Run it \
                again
                """
            )
            #expect(try catalog.workspace.tree() == before)
        }
    }
}
