import Flows
import Records
import Store
import Support
import Testing
import Worker

/// Enrollments that the LMS has (`spec/openedx.md` §6.8, §17).
@Suite("Enrollments taken over from the LMS")
struct PullTests {
    private static func key(_ number: Int) -> String { "course-v1:MITx+\(number)+R" }

    @Test(
        "a learner's enrollments become those of the LMS; what it is still to be told stays", arguments: Engine.allCases
    )
    func pull(engine: Engine) async throws {
        try await withRetryStage(engine) { stage in
            try await stage.addToken()
            try await stage.write { session in
                for run in 2...9 { try session.insertRun(run, key: Self.key(run), isSource: run == 9) }
                // Left there, came back there, left here while the LMS does not know, awaited there, unknown there, fake.
                try session.insertEnrollment(2, user: 11, run: 2, edxEnrolled: true)
                try session.insertEnrollment(3, user: 11, run: 3, active: false, changeStatus: "unenrolled")
                try session.insertEnrollment(
                    4, user: 11, run: 4, active: false, edxEnrolled: true, changeStatus: "unenrolled")
                try session.insertEnrollment(5, user: 11, run: 5, mode: "verified")
                try session.insertEnrollment(6, user: 11, run: 6, edxEnrolled: true)
            }
            for (run, mode, isActive) in [
                (2, "audit", false), (3, "audit", true), (4, "audit", true), (5, "verified", false),
                (7, "verified", true), (8, "audit", false), (9, "audit", true),
            ] {
                stage.lms.add(
                    LMSEnrollment(run: Self.key(run), username: "ada_l", mode: mode, isActive: isActive))
            }
            let pulled = try #require(try await stage.changes().pull(11))
            #expect(pulled.deactivated == [2])
            #expect(pulled.reactivated == [3])
            #expect(pulled.unknown == [6])
            #expect(pulled.created.count == 2)
            #expect(try await stage.enrollment(2) == "inactive audit unenrolled edx 0 2026-09-15T12:00:00Z")
            #expect(try await stage.enrollment(3) == "active audit edx 0 2026-09-15T12:00:00Z")
            #expect(try await stage.enrollment(4) == "inactive audit unenrolled edx 0 2026-09-14T00:00:00Z")
            #expect(try await stage.enrollment(5) == "active verified 0 2026-09-14T00:00:00Z")
            // The existing application makes every row audit, without an audit row.
            #expect(try await stage.enrollment(inRun: 7) == "active verified edx mails 0 2026-09-15T12:00:00Z")
            #expect(try await stage.enrollment(inRun: 8) == "inactive audit edx mails 0 2026-09-15T12:00:00Z")
            #expect(try await stage.enrollment(inRun: 9) == nil)
            let audits = try await stage.database.read { session in try session.enrollmentAudits(2) }
            #expect(audits.map(\.actor) == [11])
            #expect(try await stage.audits(pulled.created[0]) == 1)
            #expect(stage.log.lines(of: "enrollments_unknown_to_open_edx").count == 1)
            let again = try #require(try await stage.changes().pull(11))
            #expect(again.created == [])
            #expect(again.reactivated + again.deactivated == [])
        }
    }

    @Test(
        "the rows of a run that are missing here are made a page at a time, in a few statements",
        arguments: Engine.allCases)
    func imported(engine: Engine) async throws {
        try await withRetryStage(engine) { stage in
            let names = (1...250).map { "learner_\($0)" }
            try await stage.write { session in
                for (index, name) in names.enumerated() where index < 240 {
                    try session.insertLearner(1000 + index, email: "\(name)@example.org")
                    try session.insertAccount(of: 1000 + index, index == 0 ? name.uppercased() : name, isSynced: true)
                }
                try session.insertEnrollment(1, user: 1001, run: 1, mode: "verified")
            }
            for (index, name) in names.enumerated() {
                stage.lms.add(
                    LMSEnrollment(
                        run: RetryStage.run, username: name, mode: index % 2 == 0 ? "audit" : "verified",
                        isActive: index % 3 > 0))
            }
            let row = try await stage.database.read { session in try RunToEnroll.row(RetryStage.run, in: &session) }
            let run = try #require(row)
            let dry = try await stage.changes().importEnrollments(of: run, isCommitted: false)
            #expect((dry.found, dry.created, dry.strangers) == (250, 239, 10))
            let before = try await stage.database.read { session in try session.count("courses_courserunenrollment") }
            #expect(before == 1)
            let done = try await stage.changes().importEnrollments(of: run, isCommitted: true)
            #expect((done.found, done.created, done.strangers) == (250, 239, 10))
            let (rows, audits, line) = try await stage.database.read { session in
                (
                    try session.count("courses_courserunenrollment"),
                    try session.count("courses_courserunenrollmentaudit"),
                    try EnrollmentRow.row(user: 1000, run: 1, in: &session).flatMap {
                        try session.enrollmentLine($0.id)
                    }
                )
            }
            #expect(rows == 240)
            #expect(audits == 239)
            #expect(line == "inactive audit edx 0 2026-09-15T12:00:00Z")
            #expect(try await stage.enrollment() == "active verified 0 2026-09-14T00:00:00Z")
            #expect(stage.lms.count(.enrollmentList) == 6)
            let statements = try await stage.database.write { session in
                let start = session.statementCount
                _ = try EnrollmentImport.add(
                    (0..<100).map { .init(username: "learner_\($0 + 1)", mode: "audit", isActive: true) }, to: 1,
                    stamp: "test", at: stage.clock.now, in: &session)
                return session.statementCount - start
            }
            #expect(statements <= 7)
        }
    }
}
