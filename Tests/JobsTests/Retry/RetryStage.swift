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

    /// What it stands on.
    let base: JobStage

    var database: Database { base.database }
    var locator: String { base.locator }
    var clock: ManualClock { base.clock }
    var lms: FakeLMS { base.lms }
    var log: RecordedLog { base.log }
    var told: Told { base.told }

    init(_ base: JobStage) {
        self.base = base
        lms.add(LMSCourse(RetryStage.run))
    }

    /// A run of the job, by another process if `database` is another connection.
    @discardableResult func run(
        _ owner: String = "host/1", in other: Database? = nil, choice: PendingEnrollments.Choice? = nil,
        enrolledToo: Bool = false, limit: Int? = nil, isDryRun: Bool = false, leaseLife: Duration = .seconds(120),
        checkpoint: @escaping Checkpoint = { _ in }, transport: (any Transport)? = nil,
        locks: (any Locks) -> any Locks = { $0 },
        numbers: RandomNumbers = RandomNumbers { ($0.lowerBound + $0.upperBound) / 2 }, atOnce: Int = 4
    ) async throws -> Outcome {
        try await base.run(
            owner, in: other, limit: limit, isDryRun: isDryRun, leaseLife: leaseLife, checkpoint: checkpoint,
            transport: transport, locks: locks, numbers: numbers, atOnce: atOnce
        ) { try RetryEnrollments($0, choice: choice, enrolledToo: enrolledToo) }
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

    func count(_ table: String) async throws -> Int { try await base.count(table) }

    func deadLetters() async throws -> [DeadLetter] {
        try await database.read { session in try RetryEnrollments.deadLetters(in: &session) }
    }
}

/// Runs `body` with the learner and the run in place.
func withRetryStage(
    _ engine: Engine, environment: [String: String] = [:], isSynced: Bool = true,
    _ body: (RetryStage) async throws -> Void
) async throws {
    try await withJobStage(engine, environment: environment, isSynced: isSynced) { base in
        let stage = RetryStage(base)
        try await stage.write { session in try session.insertRun(1, key: RetryStage.run) }
        try await body(stage)
    }
}
