import Bytes
import Command
import Flows
import Foundation
import HTTP
import Services
import Store
import Support
import Synchronization
import Testing
import Worker

@testable import Jobs

/// Jobs between a database and a fake LMS, at the instant of the acceptance cases, in this process: with learner 11
/// (`ada_l`), whom the LMS knows, and nothing else.
struct JobStage: Sendable {
    static let learner = 11

    let database: Database
    let locator: String
    let clock = ManualClock()
    let lms: FakeLMS
    let log: RecordedLog
    let told = Told()
    private let variables: [String: String]

    static let secrets = [
        "OPENEDX_SERVICE_WORKER_API_TOKEN": "sw-1", "OPENEDX_API_CLIENT_ID": "flows",
        "OPENEDX_API_CLIENT_SECRET": "canary-client-secret", "SECRET_KEY": "canary-secret-key",
        "MITX_ONLINE_REGISTRATION_ACCESS_TOKEN": "canary-registration",
    ]

    init(_ test: TestDatabase, environment: [String: String] = [:]) {
        database = test.database
        locator = test.locator
        lms = FakeLMS(clock: clock)
        log = RecordedLog(time: clock.source)
        var variables = Self.secrets
        variables["OPENEDX_API_BASE_URL"] = "https://lms.test"
        variables["OPENEDX_STUDIO_API_BASE_URL"] = "https://studio.test"
        variables["MITX_ONLINE_BASE_URL"] = "https://mitx.test"
        self.variables = variables.merging(environment) { _, new in new }
        lms.add(LMSUser("ada_l", email: "ada@example.org"))
        lms.update { state in
            state.oauthClients["flows"] = "canary-client-secret"
            state.registrationToken = "canary-registration"
        }
        lms.onUserInfo { [database] token in try? await Self.username(ofToken: token, database) }
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

    /// A run of a job as its timer starts it.
    @discardableResult func run<J: ConfiguredJob>(_: J.Type, limit: Int? = nil) async throws -> Outcome {
        try await run(limit: limit) { try J($0) }
    }

    /// A run of the job that `make` makes, by another process if `other` is another connection.
    @discardableResult func run<J: ConfiguredJob>(
        _ owner: String = "host/1", in other: Database? = nil, limit: Int? = nil, isDryRun: Bool = false,
        isByHand: Bool = false, leaseLife: Duration = .seconds(120), checkpoint: @escaping Checkpoint = { _ in },
        transport: (any Transport)? = nil, locks: (any Locks) -> any Locks = { $0 },
        numbers: RandomNumbers = RandomNumbers { ($0.lowerBound + $0.upperBound) / 2 }, atOnce: Int = 4,
        _ make: (JobResources) throws -> J
    ) async throws -> Outcome {
        let database = other ?? database
        let engine = JobEngine(
            database: database, owner: owner, leaseLife: leaseLife, log: log.log, time: clock.source,
            checkpoint: checkpoint, announce: told.add)
        let resources = try self.resources(
            J.settings, owner, in: database, transport: transport, locks: locks, numbers: numbers, atOnce: atOnce)
        return try await engine.run(try make(resources), limit: limit, isDryRun: isDryRun, isByHand: isByHand)
    }

    /// What jobs are made of, and whatever else reads these settings.
    func resources(
        _ settings: [any AnySetting], _ owner: String = "host/1", in other: Database? = nil,
        transport: (any Transport)? = nil, locks: (any Locks) -> any Locks = { $0 },
        numbers: RandomNumbers = RandomNumbers { ($0.lowerBound + $0.upperBound) / 2 }, atOnce: Int = 4
    ) throws -> JobResources {
        let database = other ?? database
        return JobResources(
            settings: try Settings(of: settings, environment: variables), database: database,
            transport: transport ?? lms.transport(), limiter: Unlimited(),
            locks: locks(LeaseLocks(in: database, owner: owner, time: clock.source, sleep: clock.sleep)),
            log: log.log, time: clock.source, sleep: clock.sleep, numbers: numbers, atOnce: atOnce)
    }

    func write(_ body: @Sendable (inout Session) throws -> Void) async throws {
        try await database.write(body)
    }

    /// How many rows one of the engine's own tables has.
    func count(_ table: String) async throws -> Int {
        try await database.read { session in
            try session.first("SELECT count(*) AS count FROM \(flows: table)") { row in try row["count"] } ?? 0
        }
    }
}

/// What dry runs told.
final class Told: Sendable {
    private let lines = Mutex<[String]>([])

    func add(_ line: String) { lines.withLock { $0.append(line) } }

    var all: [String] { lines.withLock(\.self) }
}

extension Outcome {
    /// A counter of the last line.
    func counter(_ name: String) -> Int? {
        for pair in summary?.pairs ?? [] where "\(pair.name)" == name {
            if case .int(let number) = pair.value { return number }
        }
        return nil
    }
}

/// Runs `body` with the learner in place.
func withJobStage(
    _ engine: Engine, environment: [String: String] = [:], isSynced: Bool = true,
    _ body: (JobStage) async throws -> Void
) async throws {
    try await withDatabase(engine, .jobs) { test in
        let stage = JobStage(test, environment: environment)
        try await stage.write { session in
            try session.insertApplication()
            try session.insertLearner(JobStage.learner)
            try session.insertAccount(of: JobStage.learner, "ada_l", desired: "ada_l", isSynced: isSynced)
        }
        try await body(stage)
    }
}
