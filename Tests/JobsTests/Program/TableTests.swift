import Bytes
import Support
import Testing

@testable import Jobs

@Suite("What the program says of its jobs and settings")
struct TableTests {
    @Test("list: each job once with its schedule, as text and as JSON")
    func list() async throws {
        let text = try await JobsProgram().run(["list"])
        text.expect(output: nil, log: [])
        let rows = try PrintedTable(text.output).rows
        #expect(
            rows.first == [
                "JOB": "retry-enrollments", "SCHEDULE": "*-*-* *:00/30:00 UTC",
                "WHAT IT DOES":
                    "Enrolls in Open edX the learners whose enrollment failed there, and ends what learners left",
            ])
        #expect(rows.map { $0["JOB"] } == JobTable.all.map(\.name.text))
        let json = try await JobsProgram().run(["list", "--json"])
        json.expect(output: nil, log: [])
        let jobs = try #require(try json.document()["jobs"]?.array)
        #expect(
            jobs.map {
                ["JOB": $0.text("job"), "SCHEDULE": $0.text("schedule"), "WHAT IT DOES": $0.text("summary")]
                    .compactMapValues(\.self)
            } == rows)
    }

    @Test("show: what a job counts and which settings it reads, without a value of them")
    func show() async throws {
        let text = try await JobsProgram().run(["show", "retry-enrollments"])
        text.expect(output: try FixtureFiles.text("help/jobs/show-retry-enrollments.txt"), log: [])
        let json = try await JobsProgram().run(["show", "retry-enrollments", "--json"])
        json.expect(output: try FixtureFiles.text("help/jobs/show-retry-enrollments.json"), log: [])
    }

    private static let complete: [String: String?] = [
        "DATABASE_URL": "postgresql://flows@db.example.org/mitxonline?sslmode=require",
        "OPENEDX_API_BASE_URL": "https://lms.example.org", "MITX_ONLINE_BASE_URL": "https://mitx.example.org",
        "OPENEDX_SOCIAL_LOGIN_PATH": "/login", "FEATURE_IGNORE_EDX_FAILURES": "on",
    ]

    /// The settings of the program and of one job as a table of the same form, however many jobs there are.
    private static func settings(_ output: String) throws -> [String] {
        try PrintedTable(output).rows.filter { row in
            row["FOR"] == "all" || row["FOR"]?.split(separator: ", ").contains("retry-enrollments") == true
        }.map { row in
            ["SETTING", "VALUE", "FROM", "PROBLEM"].map { title in
                row[title].flatMap { $0.isEmpty ? nil : $0 } ?? "-"
            }.joined(separator: " | ")
        }
    }

    @Test("config: every setting with its origin, secrets and the database masked")
    func config() async throws {
        let result = try await JobsProgram(Self.complete).run(["config", "--check"])
        result.expect(output: nil, log: [])
        let expected = try FixtureFiles.text("help/jobs/config-complete.txt").split(separator: "\n").map(String.init)
        #expect(try Self.settings(result.output) == expected)
        let json = try await JobsProgram(Self.complete).run(["config", "--check", "--json"])
        json.expect(output: nil, log: [])
        let secret = try json.document().object(in: "settings", where: "name", is: "SECRET_KEY")
        #expect(secret.text("value") == "[redacted]")
        #expect(secret.text("from") == "SECRET_KEY")
        #expect(secret["jobs"]?.array?.contains(.string("retry-enrollments")) == true)
        #expect(secret["problem"]?.isNull == true)
    }

    @Test("config: each setting of each job is listed once")
    func once() async throws {
        let rows = try PrintedTable(try await JobsProgram(Self.complete).run(["config"]).output).rows
        let names = rows.compactMap { $0["SETTING"] }
        #expect(Set(names).count == names.count)
        for entry in JobTable.all {
            let own = rows.filter { $0["FOR"]?.split(separator: ", ").contains(Substring(entry.name.text)) == true }
            let settings = entry.settings + entry.timing.settings
            #expect(Set(own.compactMap { $0["SETTING"] }) == Set(settings.map { $0.declaration.names[0] }))
        }
    }

    @Test("config --check with everything missing: the table all the same, 78, and what to set first")
    func missing() async throws {
        let nothing = Dictionary(uniqueKeysWithValues: Canary.environment.keys.map { ($0, String?.none) })
        let expected = try FixtureFiles.text("help/jobs/config-missing.txt").split(separator: "\n").map(String.init)
        let table = try await JobsProgram(nothing).run(["config"])
        table.expect(output: nil, log: [])
        #expect(try Self.settings(table.output) == expected)
        let missing = try PrintedTable(table.output).rows.filter { $0["PROBLEM"] != "" }.count
        let message =
            "DATABASE_URL is not set: set it, or provide the credential of that name, and \(missing - 1) more"
        try await JobsProgram(nothing).run(["config", "--check"]).expect(
            78, output: table.output,
            log: [
                JobsProgram.line(
                    "error", "config", "failed", #""status":78,"seconds":0,"message":"\#(message)""#)
            ])
    }

    @Test("config: secrets may be credentials, and variables win over them; a run uses them")
    func credentials() async throws {
        try await withProgramStage(.sqlite) { stage in
            try await stage.prepareLearners(1)
            var changes: [String: String?] = [:]
            for (name, value) in Canary.environment where name.hasPrefix("OPENEDX") || name == "SECRET_KEY" {
                changes[name] = String?.none
                try stage.scratch.write(value + "\n", to: "credentials/\(name)")
            }
            changes["CREDENTIALS_DIRECTORY"] = stage.scratch.path("credentials")
            let program = try stage.program(changes)
            let config = try await program.run(["config", "--check"])
            #expect(config.ending == .exit(0), "\(config.errors)")
            let line = config.output.split(separator: "\n").first { $0.hasPrefix("OPENEDX_SERVICE_WORKER_API_TOKEN") }
            #expect(line?.contains("credential OPENEDX_SERVICE_WORKER_API_TOKEN") == true)
            #expect(line?.contains("[redacted]") == true)
            try await program.run(["run", "retry-enrollments"])
                .expect(log: [JobsProgram.counted("ok", ["selected": 1, "enrolled": 1])])

            changes["OPENEDX_SERVICE_WORKER_API_TOKEN"] = Canary.serviceWorkerToken
            let both = try await stage.program(changes).run(["config"])
            #expect(!both.output.contains("credential OPENEDX_SERVICE_WORKER_API_TOKEN"))
        }
    }

    @Test(
        "a setting of the job that is missing or wrong ends its run with 78 before anything is done",
        arguments: [
            (
                "OPENEDX_SERVICE_WORKER_API_TOKEN", nil,
                "OPENEDX_SERVICE_WORKER_API_TOKEN is not set: set it, or provide the credential of that name"
            ),
            (
                "OPENEDX_API_BASE_URL", nil,
                "OPENEDX_API_BASE_URL is not set: set it, or provide the credential of that name"
            ),
            (
                "OPENEDX_API_BASE_URL", "lms.example.org",
                "OPENEDX_API_BASE_URL: lms.example.org is not an http or https URL of scheme, host and path alone"
            ),
            (
                "EDX_API_CLIENT_TIMEOUT", "soon",
                "EDX_API_CLIENT_TIMEOUT: soon is not a time such as 30s, 10m, 6h or 2d"
            ),
            (
                "FEATURE_IGNORE_EDX_FAILURES", "perhaps",
                "FEATURE_IGNORE_EDX_FAILURES: perhaps is neither true nor false"
            ),
        ] as [(String, String?, String)])
    func wrong(name: String, value: String?, message: String) async throws {
        try await withProgramStage(.sqlite) { stage in
            let before = try await stage.dump()
            try await stage.run(environment: [name: value]).expectFailure(78, command: "run", message)
            try await stage.run("--dry-run", environment: [name: value]).expectFailure(78, command: "run", message)
            #expect(try await stage.dump() == before)
        }
    }
}
