import Support
import Testing

@Suite("A wrong command line or setting")
struct UsageTests {
    static let help = "See 'mitxonline-build render --help'"

    @Test(
        "is named, with the nearest right word",
        arguments: [
            (
                [], nil,
                "a command is missing, one of: render, preview, check, list, verify, rollback, import, template; see 'mitxonline-build --help'"
            ),
            (["rendr"], nil, "unknown command 'rendr'; did you mean 'render'? See 'mitxonline-build --help'"),
            (["publish"], nil, "unknown command 'publish'; see 'mitxonline-build --help'"),
            (["render", "--databse", "x"], "render", "unknown option '--databse'; did you mean '--database'? \(help)"),
            (["--chek"], nil, "unknown option '--chek'; see 'mitxonline-build --help'"),
            (["--check"], nil, "'--check' is an option of 'render' and stands after it; see 'mitxonline-build --help'"),
            (
                ["render", "--page-size"], "render",
                "the option '--page-size' needs a value: --page-size N; \(help.lowercasedFirst)"
            ),
            (
                ["render", "--check", "--check"], "render",
                "the option '--check' is given twice; \(help.lowercasedFirst)"
            ),
            (["render", "more"], "render", "unexpected argument 'more'; \(help.lowercasedFirst)"),
            (["import"], "import", "the argument DIR is missing; see 'mitxonline-build import --help'"),
            (
                ["render", "--now", "yesterday"], "render",
                "--now: yesterday is not an instant such as 2026-11-23T20:45:00Z"
            ),
            (
                ["render", "--now", "2026-02-30"], "render",
                "--now: 2026-02-30 is not an instant such as 2026-11-23T20:45:00Z"
            ),
        ] as [([String], String?, String)])
    func words(arguments: [String], command: String?, message: String) async throws {
        try await BuildProgram().run(arguments).expectFailure(64, command: command, message)
    }

    @Test(
        "of a setting is named after the option it came from",
        arguments: [
            (["--page-size", "0"], "--page-size: 0 is not between 1 and 1000"),
            (["--page-size", "many"], "--page-size: many is not a whole number"),
            (["--compat", "stric"], "--compat: stric is not strict or improved; did you mean strict?"),
            (["--pages", "perhaps"], "--pages: perhaps is neither true nor false"),
            (
                ["--site-base-url", "mitxonline.mit.edu"],
                "--site-base-url: mitxonline.mit.edu is not an http or https URL of scheme, host and path alone"
            ),
            (
                ["--database", "mysql://localhost/mitxonline"],
                """
                the database locator names no known engine. Give the database as sqlite:PATH or \
                postgresql://USER@HOST/NAME
                """
            ),
        ])
    func options(options: [String], message: String) async throws {
        let database = options.contains("--database") ? [] : ["--database", "sqlite:none"]
        try await BuildProgram().run(["render", "--check"] + database + options).expectFailure(64, message)
    }

    @Test("of the environment is named after the variable, and is a matter of configuration")
    func variable() async throws {
        let program = try BuildProgram(["MITXONLINE_PAGE_SIZE": "0"])
        try await program.run(["render", "--check", "--database", "sqlite:none"])
            .expectFailure(78, "MITXONLINE_PAGE_SIZE: 0 is not between 1 and 1000")
    }

    @Test("that is missing is named with the ways to give it; there is no database by default")
    func missing() async throws {
        try await BuildProgram().run(["render", "--check"])
            .expectFailure(64, "database is not set: give --database URL or set DATABASE_URL")
        try await BuildProgram().run(["render", "--database", "sqlite:none"])
            .expectFailure(64, "output is not set: give --output PATH, or --check to publish nothing")
        try await BuildProgram(["MITX_ONLINE_BASE_URL": nil]).run(["render", "--check", "--database", "sqlite:none"])
            .expectFailure(64, "siteBaseURL is not set: give --site-base-url URL or set MITX_ONLINE_BASE_URL")
        try await BuildProgram().run(["import", "none"])
            .expectFailure(64, command: "import", "database is not set: give --database URL or set DATABASE_URL")
    }

    @Test("that holds a password is refused without showing it", arguments: Canaries.locatorsWithPassword)
    func password(locator: String) async throws {
        let message = """
            the database locator holds a password. Remove it and give the password by PGPASSFILE, PGPASSWORD or a \
            systemd credential named PGPASSFILE
            """
        try await BuildProgram().run(["render", "--check", "--database", locator]).expectFailure(64, message)
        try await BuildProgram(["DATABASE_URL": locator]).run(["render", "--check"]).expectFailure(64, message)
    }

    @Test("of a locator in the wrong place is refused without showing its password")
    func misplacedPassword() async throws {
        let locator = "postgresql://catalog:\(Canaries.word)@db.example.org/mitxonline"
        try await BuildProgram().run(["render", locator]).expectFailure(
            64, "unexpected argument 'postgresql://…@db.example.org/mitxonline'; \(Self.help.lowercasedFirst)")
        try await BuildProgram().run([locator]).expectFailure(
            64, command: nil,
            "unknown command 'postgresql://…@db.example.org/mitxonline'; see 'mitxonline-build --help'")
        try await BuildProgram().run(["render", "--\(locator)"]).expectFailure(
            64, "unknown option '--postgresql://…@db.example.org/mitxonline'; \(Self.help.lowercasedFirst)")
        try await BuildProgram().run(["render", "host=db.example.org password=\(Canaries.word)"]).expectFailure(
            64, "unexpected argument '…'; \(Self.help.lowercasedFirst)")
        try await BuildProgram().run(["render", "--now", locator]).expectFailure(
            64, "--now: postgresql://…@db.example.org/mitxonline is not an instant such as 2026-11-23T20:45:00Z")
    }

    @Test("CAT-44 a site address with another host than MIT Learn's is refused, unless links are relative")
    func expectedHost() async throws {
        try await withCatalog(.sqlite, .f()) { catalog in
            try await catalog.render("--learn-expected-host", "mitxonline.mit.edu:8443").expectFailure(
                78,
                """
                the site's address has the host mitxonline.mit.edu but MIT Learn is configured with \
                mitxonline.mit.edu:8443 and would refuse the links between list pages; set one of them \
                right, or --relative-links true
                """)
            #expect(try catalog.workspace.tree() == [])
            try await catalog.publish("--learn-expected-host", "MITxOnline.mit.edu")
            try await catalog.publish("--learn-expected-host", "elsewhere.example.org", "--relative-links", "true")
        }
    }

    @Test(
        "of a file with texts names the file",
        arguments: [
            (nil, "the file with texts cannot be read; check --html-copy-file"),
            ("{\"how", "the file with texts is not JSON: a string that does not end at byte 5"),
            ("[]", "the file with texts is no JSON object"),
            (#"{"how_youll_learn":[]}"#, "how_youll_learn is no JSON object"),
            (#"{"how_youll_learn":{"learn_by_doing":1}}"#, "how_youll_learn.learn_by_doing is no text"),
            (
                #"{"how_youll_learn":{"learn_by_dong":"x"}}"#,
                """
                how_youll_learn knows texts for realworld_learning, learn_by_doing, learn_from_others, \
                learn_on_demand, ai_enabled_support, stackable_credentials; not learn_by_dong
                """
            ),
        ])
    func copyFile(text: String?, message: String) async throws {
        let workspace = try Workspace()
        if let text { try workspace.write(text, to: "texts.json") }
        let path = workspace.path("texts.json")
        try await BuildProgram().run(["render", "--check", "--database", "sqlite:none", "--html-copy-file", path])
            .expectFailure(78, "\(path): \(message)")
    }
}

extension String {
    fileprivate var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}
