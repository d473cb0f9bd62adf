import Store
import Support
import Testing

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
                [JobsProgram.finished("migrate", #""version":1,"applied":\#(applied)"#)]
            }
            let offer = "Indexes for large tables (--indexes makes them):\n" + Self.index
            try await program.run(["migrate"]).expect(output: "made the tables\n" + offer, log: summary(1))
            try await program.run(["migrate"])
                .expect(output: "the tables are of version 1 already\n" + offer, log: summary(0))
            let exists: SQL =
                engine == .sqlite
                ? "SELECT name FROM sqlite_master WHERE name = 'flows_enrollment_pending'"
                : "SELECT indexname FROM pg_indexes WHERE indexname = 'flows_enrollment_pending'"
            func hasIndex() async throws -> Bool {
                try await test.database.read { session in try session.first(exists) { _ in true } } ?? false
            }
            #expect(try await hasIndex() == false)
            try await program.run(["migrate", "--indexes", "--json"])
                .expect(output: #"{"version":1,"applied":0,"indexes_made":true}"# + "\n", log: summary(0))
            #expect(try await hasIndex())
            try await program.run(["migrate", "--indexes"])
                .expect(output: "the tables are of version 1 already\nmade the indexes\n", log: summary(0))
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
                #expect(results.map { $0.counter("applied") }.sorted { ($0 ?? 9) < ($1 ?? 9) } == [0, 0, 1])
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
                try session.execute("UPDATE \(flows: "migration") SET version = 2")
            }
            for words in Self.commands + [["migrate"]] {
                try await program(test.locator).run(words).expectFailure(
                    78, command: words[0],
                    "the job tables are of version 2, this program knows 1: install the newer program")
            }
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
