import Bytes
import Command
import Flows
import Foundation
import Records
import Services
import Store
import Support
import Testing
import Worker

@testable import Jobs

/// The job `generate-certificates` at the instant of the acceptance cases: learner 11 (`ada_l`) is in the self-paced run 1
/// (`course-v1:MITx+6.00x+3T2026`), active and verified, and has passed it with 0.87.
struct GradeStage: Sendable {
    static let run = FakeLMS.run

    let base: JobStage

    var database: Database { base.database }
    var lms: FakeLMS { base.lms }
    var clock: ManualClock { base.clock }
    var log: RecordedLog { base.log }

    /// A run of the job that counts so.
    func expectRun(
        _ counts: String, status: Command.ExitStatus = .done, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let outcome = try await run()
        #expect(outcome.counts == counts, sourceLocation: sourceLocation)
        #expect(outcome.status == status, sourceLocation: sourceLocation)
    }

    /// A run of the job, with numbers of which no two are the same.
    @discardableResult func run(
        limit: Int? = nil, isDryRun: Bool = false, checkpoint: @escaping Checkpoint = { _ in }
    ) async throws -> Outcome {
        try await base.run(limit: limit, isDryRun: isDryRun, checkpoint: checkpoint, numbers: .system) {
            try GenerateCertificates($0)
        }
    }

    /// A run of the job for what an operator chose.
    @discardableResult func run(
        _ choice: CertificateOrder, isDryRun: Bool = false
    ) async throws -> Outcome {
        try await base.run(isDryRun: isDryRun, isByHand: true) { try GenerateCertificates($0, choice: choice) }
    }

    func write(_ body: @Sendable (inout Session) throws -> Void) async throws { try await database.write(body) }

    func grade(of user: Int = 11, in run: Int = 1) async throws -> String? {
        try await database.read { session in try session.gradeLine(of: user, in: run) }
    }

    func certificate(
        of user: Int = 11, in run: Int = 1
    ) async throws -> (id: Int, uuid: String, issued: Timestamp, revision: Int?, isRevoked: Bool)? {
        try await database.read { session in try session.certificate(of: user, in: run) }
    }

    func marks() async throws -> [String] {
        try await database.read { session in try session.marks() }
    }

    func count(_ table: String) async throws -> Int {
        try await database.read { session in try session.count(table) }
    }

    /// The rows of grades and certificates, audits included, and what waits for HubSpot: all that the job writes on.
    func written() async throws -> [String] {
        try await database.read { session in
            let grades: [String] = try session.rows(
                """
                SELECT user_id, course_run_id, grade, letter_grade, passed, set_by_admin, updated_on
                FROM courses_courserungrade ORDER BY id
                """
            ) { row in
                let (user, run, grade): (Int, Int, Double) = (
                    try row["user_id"], try row["course_run_id"], try row["grade"]
                )
                let (letter, passed): (String?, Bool) = (try row["letter_grade"], try row["passed"])
                let (admin, updated): (Bool, Timestamp) = (try row["set_by_admin"], try row["updated_on"])
                return "\(user) \(run) \(grade) \(letter ?? "-") \(passed) \(admin) \(updated)"
            }
            let certificates: [String] = try session.rows(
                "SELECT id, user_id, uuid, is_revoked, updated_on FROM courses_courseruncertificate ORDER BY id"
            ) { row in
                let (id, user): (Int, Int) = (try row["id"], try row["user_id"])
                let (uuid, revoked): (String, Bool) = (try row.uuid("uuid"), try row["is_revoked"])
                let updated: Timestamp = try row["updated_on"]
                return "\(id) \(user) \(uuid) \(revoked) \(updated)"
            }
            return grades + certificates + ["\(try session.count("courses_courserungradeaudit")) audits"]
                + (try session.marks())
        }
    }

    /// An operator's choice of learner 11, with a grade of the operator's own.
    func choice(_ grade: Double, _ letter: String) async throws -> CertificateOrder {
        let run = try await database.read { session in try GradedRun.named(GradeStage.run, in: &session) }
        return CertificateOrder(
            run: try #require(run), learner: (id: 11, username: "ada_l"),
            override: Grade(grade, letter: letter, hasPassed: grade != 0))
    }

    /// Another learner of a run, whom Open edX knows with that grade.
    func addLearner(
        _ id: Int, run: Int = 1, key: String = GradeStage.run, mode: String = "verified", active: Bool = true,
        _ grade: LMSGrade = .good
    ) async throws {
        let name = "learner_\(id)"
        try await write { session in
            try session.insertLearner(id, email: "learner\(id)@example.org")
            try session.insertAccount(of: id, name, isSynced: true)
            try session.insertEnrollment(id * 10 + run, user: id, run: run, mode: mode, active: active)
        }
        lms.add(LMSUser(name, email: "learner\(id)@example.org"))
        lms.grade(name, in: key, grade)
    }
}

extension Session {
    /// Changes what is decisive of a run.
    mutating func setRun(
        _ id: Int = 1, selfPaced: Bool = true, certificatesFrom: String? = nil, length: String = "",
        language: String = "", live: Bool = true
    ) throws {
        let instant = try certificatesFrom.map { try Timestamp(fixture: $0) }
        try execute(
            """
            UPDATE courses_courserun SET is_self_paced = \(selfPaced), certificate_available_date = \(instant),
                variant_length = \(length), language = \(language), live = \(live)
            WHERE id = \(id)
            """)
    }
}

/// Runs `body` with the learner in the run.
func withGradeStage(
    _ engine: Engine, mode: String = "verified", active: Bool = true, environment: [String: String] = [:],
    _ body: (GradeStage) async throws -> Void
) async throws {
    try await withJobStage(engine, environment: environment) { base in
        let stage = GradeStage(base: base)
        try await stage.write { session in
            try session.insertRun(1, key: GradeStage.run)
            try session.insertEnrollment(1, user: 11, run: 1, mode: mode, active: active, edxEnrolled: true)
        }
        stage.lms.add(LMSCourse(GradeStage.run))
        stage.lms.grade("ada_l", in: GradeStage.run, .good)
        try await body(stage)
    }
}
