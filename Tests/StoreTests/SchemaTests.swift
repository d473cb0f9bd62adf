import Bytes
import Foundation
import Store
import Support
import Testing

@Suite("Reference schema") struct SchemaTests {
    @Test("PostgreSQL's catalog of the created tables is that of a real database")
    func postgres() async throws {
        let created = try await withDatabase(.postgres) { test in
            try await test.database.read { session in try session.rows(catalog) { row in try SchemaFixture.Line(row) } }
        }
        let expected = try SchemaFixture.lines()
        #expect(created.count == expected.count)
        for (line, real) in zip(created, expected) { #expect(line == real) }
    }

    @Test("SQLite has the same tables and columns, in the same order")
    func sqlite() async throws {
        let created = try await withDatabase(.sqlite) { test in
            try await test.database.read { session in
                try session.rows(
                    """
                    SELECT t.name AS "table", c.name AS "column", c."notnull" AS required, c.pk AS key,
                        f."table" AS target, f."to" AS target_column
                    FROM sqlite_schema AS t, pragma_table_info(t.name) AS c
                    LEFT JOIN pragma_foreign_key_list(t.name) AS f ON f."from" = c.name
                    WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' ORDER BY t.name, c.cid
                    """
                ) { row in
                    let target = try row["target"] as String?
                    let column = try row["target_column"] as String?
                    return [
                        try row["table"], try row["column"], try row["required"] ? "NO" : "YES",
                        try row["key"] == 1 ? "PK(\(try row["column"] as String))" : "",
                        target.map { "\($0)(\(column ?? "")) DEFERRABLE INITIALLY DEFERRED" } ?? "",
                    ]
                }
            }
        }
        let expected = try SchemaFixture.lines().map {
            [$0.table, $0.column, $0.nullable, $0.primaryKey, $0.foreignKey]
        }
        #expect(created == expected)
    }

    @Test("The description of a column says its type and whether it may be NULL")
    func columns() {
        let table = Schema.reference["courses_courserun"]
        #expect(table?.columns.count == 23)
        let columns = table?.columns ?? []
        #expect(columns.first { $0.name == "id" }?.isIdentity == true)
        #expect(columns.first { $0.name == "title" }?.type == .varchar(length: 255))
        #expect(columns.first { $0.name == "start_date" }?.isNullable == true)
        #expect(columns.first { $0.name == "b2b_contract_id" }?.reference?.table == "b2b_contractpage")
        #expect(Schema.reference["nothing"] == nil)
        #expect(Schema.reference.tables.count == 160)
    }

    @Test(
        "A run is unique among those without a contract too, if it is the primary language", arguments: Engine.allCases)
    func nullsNotDistinct(_ engine: Engine) async throws {
        try await withDatabase(engine, .tablesWithoutForeignKeys) { test in
            func insert(_ id: String, contract: Int?, primary: Bool, language: String = "") async -> StoreError.Code? {
                let now = Timestamp(microseconds: 0)
                do {
                    try await test.database.write { session in
                        try session.execute(
                            """
                            INSERT INTO courses_courserun (created_on, updated_on, title, courseware_id, run_tag, live,
                                course_id, is_self_paced, b2b_contract_id, is_source_run, has_courseware_url,
                                is_primary_language, language, variant_industry, variant_length)
                            VALUES (\(now), \(now), 't', \(id), '1T', \(true), 1, \(false), \(contract), \(false),
                                \(true), \(primary), \(language), '', '')
                            """)
                    }
                    return nil
                } catch let error as StoreError {
                    return error.code
                } catch {
                    return .internal
                }
            }
            #expect(await insert("a", contract: nil, primary: true) == nil)
            #expect(await insert("b", contract: nil, primary: true) == .uniqueViolation)
            #expect(await insert("c", contract: nil, primary: false) == nil)
            #expect(await insert("d", contract: nil, primary: false) == nil)
            #expect(await insert("e", contract: 1, primary: true) == nil)
            #expect(await insert("f", contract: 1, primary: true) == .uniqueViolation)
            #expect(await insert("g", contract: nil, primary: false, language: "es") == nil)
            #expect(await insert("h", contract: nil, primary: false, language: "es") == .uniqueViolation)
        }
    }

    @Test("Conditions of partial indexes and checks hold on both engines", arguments: Engine.allCases)
    func conditions(_ engine: Engine) async throws {
        try await withDatabase(engine, .tablesWithoutForeignKeys) { test in
            func insert(_ path: String, depth: Int, type: String) async -> Bool {
                do {
                    try await test.database.write { session in
                        try session.execute(
                            """
                            INSERT INTO courses_programrequirement (path, depth, numchild, node_type, operator, program_id)
                            VALUES (\(path), \(depth), 0, \(type), \(type == "operator" ? "all_of" : nil), 1)
                            """)
                    }
                    return true
                } catch {
                    return false
                }
            }
            #expect(await insert("1", depth: 1, type: "program_root"))
            #expect(await insert("2", depth: 1, type: "program_root") == false)
            #expect(await insert("11", depth: 2, type: "operator"))
            #expect(await insert("12", depth: 2, type: "operator"))
            #expect(await insert("13", depth: 2, type: "program_root") == false)
            #expect(await insert("14", depth: 2, type: "course") == false)
        }
    }

    @Test("An empty database is told from one with tables and one with rows", arguments: Engine.allCases)
    func emptiness(_ engine: Engine) async throws {
        try await withDatabase(engine, .nothing) { test in
            let reference = Schema.reference
            let nothing = try await test.database.read { session in
                (try reference.existingTables(in: &session), try reference.isEmpty(in: &session))
            }
            #expect(nothing.0.isEmpty && nothing.1)
            try await test.database.write { session in try reference.createTables(in: &session) }
            let empty = try await test.database.read { session in
                (try reference.existingTables(in: &session), try reference.isEmpty(in: &session))
            }
            #expect(empty.0 == reference.tables.map(\.name) && empty.1)
            try await test.database.write { session in
                try session.execute("INSERT INTO django_content_type (app_label, model) VALUES ('courses', 'course')")
            }
            #expect(try await test.database.read { session in try reference.isEmpty(in: &session) } == false)
            let again = await storeError {
                try await test.database.write { session in try reference.createTables(in: &session) }
            }
            #expect(again?.code == .invalidStatement)
        }
    }

    @Test("Texts of a dump become values of their columns, or are refused")
    func dumpTexts() throws {
        func bind(_ table: String, _ column: String, _ text: String?) -> Bind? {
            Schema.reference[table]?.columns.first { $0.name == column }?.bind(fromText: text)
        }
        #expect(bind("courses_course", "id", "12") == .int(12))
        #expect(bind("courses_course", "id", "1.0") == nil)
        #expect(bind("courses_course", "id", nil) == nil)
        #expect(bind("courses_course", "live", "t") == .bool(true))
        #expect(bind("courses_course", "title", "") == .text(""))
        #expect(bind("courses_courserun", "start_date", nil) == .null)
        #expect(
            bind("courses_courserun", "start_date", "1970-01-01 00:00:01+00")
                == .timestamp(Timestamp(microseconds: 1_000_000)))
        #expect(bind("courses_courserun", "start_date", "soon") == nil)
        #expect(bind("ecommerce_product", "price", "149.5") == .decimal(Decimal64(units: 14950, scale: 2)))
        #expect(bind("b2b_contractpage", "contract_start", "2026-06-07") == .text("2026-06-07"))
        #expect(bind("cms_coursepage", "price", "[ ]") == .json(.array([])))
        #expect(
            bind("courses_verifiablecredential", "uuid", "4616E73DB22645CB93F68FF12D94A778")
                == .text("4616e73d-b226-45cb-93f6-8ff12d94a778"))
    }
}

/// PostgreSQL's own account of the tables, in the words of the fixture.
private let catalog: SQL = """
    SELECT c.relname AS "table", a.attname AS "column",
        format_type(a.atttypid, a.atttypmod)
            || CASE WHEN a.attcollation = 'pg_catalog."C"'::regcollation THEN ' COLLATE "C"' ELSE '' END AS type,
        CASE WHEN a.attnotnull THEN 'NO' ELSE 'YES' END AS nullable,
        CASE WHEN a.attidentity = 'd' THEN 'generated by default as identity' ELSE '' END AS default_value,
        coalesce((SELECT 'PK(' || a.attname || ')' FROM pg_index i
            WHERE i.indrelid = c.oid AND i.indisprimary AND a.attnum = ANY (i.indkey)), '') AS primary_key,
        coalesce((SELECT string_agg('UNIQUE(' || names.list || ')'
                || CASE WHEN i.indnullsnotdistinct THEN ' NULLS NOT DISTINCT' ELSE '' END
                || coalesce(' WHERE ' || pg_get_expr(i.indpred, i.indrelid), ''), '; ')
            FROM pg_index i, LATERAL (SELECT string_agg(k.attname, ',' ORDER BY array_position(i.indkey, k.attnum)) AS list
                FROM pg_attribute k WHERE k.attrelid = c.oid AND k.attnum = ANY (i.indkey)) AS names
            WHERE i.indrelid = c.oid AND i.indisunique AND NOT i.indisprimary AND a.attnum = ANY (i.indkey)), '') AS uniques,
        coalesce((SELECT substring(pg_get_constraintdef(k.oid) FROM 'REFERENCES (.*)') FROM pg_constraint k
            WHERE k.conrelid = c.oid AND k.contype = 'f' AND a.attnum = ANY (k.conkey)), '') AS foreign_key,
        coalesce((SELECT string_agg(k.conname || ': ' || pg_get_constraintdef(k.oid), '; ') FROM pg_constraint k
            WHERE k.conrelid = c.oid AND k.contype = 'c' AND a.attnum = ANY (k.conkey)), '') AS checks,
        coalesce((SELECT string_agg('INDEX(' || names.list || ')'
                || CASE WHEN o.opcname LIKE '%pattern_ops' THEN ' pattern_ops' ELSE '' END
                || CASE WHEN m.amname = 'gin' THEN ' gin' ELSE '' END, '; ')
            FROM pg_index i JOIN pg_opclass o ON o.oid = i.indclass[0] JOIN pg_class x ON x.oid = i.indexrelid
                JOIN pg_am m ON m.oid = x.relam,
                LATERAL (SELECT string_agg(k.attname, ',' ORDER BY array_position(i.indkey, k.attnum)) AS list
                FROM pg_attribute k WHERE k.attrelid = c.oid AND k.attnum = ANY (i.indkey)) AS names
            WHERE i.indrelid = c.oid AND NOT i.indisunique AND a.attnum = ANY (i.indkey)), '') AS indexes
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0
    ORDER BY c.relname COLLATE "C", a.attnum
    """

extension SchemaFixture.Line {
    fileprivate init(_ row: borrowing Row) throws {
        func list(_ text: String) -> Set<String> { Set(text.components(separatedBy: "; ").filter { !$0.isEmpty }) }
        self.init(
            table: try row["table"], column: try row["column"], type: try row["type"], nullable: try row["nullable"],
            defaultValue: try row["default_value"], primaryKey: try row["primary_key"],
            uniques: list(try row["uniques"]), foreignKey: try row["foreign_key"], checks: list(try row["checks"]),
            indexes: list(try row["indexes"]))
    }
}
