import Bytes
import Command
import Flows
import HTTP
import Records
import Services
import Store
import Support
import Testing
import Worker

@testable import Jobs

extension RetryStage {
    /// The second run of the course of run 1.
    static let otherRun = "course-v1:MITx+6.00x+1T2027"

    /// The changes of enrollments as a process makes them that may die.
    func changes(dying death: Death = Death(at: nil), keepsFailed: Bool = true) throws -> EnrollmentChanges {
        try changes(in: MortalWorld(death: death), dying: death, keepsFailed: keepsFailed)
    }

    func changes(in world: MortalWorld, dying death: Death, keepsFailed: Bool = true) throws -> EnrollmentChanges {
        var settings = OpenEdXSettings(
            lms: try #require(WebURL("https://lms.test")), site: try #require(WebURL("https://mitx.test")))
        settings.serviceWorkerToken = Secret("sw-1")
        settings.client = OAuthClient(id: "flows", secret: Secret("canary-client-secret"))
        settings.secretKey = Secret("canary-secret-key")
        settings.registrationAccessToken = Secret("canary-registration")
        settings.ignoreFailures = keepsFailed
        let time = clock.source
        let transport = OpenEdXClient.transport(
            over: world.transport(over: lms.transport()), limiter: Unlimited(), log: log.log, time: time,
            random: { 0.5 }, sleep: clock.sleep)
        let client = OpenEdXClient(settings, over: transport, time: time)
        let locks = world.locks(over: LeaseLocks(in: database, owner: "host/9", time: time, sleep: clock.sleep))
        let transactions = MortalTransactions(base: database, death: death)
        let tokens = LearnerTokens(database: transactions, client: client, locks: locks, time: time, log: log.log)
        let accounts = AccountRepair(
            database: transactions, client: client, locks: locks, tokens: tokens, time: time,
            random: RandomNumbers { ($0.lowerBound + $0.upperBound) / 2 }, log: log.log)
        return EnrollmentChanges(with: accounts, stamp: "gateway:enrollments")
    }

    /// Adds the other run of the course, open for enrollment, here and at the LMS.
    func addOtherRun(_ id: Int = 2, key: String = otherRun, tag: String = "1T2027", course: Int = 1) async throws {
        try await write { session in
            try session.insertFilled(
                "courses_courserun",
                [
                    "id": "\(id)", "courseware_id": key, "run_tag": tag, "course_id": "\(course)", "live": "t",
                    "title": "Run", "start_date": "2027-01-10 00:00:00+00",
                    "enrollment_start": "2026-09-01 00:00:00+00",
                ])
        }
        lms.add(LMSCourse(key))
    }

    /// Gives learner 11 a token that the LMS knows.
    func addToken() async throws {
        try await write { try $0.insertTokens(of: 11, expiry: "2026-09-16T00:00:00Z") }
        lms.update { $0.accessTokens["at-1"] = "ada_l" }
    }

    /// The enrollment of learner 11 in a run.
    func enrollment(inRun run: Int) async throws -> String? {
        try await database.read { session in
            try EnrollmentRow.row(user: RetryStage.learner, run: run, in: &session)
                .flatMap { try session.enrollmentLine($0.id) }
        }
    }

    func outbox() async throws -> [String] {
        try await database.read { session in try session.outboxLines() }
    }

    func paidRuns() async throws -> [String] {
        try await database.read { session in try session.paidRuns() }
    }

    /// The state of an enrollment at the LMS: `active verified`.
    func there(_ key: String = RetryStage.run) -> String? {
        lms.enrollment(of: "ada_l", in: key).map { "\($0.isActive ? "active" : "inactive") \($0.mode)" }
    }
}

/// A database at which this process can end.
struct MortalTransactions: Transactions {
    let base: Database
    let death: Death

    private struct Dead: Error {}

    func read<T: Sendable>(_ body: @Sendable (inout Session) throws -> T) async throws -> T {
        guard !death.isDead else { throw Dead() }
        return try await base.read(body)
    }

    func write<T: Sendable>(_ body: @Sendable (inout Session) throws -> T) async throws -> T {
        let result = try await base.write { session in
            guard !death.isDead else { throw Dead() }
            let result = try body(&session)
            try death.pass(EnginePoints.writing)
            return result
        }
        try death.pass(EnginePoints.written)
        return result
    }
}
