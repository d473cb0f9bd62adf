import Bytes
import Store
import Support
import Testing

@Suite("Statements") struct StatementTests {
    @Test("Every kind of value comes back as it went in", arguments: Engine.everyRoute)
    func roundTrip(_ engine: Engine) async throws {
        let instants = [
            Timestamp(microseconds: 0), Timestamp(microseconds: -1), Timestamp("2026-09-15T14:30:00.123456+05:30"),
            Timestamp("0001-01-01 00:00"), Timestamp("9999-12-31 23:59:59.999999"),
        ].compactMap(\.self)
        let texts = ["", "a\tb\nc\r\\N\\", "Ünïcödé 😀 数学", "'; DROP TABLE kinds; --", "\"", "{}", "null"]
        let json = try JSONValue(parsing: #"{"b":[1,2.50,"é"],"a":null}"#.utf8)
        try await withDatabase(engine, .nothing) { test in
            try await test.database.write { session in
                let types: SQL =
                    session.dialect == .postgres
                    ? "i bigint, b boolean, t text, z timestamptz, d date, n numeric(12,2), j jsonb, f float8, u uuid"
                    : "i INTEGER, b INTEGER, t TEXT, z TEXT, d TEXT, n TEXT, j TEXT, f REAL, u TEXT"
                try session.execute("CREATE TABLE kinds (id integer PRIMARY KEY, \(sql: types))")
                for (index, text) in texts.enumerated() {
                    try session.execute(
                        """
                        INSERT INTO kinds (id, i, b, t, z, d, n, j, f, u) VALUES (\(index), \(Int64.min + Int64(index)),
                        \(index == 0), \(text), \(instants[index % instants.count]),
                        \(CivilDate(year: 2026, month: 2, day: 28)), \(Decimal64("-149.50", scale: 2)), \(json),
                        \(0.1), \("4616e73d-b226-45cb-93f6-8ff12d94a778"))
                        """)
                }
            }
            let read = try await test.database.read { session in
                try session.rows(.table("kinds", columns: "id, i, b, t, z, d, n, j, f, u", orderBy: "id")) { row in
                    let index: Int = try row["id"]
                    let (i, b, z): (Int64, Bool, Timestamp) = (try row["i"], try row["b"], try row["z"])
                    let (d, j, f): (CivilDate, JSONValue, Double) = (try row["d"], try row["j"], try row["f"])
                    let (n, u) = (try row.decimal("n", scale: 2), try row.uuid("u"))
                    #expect(i == Int64.min + Int64(index))
                    #expect(b == (index == 0))
                    #expect(z == instants[index % instants.count])
                    #expect(d == CivilDate(year: 2026, month: 2, day: 28))
                    #expect(j["b"] == json["b"])
                    #expect(j["a"] == .null)
                    #expect(f == 0.1)
                    #expect(n == Decimal64(units: -14950, scale: 2))
                    #expect(u == "4616e73d-b226-45cb-93f6-8ff12d94a778")
                    return try row["t"] as String
                }
            }
            #expect(read == texts)
        }
    }

    @Test("NULL of every kind is nil", arguments: Engine.everyRoute)
    func nulls(_ engine: Engine) async throws {
        try await withDatabase(engine, .nothing) { test in
            try await test.database.read { session in
                let sql: SQL = "SELECT 1 AS id, NULL AS x"
                let found = try session.first(sql) { row in
                    let values: (Int?, String?, Bool?, Timestamp?, JSONValue?, Double?, CivilDate?) = (
                        try row["x"], try row["x"], try row["x"], try row["x"], try row["x"], try row["x"], try row["x"]
                    )
                    #expect(values.0 == nil && values.1 == nil && values.2 == nil && values.3 == nil)
                    #expect(values.4 == nil && values.5 == nil && values.6 == nil)
                    let (number, id) = (try row.optionalDecimal("x", scale: 2), try row.optionalUUID("x"))
                    #expect(number == nil && id == nil)
                    return true
                }
                #expect(found == true)
            }
        }
    }

    @Test("A value that looks like SQL stays a value", arguments: Engine.everyRoute)
    func injection(_ engine: Engine) async throws {
        try await withDatabase(engine, .nothing) { test in
            let evil = "x'); DROP TABLE notes; --"
            try await test.database.write { session in
                try session.createNotes()
                try session.execute("INSERT INTO notes (id, body) VALUES (1, \(evil))")
                #expect(try session.execute("DELETE FROM notes WHERE body = \("' OR '1'='1")") == 0)
            }
            #expect(try await test.database.read { session in try session.notes() } == [evil])
            let error = await storeError {
                try await test.database.read { session in
                    try session.forEach("SELECT \(identifier: "id\" FROM notes; --") FROM notes") { _ in }
                }
            }
            #expect(error?.code == .missingColumn)
        }
    }

    @Test("Lists of any length and content can be tested for membership", arguments: Engine.everyRoute)
    func membership(_ engine: Engine) async throws {
        let bodies = ["plain", "com,ma", "quo\"te", "back\\slash", "{brace}", "NULL", "", "é"]
        try await withDatabase(engine, .nothing) { test in
            try await test.database.write { session in
                try session.createNotes()
                try session.insert(into: "notes", columns: ["id", "body"]) { add in
                    for (index, body) in bodies.enumerated() { try add([index.bind, body.bind]) }
                }
            }
            func ids(_ condition: SQL) async throws -> [Int] {
                try await test.database.read { session in
                    try session.rows("SELECT id FROM notes WHERE \(sql: condition) ORDER BY id") { row in try row["id"]
                    }
                }
            }
            let all = Array(bodies.indices)
            #expect(try await ids("body \(in: bodies)") == all)
            #expect(try await ids("body \(in: ["com,ma", "nothing"])") == [1])
            #expect(try await ids("body \(notIn: ["com,ma"])") == all.filter { $0 != 1 })
            #expect(try await ids("id \(in: [Int]())") == [])
            #expect(try await ids("id \(notIn: [Int]())") == all)
            #expect(try await ids("id \(in: Array(2...100_000)) AND id < \(4)") == [2, 3])
        }
    }

    @Test("A statement the engine does not understand is the program's fault", arguments: Engine.everyRoute)
    func invalid(_ engine: Engine) async throws {
        try await withDatabase(engine, .nothing) { test in
            for sql: SQL in ["SELEKT 1", "", "SELECT 1 AS id; SELECT 2 AS id"] {
                let error = await storeError { try await test.database.read { try $0.forEach(sql) { _ in } } }
                #expect(error?.code == .invalidStatement)
            }
        }
    }

    @Test("Statements are counted", arguments: Engine.allCases)
    func counting(_ engine: Engine) async throws {
        try await withDatabase(engine, .nothing) { test in
            let count = try await test.database.write { session in
                try session.createNotes()
                try session.insert(into: "notes", columns: ["id"]) { add in try add([.int(1)]) }
                _ = try session.notes()
                return session.statementCount
            }
            #expect(count == 3)
        }
    }

    @Test("Changed rows are counted, selected ones are not", arguments: Engine.everyRoute)
    func changes(_ engine: Engine) async throws {
        try await withDatabase(engine, .nothing) { test in
            try await test.database.write { session in
                try session.createNotes()
                #expect(try session.execute("INSERT INTO notes (id) VALUES (1), (2), (3)") == 3)
                #expect(try session.execute("UPDATE notes SET body = 'x' WHERE id > 1") == 2)
                #expect(try session.execute("SELECT id FROM notes") == 0)
                #expect(try session.execute("INSERT INTO notes (id) VALUES (1) ON CONFLICT DO NOTHING") == 0)
                let deleted = try session.rows("DELETE FROM notes WHERE id = 2 RETURNING id") { try $0["id"] as Int }
                #expect(deleted == [2])
            }
        }
    }

    @Test("A closure that throws ends the reading, and only that", arguments: Engine.everyRoute)
    func earlyEnd(_ engine: Engine) async throws {
        struct Enough: Error {}
        try await withDatabase(engine, .nothing) { test in
            try await test.database.write { session in
                try session.createNotes()
                try session.insert(into: "notes", columns: ["id"]) { add in
                    for id in 0..<5000 { try add([id.bind]) }
                }
            }
            await #expect(throws: Enough.self) {
                try await test.database.read { session in
                    try session.forEach(.table("notes", columns: "id", orderBy: "id")) { row in
                        if try row["id"] == 3 { throw Enough() }
                    }
                }
            }
            let count = try await test.database.read { session in
                try session.first("SELECT count(*) AS n FROM notes") { row in try row["n"] as Int }
            }
            #expect(count == 5000)
        }
    }
}
