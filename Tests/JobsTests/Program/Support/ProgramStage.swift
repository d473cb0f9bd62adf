import Bytes
import Command
import Foundation
import Store
import Support
import Testing

/// A database, a served LMS, and the program between them.
struct ProgramStage: Sendable {
    static let run = "course-v1:MITx+6.00x+3T2026"

    let engine: Engine
    let database: Database
    let locator: String
    let lms: FakeLMS
    let scratch: Scratch
    private let servers: [LoopbackServer]

    fileprivate init(_ test: TestDatabase) throws {
        engine = test.engine
        database = test.database
        locator = test.locator
        lms = FakeLMS()
        scratch = try Scratch()
        lms.add(LMSCourse(ProgramStage.run))
        lms.update { state in
            state.serviceWorkerToken = Canary.serviceWorkerToken
            state.oauthClients["flows"] = Canary.clientSecret
            state.registrationToken = Canary.registrationToken
        }
        servers = [try lms.serve(), try lms.serveSite()]
        lms.onUserInfo { [database] token in try? await ProgramStage.username(ofToken: token, database) }
    }

    /// What MITx Online's user-info endpoint tells whoever has the token.
    private static func username(ofToken token: String, _ database: Database) async throws -> String? {
        try await database.read { session in
            let sql: SQL = """
                SELECT o.edx_username AS name FROM oauth2_provider_accesstoken t
                JOIN openedx_openedxuser o ON o.user_id = t.user_id
                WHERE t.token_checksum = \(SHA256.hash(token.utf8).hex)
                """
            return try session.first(sql) { row in try row["name"] }
        }
    }

    /// The program with this database and this LMS.
    func program(_ changes: [String: String?] = [:], isRelease: Bool = false) throws -> JobsProgram {
        let variables: [String: String?] = [
            "DATABASE_URL": locator, "OPENEDX_API_BASE_URL": lms.state.origin,
            "MITX_ONLINE_BASE_URL": lms.state.siteOrigin,
        ]
        return try JobsProgram(variables.merging(changes) { _, new in new }, isRelease: isRelease)
    }

    /// Runs the job once.
    func run(
        _ options: String..., environment: [String: String?] = [:], sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> ProgramResult {
        try await program(environment).run(["run", "retry-enrollments"] + options, sourceLocation: sourceLocation)
    }

    /// Starts a run of the job.
    func start(_ options: String..., environment: [String: String?] = [:]) throws -> RunningProgram {
        try program(environment).start(["run", "retry-enrollments"] + options)
    }

    func write(_ body: @Sendable (inout Session) throws -> Void) async throws {
        try await database.write(body)
    }

    /// The instant so long ago, as fixtures have it.
    static func ago(_ duration: Duration) -> String {
        "\(TimeSource.system.now().adding(seconds: -duration.components.seconds))"
    }

    /// Lets the time of all leases of killed processes pass.
    func endLeases() async throws {
        try await write { session in
            let past = TimeSource.system.now().adding(seconds: -1)
            try session.execute(
                "UPDATE \(flows: "lease") SET expires_at = \(past) WHERE expires_at IS NOT NULL")
        }
    }

    /// Lets no call of the enrollment API be made for so long.
    func pauseCalls(for duration: Duration) async throws {
        try await write { session in
            let until = TimeSource.system.now().microseconds + duration.components.seconds * 1_000_000
            try session.execute("UPDATE \(flows: "rate") SET paused_until = \(until)")
        }
    }

    func count(_ table: String) async throws -> Int {
        try await database.read { session in
            try session.first("SELECT count(*) AS count FROM \(flows: table)") { row in try row["count"] } ?? 0
        }
    }

    /// How the runs in the ledger ended, the oldest first: `ok 0`.
    func ledger() async throws -> [String] {
        try await database.read { session in
            try session.rows("SELECT outcome, status FROM \(flows: "run") ORDER BY id") { row in
                let (outcome, status): (String?, Int?) = (try row["outcome"], try row["status"])
                return [outcome ?? "at work", status.map { "\($0)" }].compactMap(\.self).joined(separator: " ")
            }
        }
    }

    /// All texts that the ledger and the items keep of problems.
    func problems() async throws -> [String] {
        try await database.read { session in
            let runs: [String] = try session.rows("SELECT problem, counters FROM \(flows: "run")") { row in
                let (problem, counters): (String?, JSONValue?) = (try row["problem"], try row["counters"])
                let bytes = counters?.compactBytes ?? []
                return (problem ?? "") + " " + String(decoding: bytes, as: UTF8.self)
            }
            return try runs
                + session.rows("SELECT key, problem FROM \(flows: "item")") { row in
                    let (key, problem): (String, String) = (try row["key"], try row["problem"])
                    return "\(key): \(problem)"
                }
        }
    }

    /// Records an issue when what the engine keeps shows a canary.
    func expectNoCanaryKept(sourceLocation: SourceLocation = #_sourceLocation) async throws {
        for problem in try await problems() {
            Canary.check(problem, "the ledger or an item", sourceLocation: sourceLocation)
        }
    }

    /// The whole database, a line each, with all that a change would show.
    func dump() async throws -> [String] {
        switch engine {
        case .sqlite:
            let path = String(locator.dropFirst("sqlite:".count))
            return ["", "-wal", "-journal"].map { suffix in
                FileManager.default.contents(atPath: path + suffix)
                    .map { SHA256.hash(Array($0)).hex } ?? "none"
            }
        case .postgres, .pgbouncer:
            let tool = try PostgresServer.tool("pg_dump")
            let result = try await RunningProgram.run(tool, ["--dbname", locator])
            try #require(result.ending == .exit(0), "\(result.errors)")
            // Newer versions begin and end with a random word.
            return result.output.split(separator: "\n").map(String.init)
                .filter { !$0.hasPrefix("\\restrict") && !$0.hasPrefix("\\unrestrict") }
        }
    }
}

/// Runs `body` with the application and the run in place.
func withProgramStage<T: Sendable>(
    _ engine: Engine, isolation: isolated (any Actor)? = #isolation, _ body: (ProgramStage) async throws -> T
) async throws -> T {
    try await withDatabase(engine, .jobs) { test in
        let stage = try ProgramStage(test)
        try await stage.write { session in
            try session.insertApplication()
            try session.insertRun(1, key: ProgramStage.run)
        }
        return try await body(stage)
    }
}
