import Bytes
import Command
import Flows
import Foundation
import HTTP
import Records
import Services
import Store
import Support
import Synchronization
import Testing
import Worker

@testable import Jobs

/// The job `retry-enrollments` between a database and a fake LMS, at the instant of the acceptance cases: learner 11 (`ada_l`)
/// and run 1 (`course-v1:MITx+6.00x+3T2026`), which the LMS knows too.
struct RetryStage: Sendable {
    static let run = "course-v1:MITx+6.00x+3T2026"
    static let learner = 11

    let database: Database
    let locator: String
    let clock = ManualClock()
    let lms: FakeLMS
    let log: RecordedLog
    let told = Told()
    private let settings: Settings

    static let secrets = [
        "OPENEDX_SERVICE_WORKER_API_TOKEN": "sw-1", "OPENEDX_API_CLIENT_ID": "flows",
        "OPENEDX_API_CLIENT_SECRET": "canary-client-secret", "SECRET_KEY": "canary-secret-key",
        "MITX_ONLINE_REGISTRATION_ACCESS_TOKEN": "canary-registration",
    ]

    init(_ test: TestDatabase, environment: [String: String] = [:]) throws {
        database = test.database
        locator = test.locator
        lms = FakeLMS(clock: clock)
        log = RecordedLog(time: clock.source)
        var variables = RetryStage.secrets.merging(environment) { _, new in new }
        variables["OPENEDX_API_BASE_URL"] = "https://lms.test"
        variables["MITX_ONLINE_BASE_URL"] = "https://mitx.test"
        settings = try Settings(of: RetryEnrollments.settings, environment: variables)
        lms.add(LMSCourse(RetryStage.run))
        lms.add(LMSUser("ada_l", email: "ada@example.org"))
        lms.update { state in
            state.oauthClients["flows"] = "canary-client-secret"
            state.registrationToken = "canary-registration"
        }
        lms.onUserInfo { [database] token in try? await RetryStage.username(ofToken: token, database) }
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

    /// A run of the job, by another process if `database` is another connection.
    @discardableResult func run(
        _ owner: String = "host/1", in other: Database? = nil, choice: PendingEnrollments.Choice? = nil,
        enrolledToo: Bool = false, limit: Int? = nil, isDryRun: Bool = false, leaseLife: Duration = .seconds(120),
        checkpoint: @escaping Checkpoint = { _ in }, transport: (any Transport)? = nil,
        locks: (any Locks) -> any Locks = { $0 },
        numbers: RandomNumbers = RandomNumbers { ($0.lowerBound + $0.upperBound) / 2 }, atOnce: Int = 4
    ) async throws -> Outcome {
        let database = other ?? database
        let engine = JobEngine(
            database: database, owner: owner, leaseLife: leaseLife, log: log.log, time: clock.source,
            checkpoint: checkpoint,
            announce: told.add)
        let resources = JobResources(
            settings: settings, database: database, transport: transport ?? lms.transport(),
            limiter: Unlimited(),
            locks: locks(LeaseLocks(in: database, owner: owner, time: clock.source, sleep: clock.sleep)),
            log: log.log, time: clock.source, sleep: clock.sleep,
            numbers: numbers, atOnce: atOnce)
        let job = try RetryEnrollments(resources, choice: choice, enrolledToo: enrolledToo)
        return try await engine.run(job, limit: limit, isDryRun: isDryRun)
    }

    /// Runs the job and expects that it counts so.
    func expectRun(
        _ counts: String, leaseLife: Duration = .seconds(120), sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let outcome = try await run(leaseLife: leaseLife)
        #expect(outcome.counts == counts, sourceLocation: sourceLocation)
    }

    /// Runs the job and expects that it cannot do its work.
    func expectFailure(
        leaseLife: Duration = .seconds(120), sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> Failure {
        let failure = await #expect(throws: Failure.self, sourceLocation: sourceLocation) {
            try await run(leaseLife: leaseLife)
        }
        return try #require(failure)
    }

    func write(_ body: @Sendable (inout Session) throws -> Void) async throws {
        try await database.write(body)
    }

    func enrollment(_ id: Int = 1) async throws -> String? {
        try await database.read { session in try session.enrollmentLine(id) }
    }

    func audits(_ id: Int = 1) async throws -> Int {
        try await database.read { session in try session.enrollmentAudits(id).count }
    }

    func count(_ table: String) async throws -> Int {
        try await database.read { session in
            try session.first("SELECT count(*) AS count FROM \(flows: table)") { row in try row["count"] } ?? 0
        }
    }

    func deadLetters() async throws -> [DeadLetter] {
        try await database.read { session in try RetryEnrollments.deadLetters(in: &session) }
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

/// Runs `body` with the learner and the run in place.
func withRetryStage(
    _ engine: Engine, environment: [String: String] = [:], isSynced: Bool = true,
    _ body: (RetryStage) async throws -> Void
) async throws {
    try await withDatabase(engine, .jobs) { test in
        let stage = try RetryStage(test, environment: environment)
        try await stage.write { session in
            try session.insertApplication()
            try session.insertLearner(RetryStage.learner)
            try session.insertAccount(of: RetryStage.learner, "ada_l", desired: "ada_l", isSynced: isSynced)
            try session.insertRun(1, key: RetryStage.run)
        }
        try await body(stage)
    }
}
