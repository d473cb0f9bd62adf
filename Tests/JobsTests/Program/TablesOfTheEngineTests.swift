import Bytes
import Store
import Support
import Testing
import Worker

@Suite("The program's own tables")
struct TablesOfTheEngineTests {
    private static let index = """
        CREATE INDEX IF NOT EXISTS flows_enrollment_pending
        ON courses_courserunenrollment (edx_enrollment_retry_count, created_on, id, user_id, active, edx_enrolled,
            change_status, updated_on)
        WHERE active <> edx_enrolled;

        """

    @Test("migrate makes them once; indexes on MITx Online's tables only on demand", arguments: Engine.allCases)
    func migrate(engine: Engine) async throws {
        try await withDatabase(engine, .tables) { test in
            let program = try JobsProgram(["DATABASE_URL": test.locator])
            func summary(_ applied: Int) -> [String] {
                [JobsProgram.finished("migrate", #""version":\#(Migration.current),"applied":\#(applied)"#)]
            }
            let done = "the tables are of version \(Migration.current) already\n"
            let offer = "Indexes for large tables (--indexes makes them):\n" + Self.index
            try await program.run(["migrate"]).expect(
                output: "made the tables\n" + offer, log: summary(Migration.current))
            try await program.run(["migrate"]).expect(output: done + offer, log: summary(0))
            let exists: SQL =
                engine == .sqlite
                ? "SELECT name FROM sqlite_master WHERE name = 'flows_enrollment_pending'"
                : "SELECT indexname FROM pg_indexes WHERE indexname = 'flows_enrollment_pending'"
            func hasIndex() async throws -> Bool {
                try await test.database.read { session in try session.first(exists) { _ in true } } ?? false
            }
            #expect(try await hasIndex() == false)
            try await program.run(["migrate", "--indexes", "--json"]).expect(
                output: #"{"version":\#(Migration.current),"applied":0,"indexes_made":true}"# + "\n", log: summary(0))
            #expect(try await hasIndex())
            try await program.run(["migrate", "--indexes"])
                .expect(output: done + "made the indexes\n", log: summary(0))
        }
    }

    @Test("migrate, started twice at once, makes them once", arguments: Engine.allCases)
    func migrateTwice(engine: Engine) async throws {
        for _ in 0..<3 {
            try await withDatabase(engine, .tables) { test in
                let program = try JobsProgram(["DATABASE_URL": test.locator])
                let results = try await withThrowingTaskGroup(of: ProgramResult.self) { group in
                    for _ in 0..<3 { group.addTask { try await program.run(["migrate"]) } }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                #expect(results.map(\.ending) == Array(repeating: .exit(0), count: 3), "\(results.map(\.errors))")
                #expect(
                    results.map { $0.counter("applied") }.sorted { ($0 ?? .max) < ($1 ?? .max) } == [
                        0, 0, Migration.current,
                    ])
            }
        }
    }

    private static let commands = [
        ["run", "retry-enrollments"], ["run", "retry-enrollments", "--dry-run"], ["status"], ["dead-letters"],
        ["requeue", "retry-enrollments", "--all"], ["retry-enrollments", "--user", "11"],
        ["retry-enrollments", "--user", "11", "--commit"], ["reset-retries", "--all", "--commit"],
    ]

    @Test("that are missing: every command says what to do", arguments: Engine.allCases)
    func missing(engine: Engine) async throws {
        try await withDatabase(engine, .tables) { test in
            for words in Self.commands {
                try await program(test.locator).run(words).expectFailure(
                    78, command: words[0], "the database has no job tables: run 'mitxonline-jobs migrate' once")
            }
        }
    }

    @Test("of a later version: every command asks for the newer program", arguments: Engine.allCases)
    func later(engine: Engine) async throws {
        try await withDatabase(engine, .jobs) { test in
            try await test.database.write { session in
                let (version, now) = (Migration.current + 1, Timestamp(microseconds: 0))
                try session.execute(
                    "INSERT INTO \(flows: "migration") (version, applied_at) VALUES (\(version), \(now))")
            }
            for words in Self.commands + [["migrate"]] {
                try await program(test.locator).run(words).expectFailure(
                    78, command: words[0],
                    """
                    the job tables are of version \(Migration.current + 1), this program knows \(Migration.current): \
                    install the newer program
                    """)
            }
        }
    }

    @Test(
        "of the first version: every command says what to do, and migrate brings them to this one",
        arguments: Engine.allCases)
    func earlier(engine: Engine) async throws {
        try await withDatabase(engine, .firstJobs) { test in
            for words in Self.commands {
                try await program(test.locator).run(words).expectFailure(
                    78, command: words[0],
                    """
                    the job tables are of version 1, this program needs \(Migration.current): run 'mitxonline-jobs \
                    migrate'
                    """)
            }
            let result = try await program(test.locator).run(["migrate"])
            #expect(result.ending == .exit(0), "\(result.errors)")
            #expect(result.counter("applied") == Migration.current - 1)
            #expect(try await program(test.locator).run(["status"]).ending == .exit(0))
        }
    }

    @Test("none are made beside the tables of another application: 65", arguments: Engine.allCases)
    func foreign(engine: Engine) async throws {
        try await withDatabase(engine, .nothing) { test in
            try await program(test.locator).run(["migrate"]).expectFailure(
                65, command: "migrate",
                "this is no database of MITx Online: it has none of its tables; check its name")
            for words in [["run", "retry-enrollments"], ["status"]] {
                #expect(try await program(test.locator).run(words).ending == .exit(78))
            }
        }
    }

    private func program(_ locator: String) throws -> JobsProgram {
        try JobsProgram([
            "DATABASE_URL": locator, "OPENEDX_API_BASE_URL": "http://127.0.0.1:9",
            "MITX_ONLINE_BASE_URL": "http://127.0.0.1:9",
        ])
    }
}
