import Bytes
import Command
import Store
import Support
import Testing

@testable import Worker

@Suite("The versions of the engine's own tables")
struct MigrationTests {
    private static let now = Timestamp(microseconds: 1_789_000_000_000_000)

    /// Tables with their columns, and indexes, a line each.
    private func shape(of test: TestDatabase) async throws -> [String] {
        let sql: SQL =
            test.engine == .sqlite
            ? """
            SELECT name || ' ' || sql AS line FROM sqlite_master WHERE name LIKE 'flows%' AND sql IS NOT NULL ORDER BY 1
            """
            : """
            SELECT table_name || ' ' || ordinal_position || ' ' || column_name || ' ' || data_type || ' ' || is_nullable AS line
            FROM information_schema.columns WHERE table_schema = 'flows'
            UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'flows' ORDER BY 1
            """
        return try await test.database.read { session in try session.rows(sql) { row in try row["line"] } }
    }

    @Test("a new database gets all of them, once", arguments: Engine.allCases)
    func new(engine: Engine) async throws {
        try await withDatabase(engine, .tables) { test in
            #expect(try await Migration.version(of: test.database) == 0)
            let applied = try await Migration.apply(to: test.database, now: Self.now)
            #expect(applied == Array(1...Migration.current))
            #expect(try await Migration.apply(to: test.database, now: Self.now) == [])
            #expect(try await Migration.version(of: test.database) == Migration.current)
        }
    }

    @Test(
        "a database of the first version is brought to this one: it is as a new one is, and keeps what it holds",
        arguments: Engine.allCases)
    func first(engine: Engine) async throws {
        let new = try await withDatabase(engine, .jobs) { test in try await shape(of: test) }
        try await withDatabase(engine, .firstJobs) { test in
            #expect(try await shape(of: test).count < new.count)
            let failure = await #expect(throws: Failure.self) { try await Migration.check(test.database) }
            #expect(failure?.status == .configuration)
            #expect(
                failure?.message
                    == """
                    the job tables are of version 1, this program needs \(Migration.current): run 'mitxonline-jobs migrate'
                    """)
            try await test.database.write { session in
                try session.execute(
                    """
                    INSERT INTO \(flows: "cursor") (job, name, changed_at, row_id, updated_at)
                    VALUES ('toy', 'rows', \(Self.now), 7, \(Self.now))
                    """)
            }
            let applied = try await Migration.apply(to: test.database, now: Self.now)
            #expect(applied == Array(2...Migration.current))
            try await Migration.check(test.database)
            #expect(try await shape(of: test) == new)
            let kept = try await test.database.read { session in
                try session.rows("SELECT row_id FROM \(flows: "cursor")") { row in try row["row_id"] as Int }
            }
            #expect(kept == [7])
            #expect(try await Migration.apply(to: test.database, now: Self.now) == [])
        }
    }

    @Test("of two processes that bring it to this version at once, one does", arguments: Engine.allCases)
    func twoAtOnce(engine: Engine) async throws {
        try await withDatabase(engine, .firstJobs) { test in
            let other = try Database(test.locator)
            async let one = Migration.apply(to: test.database, now: Self.now)
            async let two = Migration.apply(to: other, now: Self.now)
            let applied = try await [one, two]
            #expect(applied.filter { !$0.isEmpty } == [Array(2...Migration.current)])
            try await Migration.check(test.database)
        }
    }
}
