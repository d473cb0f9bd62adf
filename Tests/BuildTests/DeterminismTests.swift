import Support
import Testing

/// The bytes of a snapshot follow from the rows, the settings and the interval of the clock, and from nothing else.
@Suite("The same rows give the same bytes")
struct DeterminismTests {
    /// Everything below `current`, after a render under these circumstances.
    ///
    /// Of what the snapshot says about itself, the digest of the input is left out: each engine gives values in its own form.
    private func tree(
        _ catalog: TestCatalog, _ environment: [String: String?] = [:], launcher: [String] = [], into name: String
    ) async throws -> [String] {
        let workspace = catalog.workspace
        let words = [
            "render", "--database", catalog.locator, "--output", workspace.path(name), "--now", BuildProgram.now,
        ]
        let result = try await BuildProgram(environment).run(words, launcher: launcher)
        #expect(result.ending == .exit(0), "\(result.errors)")
        return try bytes(of: workspace, name)
    }

    private func bytes(of workspace: Workspace, _ name: String = "output") throws -> [String] {
        let about = try workspace.text("\(name)/current/snapshot.json")
            .replacing(/"input_digest":"[0-9a-f]{64}"/, with: #""input_digest":"…""#)
        return try workspace.tree("\(name)/current/").filter { !$0.contains(" snapshot.json ") } + [about]
    }

    @Test("in any time zone, locale and umask, on one core, on the second run", arguments: Engine.allCases)
    func surroundings(engine: Engine) async throws {
        try await withCatalog(engine, .golden()) { catalog in
            let usual = try await tree(catalog, into: "usual")
            #expect(usual.contains { $0.contains(" files.tsv ") })
            let circumstances: [(String, [String: String?], [String])] = [
                ("east", ["TZ": "Pacific/Kiritimati", "LANG": "C", "LC_ALL": "C"], []),
                ("west", ["TZ": "America/Los_Angeles", "LANG": "tr_TR.UTF-8", "LC_ALL": "tr_TR.UTF-8"], []),
                ("german", ["TZ": ":bogus", "LC_NUMERIC": "de_DE.UTF-8", "LC_COLLATE": "de_DE.UTF-8"], []),
                ("umask", [:], BuiltProgram.shell("umask 077")),
                ("one core", [:], ["/usr/bin/taskset", "-c", "0"]),
                (
                    "client settings",
                    [
                        "PGTZ": "Asia/Tokyo", "PGDATESTYLE": "German", "PGCLIENTENCODING": "LATIN1",
                        "PGOPTIONS": "-c bytea_output=escape -c extra_float_digits=-3 -c intervalstyle=sql_standard",
                    ], []
                ),
                ("again", [:], []),
            ]
            for (name, environment, launcher) in circumstances {
                #expect(try await tree(catalog, environment, launcher: launcher, into: name) == usual, "\(name)")
            }
        }
    }

    @Test("on either engine, and in whatever order the rows were stored")
    func engines() async throws {
        let fixture = try Fixture.golden()
        let orders: [(Engine, @Sendable ([[String?]]) -> [[String?]])] = [
            (.sqlite, { $0 }), (.postgres, { $0 }), (.sqlite, { $0.reversed() }), (.postgres, { $0.reversed() }),
            (.postgres, { rows in rows.indices.sorted { ($0 * 7 % 11, $0) < ($1 * 7 % 11, $1) }.map { rows[$0] } }),
        ]
        var first: [String]?
        for (engine, arrange) in orders {
            try await withDatabase(engine, .tables) { database in
                let workspace = try Workspace()
                try fixture.write(into: workspace, folder: "tables", arrange: arrange)
                let loaded = try await BuildProgram().run(
                    ["import", workspace.path("tables"), "--database", database.locator])
                try #require(loaded.ending == .exit(0), "\(loaded.errors)")
                let result = try await BuildProgram().run(BuildProgram.rendering(database.locator, into: workspace))
                #expect(result.ending == .exit(0))
                let tree = try bytes(of: workspace)
                if let first { #expect(tree == first, "\(engine)") } else { first = tree }
            }
        }
    }

    @Test("whatever the collation of a PostgreSQL database is")
    func collation() async throws {
        try await withCatalog(.postgres, .golden()) { catalog in
            let usual = try await tree(catalog, into: "usual")
            try await catalog.execute(
                "ALTER TABLE courses_course ALTER COLUMN title TYPE varchar(255) COLLATE \"und-x-icu\"",
                "ALTER TABLE courses_program ALTER COLUMN title TYPE varchar(255) COLLATE \"und-x-icu\"",
                "ALTER TABLE courses_department ALTER COLUMN name TYPE varchar(128) COLLATE \"und-x-icu\"",
                "ALTER TABLE courses_coursestopic ALTER COLUMN name TYPE varchar(128) COLLATE \"und-x-icu\"",
                "ALTER TABLE wagtailcore_page ALTER COLUMN title TYPE varchar(255) COLLATE \"und-x-icu\"",
                "ALTER TABLE wagtailcore_page ALTER COLUMN path TYPE varchar(255) COLLATE \"und-x-icu\"",
                "ALTER TABLE courses_programrequirement ALTER COLUMN path TYPE varchar(255) COLLATE \"und-x-icu\"")
            #expect(try await tree(catalog, into: "collated") == usual)
        }
    }

    @Test("CAT-31 a second later, with no boundary between: nothing is published; past the boundary it is")
    func clock() async throws {
        try await withCatalog(.sqlite, .f()) { catalog in
            try await catalog.publish("--now", "2026-11-23T20:45:00Z")
            let before = try catalog.workspace.tree()
            let later = try await catalog.render("--now", "2026-11-23T20:45:01Z", "--json")
            #expect(later.output.contains(#""outcome":"unchanged""#))
            #expect(try catalog.workspace.tree() == before)
            // The next change that snapshot.json announces is the boundary, to the microsecond.
            let last = try await catalog.render("--now", "2099-09-01T13:59:59.999999Z", "--json")
            #expect(last.output.contains(#""outcome":"unchanged""#))
            let changed = try await catalog.render("--now", "2099-09-01T14:00:00Z", "--json")
            #expect(changed.output.contains(#""outcome":"published""#))
        }
    }
}
