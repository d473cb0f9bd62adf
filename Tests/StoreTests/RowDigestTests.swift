import Bytes
import Store
import Support
import Testing

@Suite("The digest of what was read") struct RowDigestTests {
    private static let query: SQL = "SELECT id, t, n FROM things ORDER BY id"

    private func digest(_ test: TestDatabase, of query: SQL = query) async throws -> Digest {
        try await test.database.read { session in
            try session.digestingRows { session in try session.forEach(query) { _ in } }.digest
        }
    }

    @Test("It stays while the rows stay, and changes with each value, row and statement", arguments: Engine.everyRoute)
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
                let digest = try session.digestingRows { session in try session.forEach(Self.query) { _ in } }.digest
                try session.forEach("SELECT 2 AS two") { _ in }
                return digest
            }
            #expect(among == alone)
        }
    }
}
