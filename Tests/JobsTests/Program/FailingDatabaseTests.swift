import Foundation
import Store
import Support
import Testing

/// One clear line, the documented status, and nothing lost or done twice.
@Suite("A database that fails")
struct FailingDatabaseTests {
    @Test("a missing or foreign file, and a server that does not answer")
    func files() async throws {
        let scratch = try Scratch()
        func run(_ locator: String) async throws -> ProgramResult {
            try await JobsProgram([
                "OPENEDX_API_BASE_URL": "http://127.0.0.1:9", "MITX_ONLINE_BASE_URL": "http://127.0.0.1:9",
            ])
            .run(["run", "retry-enrollments", "--database", locator])
        }
        let missing = "sqlite:\(scratch.path("none.db"))"
        try await run(missing).expectFailure(
            78, command: "run", "\(missing): there is no such file. Check the name of the database")
        try scratch.write(String(repeating: "no database ", count: 100), to: "text.db")
        let text = "sqlite:\(scratch.path("text.db"))"
        try await run(text).expectFailure(
            65, command: "run",
            "\(text): the file is not an SQLite database (SQLite result 26). Check the path, or restore the file")
        let folder = scratch.path
        try await run("postgresql://flows@/mitxonline?host=\(folder)").expectFailure(
            69, command: "run",
            """
            PostgreSQL on \(folder), database mitxonline: connection to server on socket "\(folder)/.s.PGSQL.5432" \
            failed: No such file or directory. Check that the server runs and that host and port are right
            """)
        try await run("postgresql://flows:\(Canary.word)@db.example.org/mitxonline").expectFailure(
            64, command: "run",
            """
            the database locator holds a password. Remove it and give the password by PGPASSFILE, PGPASSWORD or a \
            systemd credential named PGPASSFILE
            """)
    }

    @Test("SQLite that is read-only: 73, nothing is sent; what only reads still works")
    func readOnly() async throws {
        try await withProgramStage(.sqlite) { stage in
            try await stage.prepareLearners(1)
            try #require(chmod(String(stage.locator.dropFirst("sqlite:".count)), 0o444) == 0)
            let launcher = BuiltProgram.withoutPrivileges
            let program = try stage.program()
            let result = try await program.run(["run", "retry-enrollments"], launcher: launcher)
            #expect(result.ending == .exit(73), "\(result.errors)")
            #expect(result.log.count == 1)
            #expect(result.message?.hasSuffix("Check the rights on the database, or that it is not a standby") == true)
            #expect(stage.lms.requestCount == 0)
            for words in [["status"], ["dead-letters"], ["run", "retry-enrollments", "--dry-run"]] {
                let result = try await program.run(words, launcher: launcher)
                #expect(result.ending == .exit(0), "\(words): \(result.errors)")
            }
        }
    }

    @Test("that lets the program only read: 78", .timeLimit(.minutes(20)))
    func privileges() async throws {
        try await withProgramStage(.postgres) { stage in
            try await stage.prepareLearners(1)
            let role = "reader_\(UUID().uuidString.prefix(8).lowercased())"
            try await stage.write { session in
                try session.execute("CREATE ROLE \(identifier: role) LOGIN")
                try session.execute("GRANT USAGE ON SCHEMA flows TO \(identifier: role)")
                try session.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public, flows TO \(identifier: role)")
            }
            let locator = stage.locator.replacing("//postgres@", with: "//\(role)@")
            let result = try await stage.run(environment: ["DATABASE_URL": locator])
            #expect(result.ending == .exit(78))
            #expect(result.log.count == 1)
            #expect(result.message?.contains("Grant the right to the role") == true)
            #expect(stage.lms.requestCount == 0)
        }
    }

    @Test(
        "whose server ends the connection while a call is under way: another is made, and the run goes on",
        .timeLimit(.minutes(20)))
    func reconnected() async throws {
        try await withProgramStage(.postgres) { stage in
            try await stage.prepareLearners(1)
            stage.lms.before(.enroll, pass: 1) { _ in try? await stage.endConnections() }
            let result = try await stage.run()
            result.expect(log: [JobsProgram.counted("ok", ["selected": 1, "enrolled": 1])])
            #expect(stage.lms.effects.count == 1)
        }
    }

    @Test(
        "that goes away while a call is under way: 69, and the next run does the rest", .timeLimit(.minutes(20)))
    func gone() async throws {
        try await withProgramStage(.postgres) { stage in
            try await stage.prepareLearners(1)
            stage.lms.before(.enroll, pass: 1) { _ in
                try? await stage.letConnect(false)
                try? await stage.endConnections()
            }
            let result = try await stage.run()
            #expect(result.ending == .exit(69), "\(result.errors)")
            #expect(result.log.count == 1, "\(result.log)")
            #expect(stage.lms.effects.count == 1)
            try await stage.letConnect(true)
            // The test's own connection was ended too: the first to use it hears of that.
            _ = try? await stage.count("intent")
            #expect(try await stage.count("intent") == 1)
            try await stage.endLeases()
            let next = try await stage.run()
            next.expect(log: [JobsProgram.counted("ok", ["selected": 1, "enrolled": 1])])
            #expect(stage.lms.count(.enroll) == 1)
            #expect(try await stage.finalState().first == "1: active verified edx mails 0, 1 audit rows")
        }
    }

    @Test("SQLite that another process keeps writing to: 75", .timeLimit(.minutes(20)))
    func locked() async throws {
        try await withProgramStage(.sqlite) { stage in
            try await stage.prepareLearners(1)
            let release = DispatchSemaphore(value: 0)
            let (held, continuation) = AsyncStream.makeStream(of: Void.self)
            async let holder: Void = {
                defer { continuation.finish() }
                try await stage.database.write { session in
                    try session.execute("UPDATE courses_courserun SET title = title")
                    continuation.yield()
                    release.wait()
                }
            }()
            for await _ in held { break }
            defer { release.signal() }
            let result = try await stage.run()
            release.signal()
            try await holder
            #expect(result.ending == .exit(75), "\(result.errors)")
            #expect(result.log.count == 1)
            #expect(stage.lms.requestCount == 0)
        }
    }
}

extension ProgramStage {
    /// The name of the database at the PostgreSQL server.
    private var name: String { locator.split(separator: /\/\/[^\/]*\/|\?host=/).map(String.init)[1] }

    private func atServer(_ statement: SQL) async throws {
        let server = try Database(await PostgresServer.shared.locator("postgres", through: .postgres))
        try await server.write { session in _ = try session.rows(statement) { _ in true } }
    }

    fileprivate func endConnections() async throws {
        try await atServer("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = \(name)")
    }

    fileprivate func letConnect(_ isAllowed: Bool) async throws {
        try await atServer(
            "UPDATE pg_database SET datallowconn = \(isAllowed) WHERE datname = \(name) RETURNING datname")
    }
}
