import Bytes
import Store
import Support
import Testing

@Suite("Rows that are recorded") struct RowRecordingTests {
    private static let query: SQL = "SELECT id, t, n FROM things ORDER BY id"

    private func digest(_ test: TestDatabase, of query: SQL = query) async throws -> Digest {
        try await test.database.read { session in
            try session.record { session in try session.forEach(query) { _ in } }.digest
        }
    }

    @Test(
        "Their digest stays while they stay, and changes with each value, row and statement",
        arguments: Engine.everyRoute)
    func changes(_ engine: Engine) async throws {
        try await withDatabase(engine, .nothing) { test in
            try await test.database.write { session in
                try session.execute("CREATE TABLE things (id integer PRIMARY KEY, t text, n integer)")
                try session.execute("INSERT INTO things VALUES (1, 'ab', 1), (2, 'c', NULL), (3, '', 0)")
            }
            var seen = [try await digest(test)]
            #expect(try await digest(test) == seen[0])
            let changes: [SQL] = [
                // The same bytes in a row, cut elsewhere.
                "UPDATE things SET t = CASE id WHEN 1 THEN 'a' WHEN 2 THEN 'bc' ELSE t END",
                "UPDATE things SET n = 0 WHERE id = 2", "UPDATE things SET t = NULL WHERE id = 3",
                "UPDATE things SET t = '0', n = NULL WHERE id = 3", "DELETE FROM things WHERE id = 2",
            ]
            for change in changes {
                try await test.database.write { session in try session.execute(change) }
                let digest = try await digest(test)
                #expect(!seen.contains(digest))
                seen.append(digest)
            }
            #expect(!seen.contains(try await digest(test, of: "SELECT id, n, t FROM things ORDER BY id")))
        }
    }

    @Test("What is read before and after counts for nothing", arguments: Engine.allCases)
    func scope(_ engine: Engine) async throws {
        try await withDatabase(engine, .nothing) { test in
            try await test.database.write { session in
                try session.execute("CREATE TABLE things (id integer PRIMARY KEY, t text, n integer)")
                try session.execute("INSERT INTO things VALUES (1, 'ab', 1)")
            }
            let alone = try await digest(test)
            let among = try await test.database.read { session in
                try session.forEach("SELECT 1 AS one") { _ in }
                let digest = try session.record { session in try session.forEach(Self.query) { _ in } }.digest
                try session.forEach("SELECT 2 AS two") { _ in }
                return digest
            }
            #expect(among == alone)
        }
    }

    @Test(
        "They are replayed as the engine gave them, while the database may have changed", arguments: Engine.everyRoute)
    func replay(_ engine: Engine) async throws {
        try await withDatabase(engine, .nothing) { test in
            try await test.database.write { session in
                let real: SQL = session.dialect == .postgres ? "float8" : "REAL"
                try session.execute(
                    "CREATE TABLE things (id integer PRIMARY KEY, t text, n integer, f \(sql: real), e text)")
                try session.execute(
                    "INSERT INTO things VALUES (1, 'Ünï\t', -5, 0.25, ''), (2, NULL, NULL, NULL, 'x'), (3, '', 0, -1, '')"
                )
            }
            @Sendable func read(_ session: inout Session) throws -> [String] {
                let things = try session.rows(.table("things", columns: "id, t, n, f, e", orderBy: "id")) { row in
                    let (id, t, n): (Int, String?, Int?) = (try row["id"], try row["t"], try row["n"])
                    let e: String = try row["e"]
                    return
                        "\(id) \(t ?? "nil") \(n ?? 99) \(try row.optionalDecimal("f", scale: 2)?.description ?? "nil") \(e)"
                }
                let none = try session.rows("SELECT id FROM things WHERE id > 5") { _ in "never" }
                return things + none
            }
            let direct = try await test.database.read { session in try read(&session) }
            let (recording, statements) = try await test.database.read { session in
                let recording = try session.record { session in
                    // What is recorded is not handed over.
                    let handedOver = try read(&session)
                    #expect(handedOver.isEmpty)
                }
                return (recording, session.statementCount)
            }
            #expect(statements == 2)
            try await test.database.write { session in try session.execute("DELETE FROM things") }
            let replayed = try recording.replay { session in try read(&session) }
            #expect(replayed == direct)
            #expect(direct.count == 3)
        }
    }

    @Test(
        "A malformed value is named as if it were read at once; another statement is a bug", arguments: Engine.allCases)
    func errors(_ engine: Engine) async throws {
        try await withDatabase(engine, .nothing) { test in
            try await test.database.write { session in
                try session.execute("CREATE TABLE things (id integer PRIMARY KEY, t text)")
                try session.execute("INSERT INTO things VALUES (7, 'no number')")
            }
            let query = SQL.table("things", columns: "id, t", orderBy: "id")
            let recording = try await test.database.read { session in
                try session.record { session in try session.forEach(query) { _ in } }
            }
            let malformed = await storeError {
                try recording.replay { session in try session.rows(query) { row -> Int in try row["t"] } }
            }
            #expect(malformed?.code == .malformedValue)
            #expect(malformed?.description.contains("things") == true)
            #expect(malformed?.description.contains("id 7") == true)
            let other = await storeError {
                try recording.replay { session in try session.forEach("SELECT 1 AS one") { _ in } }
            }
            #expect(other?.code == .internal)
            let missing = await storeError {
                try await test.database.read { session in
                    try session.record { session in try session.forEach("SELECT x FROM nowhere") { _ in } }
                }
            }
            #expect(missing?.code == .missingTable)
        }
    }
}
