import Foundation
import Store
import Support
import Testing

@Suite("import")
struct ImportTests {
    static let departments = "id,name,slug,created_on,updated_on\n"
    static let department = "1,Biology,biology,2026-01-01 00:00:00+00,2026-01-01 00:00:00+00\n"

    func load(_ folder: String, into locator: String) async throws -> ProgramResult {
        try await BuildProgram().run(["import", folder, "--database", locator])
    }

    @Test("fills an empty database and says how much", arguments: Engine.allCases)
    func fills(engine: Engine) async throws {
        let workspace = try Workspace()
        try Fixture.f().write(into: workspace, folder: "tables")
        let files = try FileManager.default.contentsOfDirectory(atPath: workspace.path("tables"))
        let rows = try Fixture.f().tables.values.map(\.rows.count).reduce(1, +)
        try await withDatabase(engine, .nothing) { database in
            let result = try await load(workspace.path("tables"), into: database.locator)
            #expect(result.output == "imported \(rows) rows into \(files.count) tables\n")
            #expect(
                result.log == [
                    #"{"level":"info","program":"mitxonline-build","command":"import","event":"finished","status":0,"#
                        + #""seconds":0,"tables":\#(files.count),"rows":\#(rows)}"#
                ])
            #expect(result.ending == .exit(0))
            let names = try await database.database.read { session in
                try session.rows("SELECT readable_id FROM courses_course ORDER BY id") {
                    try $0["readable_id"] as String
                }
            }
            #expect(names == ["course-v1:MITx+6.100x", "course-v1:MITx+7.00x", "course-v1:MITx+5.00x"])
        }
    }

    @Test("creates the SQLite file, and --json prints the counts as one object")
    func creates() async throws {
        let workspace = try Workspace()
        try workspace.write(Self.departments + Self.department, to: "tables/courses_department.csv")
        let result = try await BuildProgram().run([
            "import", workspace.path("tables"), "--json", "--database", "sqlite:\(workspace.path("new.sqlite"))",
        ])
        #expect(result.output == #"{"tables":1,"rows":1}"# + "\n")
        #expect(result.ending == .exit(0))
    }

    @Test(
        "names file and line of what it cannot read, and loads nothing",
        arguments: [
            (
                "notes.csv", "id\n",
                "notes.csv: is not named after a table of MITx Online (TABLE.csv); rename or remove it"
            ),
            ("README", "", "README: is not named after a table of MITx Online (TABLE.csv); rename or remove it"),
            ("courses_department.csv", "", "courses_department.csv:1: the header row is missing; correct the file"),
            (
                "courses_department.csv", "id,nam\n",
                "courses_department.csv:1: names column nam, which courses_department does not have; rename or remove it"
            ),
            (
                "courses_department.csv", "id,id\n",
                "courses_department.csv:1: names column id twice; remove one of them"
            ),
            (
                "courses_department.csv", "id,name\n",
                "courses_department.csv:1: has no column created_on, which cannot be NULL; add it"
            ),
            (
                "courses_department.csv", departments + department + "2,Physics\n",
                "courses_department.csv:3: 2 fields where the header has 5; correct the file"
            ),
            (
                "courses_department.csv",
                departments + department + "2,Physics,physics,2026-01-01 00:00:00+00,yesterday\n",
                "courses_department.csv:3: column updated_on is not of the type timestamptz; correct it"
            ),
            (
                "courses_department.csv", departments + department + "two,Physics,physics,\\N,\\N\n",
                "courses_department.csv:3: column id is not of the type integer; correct it"
            ),
            (
                "courses_department.csv", departments + department + "2,\\N,physics,\\N,\\N\n",
                "courses_department.csv:3: column name is NULL, which it cannot be; correct it"
            ),
            (
                "courses_department.csv", departments + department + "2,\"Physics\n",
                "courses_department.csv:3: a quoted field that does not end; correct the file"
            ),
        ])
    func mistakes(name: String, text: String, message: String) async throws {
        let workspace = try Workspace()
        try workspace.write(text, to: "tables/\(name)")
        let locator = "sqlite:\(workspace.path("new.sqlite"))"
        try await load(workspace.path("tables"), into: locator).expectFailure(65, command: "import", message)
        // What was corrected can be loaded into the same database.
        try FileManager.default.removeItem(atPath: workspace.path("tables/\(name)"))
        try workspace.write(Self.departments + Self.department, to: "tables/courses_department.csv")
        #expect(try await load(workspace.path("tables"), into: locator).ending == .exit(0))
    }

    @Test("refuses rows that contradict each other, and loads nothing", arguments: Engine.allCases)
    func contradictions(engine: Engine) async throws {
        let workspace = try Workspace()
        try workspace.write(Self.departments + Self.department + Self.department, to: "twice/courses_department.csv")
        var fixture = try Fixture.f()
        try fixture.set("courses_courserun", 1, ["course_id": "99"])
        try fixture.write(into: workspace, folder: "lost")
        try await withDatabase(engine, .nothing) { database in
            for (folder, code) in [
                ("twice", "courses_department"), ("lost", engine == .sqlite ? "" : "courses_courserun"),
            ] {
                let result = try await load(workspace.path(folder), into: database.locator)
                #expect(result.ending == .exit(65))
                #expect(result.message?.contains(code) == true || code.isEmpty, "\(result.errors)")
                #expect(result.message?.hasSuffix("Nothing of this transaction was kept") == true)
            }
            let tables = try await database.database.read { session in
                try Schema.reference.existingTables(in: &session)
            }
            #expect(tables == [])
        }
    }

    @Test("refuses a database that has rows, and leaves them alone", arguments: Engine.allCases)
    func filled(engine: Engine) async throws {
        try await withCatalog(engine, .f()) { catalog in
            try await load(catalog.workspace.path("tables"), into: catalog.locator).expectFailure(
                65, command: "import", "the database: is not empty; give one without rows, nothing was changed")
            try await catalog.publish()
        }
    }

    @Test("refuses a database of another application, and leaves it alone", arguments: Engine.allCases)
    func other(engine: Engine) async throws {
        let workspace = try Workspace()
        try Fixture.f().write(into: workspace, folder: "tables")
        try await withDatabase(engine, .nothing) { database in
            try await database.database.write { session in
                try session.execute("CREATE TABLE zoo (id integer PRIMARY KEY)")
                try session.execute("CREATE TABLE aquarium (id integer PRIMARY KEY)")
            }
            try await load(workspace.path("tables"), into: database.locator).expectFailure(
                65, command: "import",
                """
                the database: is another application's, with a table aquarium; give an empty one, nothing was changed
                """)
            let tables = try await database.database.read { session in try Schema.reference.otherTables(in: &session) }
            #expect(tables == ["aquarium", "zoo"])
        }
    }

    @Test("refuses a database with a part of the tables", arguments: Engine.allCases)
    func partial(engine: Engine) async throws {
        let workspace = try Workspace()
        try Fixture.f().write(into: workspace, folder: "tables")
        try await withDatabase(engine, .nothing) { database in
            try await database.database.write { session in
                try session.execute("CREATE TABLE django_content_type (id integer PRIMARY KEY, app_label text)")
            }
            try await load(workspace.path("tables"), into: database.locator).expectFailure(
                65, command: "import",
                "the database: has some tables of MITx Online but not all; give an empty one, nothing was changed")
        }
    }

    @Test("needs a folder of table files")
    func folders() async throws {
        let workspace = try Workspace()
        let locator = "sqlite:\(workspace.path("new.sqlite"))"
        try await load(workspace.path("none"), into: locator).expectFailure(
            65, command: "import",
            "\(workspace.path("none")): cannot be read as a folder of table files; check the path")
        try workspace.write("", to: "hidden/.keep")
        try await load(workspace.path("hidden"), into: locator).expectFailure(
            65, command: "import", "\(workspace.path("hidden")): holds no table files; check the path")
        #expect(!workspace.exists("new.sqlite"))
    }
}
