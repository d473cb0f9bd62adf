import Bytes
import Store
import Support
import Testing

/// The rules of `spec/catalog.md §2.2`. Values come from expressions, so that both engines can deliver wrong ones.
@Suite("Value normalisation") struct ValueTests {
    @Test("A malformed value names table, id and column, never itself", arguments: Engine.allCases)
    func malformedInteger(_ engine: Engine) async throws {
        let examples: [SQL] = [
            "'canary'", "'1.5'", "''", "'-'", "'9223372036854775808'", "'-9223372036854775809'", "' 1'", "1.5", "NULL",
        ]
        try await withDatabase(engine, .nothing) { test in
            for example in examples {
                let error = await storeError { try await test.read(example) { row in try row["x"] as Int } }
                #expect(error?.code == .malformedValue)
                #expect(error?.place == StoreError.Place(table: "things", row: "id 7", column: "x"))
                #expect(error?.description.contains("a whole number") == true)
                #expect(error?.description.contains("canary") == false)
            }
        }
    }

    @Test("Other types refuse what is not theirs", arguments: Engine.allCases)
    func malformedOthers(_ engine: Engine) async throws {
        try await withDatabase(engine, .nothing) { test in
            func code<T: Sendable>(_ expression: SQL, _ body: @Sendable (borrowing Row) throws -> T) async -> StoreError
                .Code?
            {
                await storeError { try await test.read(expression, body) }?.code
            }
            for wrong: SQL in ["'yes'", "'true'", "''", "2", "'T'", "NULL"] {
                #expect(await code(wrong) { row in try row["x"] as Bool } == .malformedValue)
            }
            for wrong: SQL in [
                "'2026-02-30 00:00:00'", "'infinity'", "'2026-09-15'", "'2026-09-15 24:00:00'", "'now'", "1", "NULL",
                "'0044-03-15 00:00:00+00 BC'",
            ] {
                #expect(await code(wrong) { row in try row["x"] as Timestamp } == .malformedValue)
            }
            for wrong: SQL in ["'2026-02-30'", "'2026-2-03'", "'20260203'", "'2026-02-03 '", "NULL"] {
                #expect(await code(wrong) { row in try row["x"] as CivilDate } == .malformedValue)
            }
            for wrong: SQL in ["'NaN'", "'Infinity'", "'1,5'", "''", "'1234567890123456789.00'", "NULL"] {
                #expect(await code(wrong) { row in try row.decimal("x", scale: 2) } == .malformedValue)
            }
            for wrong: SQL in ["'{'", "''", "'{} {}'", "NULL"] {
                #expect(await code(wrong) { row in try row["x"] as JSONValue } == .malformedValue)
            }
            for wrong: SQL in ["'4616e73d'", "'4616e73d-b226-45cb-93f6-8ff12d94a77g'", "1", "NULL"] {
                #expect(await code(wrong) { row in try row.uuid("x") } == .malformedValue)
            }
            for wrong: SQL in ["'NaN'", "'x'", "NULL"] {
                #expect(await code(wrong) { row in try row["x"] as Double } == .malformedValue)
            }
            #expect(await code("NULL") { row in try row["x"] as String } == .malformedValue)
        }
    }

    @Test("Timestamps are read in every accepted form", arguments: Engine.allCases)
    func timestamps(_ engine: Engine) async throws {
        let forms: [(SQL, String)] = [
            ("'2026-09-15 14:30:00'", "2026-09-15T14:30:00Z"), ("'2026-09-15T14:30:00Z'", "2026-09-15T14:30:00Z"),
            ("'2026-09-15 14:30:00.5'", "2026-09-15T14:30:00.500000Z"),
            ("'2026-09-15 14:30:00.123456+05:30'", "2026-09-15T09:00:00.123456Z"),
            ("'2026-09-15 14:30:00-04'", "2026-09-15T18:30:00Z"),
            ("'1969-12-31 23:59:59.999999+00:00'", "1969-12-31T23:59:59.999999Z"),
        ]
        try await withDatabase(engine, .nothing) { test in
            for (form, expected) in forms {
                let instant = try await test.read(form) { row in try row["x"] as Timestamp }
                #expect(instant?.description == expected)
            }
        }
    }

    @Test("Decimals have exactly the digits of their column, whatever they are stored as", arguments: Engine.allCases)
    func decimals(_ engine: Engine) async throws {
        let forms: [(SQL, String)] = [
            ("'149.5'", "149.50"), ("149", "149.00"), ("149.5", "149.50"), ("'-0.005'", "0.00"), ("'0.015'", "0.02"),
            ("2.675", "2.68"), ("0.1 + 0.2", "0.30"), ("'1e2'", "100.00"),
        ]
        try await withDatabase(engine, .nothing) { test in
            for (form, expected) in forms {
                let number = try await test.read(form) { row in try row.decimal("x", scale: 2) }
                #expect(number?.description == expected)
            }
        }
    }

    @Test("UUIDs are lower-case with dashes", arguments: Engine.allCases)
    func uuids(_ engine: Engine) async throws {
        try await withDatabase(engine, .nothing) { test in
            for form: SQL in ["'4616E73DB22645CB93F68FF12D94A778'", "'4616e73d-B226-45cb-93f6-8ff12d94a778'"] {
                let text = try await test.read(form) { row in try row.uuid("x") }
                #expect(text == "4616e73d-b226-45cb-93f6-8ff12d94a778")
            }
        }
    }

    @Test("Text that is not UTF-8 is malformed in SQLite")
    func invalidUTF8InSQLite() async throws {
        try await withDatabase(.sqlite, .nothing) { test in
            for wrong: SQL in ["CAST(x'ff' AS TEXT)", "CAST(x'c3' AS TEXT)", "CAST(x'eda080' AS TEXT)", "x'41'"] {
                let error = await storeError { try await test.read(wrong) { row in try row["x"] as String } }
                #expect(error?.code == .malformedValue)
            }
        }
    }

    @Test("A key that is neither number nor UUID is not told; the row's position is")
    func secretKeys() async throws {
        let error = await storeError {
            try await withDatabase(.sqlite, .nothing) { test in
                try await test.database.read { session in
                    let sql: SQL = "SELECT 'canary' AS session_key, 1 AS x UNION ALL SELECT 'canary', 'wrong'"
                    try session.forEach(sql.labelled("django_session")) { row in _ = try row["x"] as Int }
                }
            }
        }
        #expect(error?.place.row == "row 2")
        #expect(error?.description.contains("canary") == false)
    }

    @Test("A column that the statement lacks, or has twice, is named", arguments: Engine.allCases)
    func columnNames(_ engine: Engine) async throws {
        try await withDatabase(engine, .nothing) { test in
            let missing = await storeError { try await test.read("1") { row in try row["y"] as Int } }
            #expect(missing?.code == .missingColumn)
            #expect(missing?.place.column == "y")
            let twice = await storeError { try await test.read("1 AS x, 2") { row in try row["x"] as Int } }
            #expect(twice?.code == .invalidStatement)
            #expect(twice?.place.column == "x")
        }
    }

    @Test("Columns can be read in any order, and more than once", arguments: Engine.allCases)
    func anyOrder(_ engine: Engine) async throws {
        try await withDatabase(engine, .nothing) { test in
            let read = try await test.database.read { session in
                try session.rows("SELECT 1 AS a, 2 AS b, 3 AS c UNION ALL SELECT 4, 5, 6 ORDER BY a") { row in
                    [try row["c"], try row["a"], try row["b"], try row["b"], try row["c"]] as [Int]
                }
            }
            #expect(read == [[3, 1, 2, 2, 3], [6, 4, 5, 5, 6]])
        }
    }
}

extension TestDatabase {
    /// Reads `expression` as column `x` of the row with the id 7.
    fileprivate func read<T: Sendable>(
        _ expression: SQL, _ body: @Sendable (borrowing Row) throws -> T
    ) async throws -> T? {
        try await database.read { session in
            let sql: SQL = "SELECT 7 AS id, \(sql: expression) AS x"
            return try session.first(sql.labelled("things"), body)
        }
    }
}
