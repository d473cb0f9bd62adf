import Bytes
import Foundation
import Store
import Support
import Testing

/// Rows that make no sense. Databases are SQLite where PostgreSQL itself refuses the row.
@Suite("Rows that make no sense")
struct BadDataTests {
    /// Publishes `fixture`, changes rows, and expects that the next render fails with `message` and publishes nothing.
    private func expectFailure(
        _ fixture: Fixture, _ statements: SQL..., message: (TestCatalog) -> String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        try await withCatalog(.sqlite, fixture, foreignKeys: false) { catalog in
            try await catalog.publish()
            let before = try catalog.workspace.tree()
            for statement in statements { try await catalog.execute(statement) }
            try await catalog.render().expectFailure(65, message(catalog), sourceLocation: sourceLocation)
            #expect(try catalog.workspace.tree() == before, sourceLocation: sourceLocation)
        }
    }

    struct Malformed: Sendable, CustomTestStringConvertible {
        let table: String
        let column: String
        let row: Int
        let value: SQL
        let expectation: String

        var testDescription: String { "\(table).\(column)" }
    }

    static let malformedValues = [
        Malformed(
            table: "courses_courserun", column: "start_date", row: 1, value: "'yesterday'",
            expectation: "a timestamp (YYYY-MM-DD HH:MM:SS) or NULL"),
        Malformed(
            table: "cms_coursepage", column: "min_price", row: 10, value: "'cheap'",
            expectation: "a decimal number"),
        Malformed(
            table: "courses_course", column: "live", row: 1, value: "'maybe'", expectation: "a boolean (0 or 1, t or f)"
        ),
        Malformed(
            table: "courses_programcollectionitem", column: "sort_order", row: 1, value: "'first'",
            expectation: "a whole number or NULL"),
        Malformed(
            table: "courses_course", column: "title", row: 2, value: "CAST(x'ff' AS TEXT)", expectation: "text in UTF-8"
        ),
        Malformed(
            table: "courses_course", column: "title", row: 2, value: "x'00'", expectation: "text in UTF-8"),
    ]

    @Test("a malformed value is named by table, row and column", arguments: malformedValues)
    func malformed(value: Malformed) async throws {
        let key: SQL = value.table.hasPrefix("cms_") ? "page_ptr_id" : "id"
        try await expectFailure(
            .f(),
            """
            UPDATE \(identifier: value.table) SET \(identifier: value.column) = \(sql: value.value)
            WHERE \(sql: key) = \(value.row)
            """
        ) { _ in
            """
            table \(value.table), id \(value.row), column \(value.column): not \(value.expectation). Correct the value
            """
        }
    }

    @Test("malformed JSON is named by table, row and column")
    func malformedJSON() async throws {
        try await expectFailure(
            .golden(), "UPDATE cms_certificatepage SET signatories = '[{\"value\":' WHERE page_ptr_id = 23"
        ) { _ in
            "table cms_certificatepage, id 23, column signatories: not a JSON document. Correct the value"
        }
    }

    @Test("values that PostgreSQL knows and a catalog does not", arguments: ["infinity", "-infinity", "0044-03-15 BC"])
    func postgresValues(value: String) async throws {
        try await withCatalog(.postgres, .f()) { catalog in
            try await catalog.publish()
            let before = try catalog.workspace.tree()
            try await catalog.execute("UPDATE courses_courserun SET end_date = \(value)::timestamptz WHERE id = 3")
            try await catalog.render().expectFailure(
                65,
                """
                table courses_courserun, id 3, column end_date: not a timestamp (YYYY-MM-DD HH:MM:SS) or NULL. Correct \
                the value
                """)
            #expect(try catalog.workspace.tree() == before)
        }
    }

    @Test("a run without a course")
    func lostRun() async throws {
        try await expectFailure(.f(), "UPDATE courses_courserun SET course_id = 99 WHERE id = 2") { _ in
            "courses_courserun 2: names course 99, which does not exist; restore that row or delete this one"
        }
    }

    @Test("programs that require each other: improved names them, strict renders them", arguments: Engine.allCases)
    func cycle(engine: Engine) async throws {
        try await withCatalog(engine, .f()) { catalog in
            try await catalog.publish()
            let before = try catalog.workspace.tree()
            try await catalog.execute(
                """
                INSERT INTO courses_programrequirement
                    (id, path, depth, numchild, node_type, operator, operator_value, title, course_id, program_id,
                    elective_flag, required_program_id)
                SELECT 14, '000200010002', depth, numchild, node_type, operator, operator_value, title, NULL, 2,
                    elective_flag, 1 FROM courses_programrequirement WHERE id = 4
                """)
            try await catalog.render().expectFailure(
                65,
                """
                courses_programrequirement 14: makes a program require itself (program-v1:MITx+P1 → \
                program-v1:MITx+P2 → program-v1:MITx+P1); remove one of these nodes
                """)
            #expect(try catalog.workspace.tree() == before)
            let strict = try await catalog.render("--compat", "strict")
            #expect(strict.ending == .exit(0))
            let program = try catalog.workspace.json("output/current/public/api/v2/programs/2/index.json")
            #expect(program["requirements"]?["programs"]?["required"]?.array?.isEmpty == false)
        }
    }

    @Test(
        "a readable id never leads out of the output: improved leaves the course out, strict has it by id",
        arguments: [
            "../../../../../../escaped", "/escaped", "a/../../../../../../escaped", "a/b", "course-v1:a\\..\\b",
            "x\n/escaped",
        ])
    func escaping(readableID: String) async throws {
        var fixture = try Fixture.f()
        try fixture.set("courses_course", 1, ["readable_id": readableID])
        try await withCatalog(.sqlite, fixture) { catalog in
            let workspace = catalog.workspace
            let improved = try await catalog.render("--json")
            #expect(improved.ending == .exit(0), "\(improved.errors)")
            #expect(try folders(workspace, "courses") == ["2", "course-v1:MITx+7.00x", "page", "q"])
            #expect(try codes(improved).contains("learn-invalid 1"))
            let strict = try await catalog.render("--compat", "strict")
            #expect(strict.ending == .exit(0), "\(strict.errors)")
            #expect(try folders(workspace, "courses") == ["1", "2", "course-v1:MITx+7.00x", "page", "q"])
            try expectNothingOutside(workspace)
        }
    }

    @Test(
        "a readable id that names a folder of its own kind has a document by id only",
        arguments: ["..", ".", "page", "7"])
    func reserved(readableID: String) async throws {
        var fixture = try Fixture.f()
        try fixture.set("courses_course", 1, ["readable_id": readableID])
        try await withCatalog(.sqlite, fixture) { catalog in
            for mode in ["improved", "strict"] {
                let result = try await catalog.render("--json", "--compat", mode)
                #expect(result.ending == .exit(0), "\(result.errors)")
                #expect(try folders(catalog.workspace, "courses") == ["1", "2", "course-v1:MITx+7.00x", "page", "q"])
                #expect(try codes(result).contains("readable-id-copy 1"))
                try expectNothingOutside(catalog.workspace)
            }
        }
    }

    private func codes(_ result: ProgramResult) throws -> [String] {
        let warnings = try JSONValue(parsing: Array(result.output.utf8))["warnings"]?.array ?? []
        return warnings.map { "\($0["code"]?.string ?? "") \($0["id"]?.string ?? "")" }
    }

    /// Expects that beside what a test has there, a workspace holds the output, and that it holds what it should.
    private func expectNothingOutside(_ workspace: Workspace, sourceLocation: SourceLocation = #_sourceLocation) throws
    {
        func names(_ folder: String) throws -> [String] {
            try FileManager.default.contentsOfDirectory(atPath: workspace.path(folder)).sorted()
        }
        #expect(try names(".") == ["output", "tables"], sourceLocation: sourceLocation)
        #expect(try names("output") == [".lock", "current", "snapshots"], sourceLocation: sourceLocation)
        for snapshot in try names("output/snapshots") {
            let roots = try names("output/snapshots/\(snapshot)")
            #expect(roots == ["files.tsv", "internal", "public", "snapshot.json"], sourceLocation: sourceLocation)
        }
        for file in ["/escaped", workspace.path + "/../escaped"] {
            #expect(!FileManager.default.fileExists(atPath: file), sourceLocation: sourceLocation)
        }
    }

    private func folders(_ workspace: Workspace, _ list: String) throws -> [String] {
        try workspace.tree("output/current/public/api/v2/\(list)").filter { $0.hasPrefix("folder") }
            .map { String($0.split(separator: " ", maxSplits: 2)[2]) }.filter { !$0.contains("/") }
    }
}
