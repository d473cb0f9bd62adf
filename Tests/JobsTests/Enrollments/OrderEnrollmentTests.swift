import Bytes
import Flows
import Records
import Store
import Support
import Testing
import Worker

/// What orders give and refunds take (`spec/openedx.md` §6.3, `spec/sheets.md` §7.4).
@Suite("Enrollments of orders")
struct OrderEnrollmentTests {
    private static func fulfil(_ stage: RetryStage, run: Int) async throws {
        let now = stage.clock.now
        try await stage.write { session in
            try session.insertOrder(5, of: 11)
            try OrderEnrollments.add(run: run, of: 11, order: 5, stamp: "gateway:orders", at: now, in: &session)
        }
    }

    private static func drain(_ stage: RetryStage) async throws -> Int {
        let now = stage.clock.now
        let entries = try await stage.database.write { session in
            try Queue.outbox.claim(OrderEnrollments.kind, limit: 9, for: .seconds(60), at: now, in: &session)
        }
        for entry in entries {
            try await stage.changes().enroll(entry)
            try await stage.write { try Queue.outbox.finish(entry, at: now, in: &$0) }
        }
        return entries.count
    }

    @Test("a run that is bought is written with the order, and brought to the LMS after it", arguments: Engine.allCases)
    func bought(engine: Engine) async throws {
        try await withRetryStage(engine) { stage in
            try await Self.fulfil(stage, run: 1)
            // The existing application calls while the order's transaction is open.
            #expect(stage.lms.requestCount == 0)
            #expect(try await stage.enrollment(inRun: 1) == "active verified mails 0 2026-09-15T12:00:00Z")
            #expect(try await stage.paidRuns() == ["11 1 5"])
            #expect(try await Self.drain(stage) == 1)
            #expect(try await stage.enrollment(inRun: 1) == "active verified edx mails 0 2026-09-15T12:00:00Z")
            #expect(stage.there() == "active verified")
            #expect(try await stage.outbox().map { $0.prefix(18) } == ["mail enrollment 11"])
        }
    }

    @Test(
        "after an outage whoever comes first enrolls, the entry that is open sends the one mail, and only the job counts",
        arguments: Engine.allCases)
    func outage(engine: Engine) async throws {
        try await withRetryStage(engine) { stage in
            try await Self.fulfil(stage, run: 1)
            stage.lms.fault(.status(400), on: .enroll, times: .max)
            await #expect(throws: (any Error).self) { _ = try await Self.drain(stage) }
            #expect(try await stage.enrollment(inRun: 1) == "active verified mails 0 2026-09-15T12:00:00Z")
            stage.lms.heal()
            stage.clock.advance(by: .seconds(600))
            try await stage.expectRun("selected 1, enrolled 1")
            #expect(try await stage.outbox().map { $0.prefix(6) } == ["enroll"])
            #expect(try await Self.drain(stage) == 1)
            #expect(stage.lms.effects.count == 1)
            #expect(try await stage.outbox().map { $0.prefix(18) } == ["mail enrollment 11"])
            #expect(try await Self.drain(stage) == 0)
        }
    }

    @Test(
        "a program that is bought makes the learner verified in its runs that can be upgraded",
        arguments: Engine.allCases)
    func program(engine: Engine) async throws {
        try await withRetryStage(engine) { stage in
            try await stage.addOtherRun()
            try await stage.write { session in
                try session.insertFilled(
                    "courses_program", ["id": "1", "readable_id": "program-v1:MITx+P", "live": "t"])
                try session.insertFilled(
                    "courses_programrequirement",
                    [
                        "id": "1", "path": "0001", "depth": "2", "node_type": "course", "program_id": "1",
                        "course_id": "1",
                    ])
                try session.insertFilled("courses_enrollmentmode", ["id": "1", "mode_slug": "verified"])
                for run in [1, 2] {
                    try session.insertFilled(
                        "courses_courserun_enrollment_modes", ["courserun_id": "\(run)", "enrollmentmode_id": "1"])
                    try session.insertEnrollment(run, user: 11, run: run, edxEnrolled: true)
                }
                try session.execute(
                    "UPDATE courses_courserun SET upgrade_deadline = \(Timestamp(fixture: "2026-09-15T11:00:00Z")) WHERE id = 2"
                )
                try session.insertOrder(5, of: 11)
            }
            let now = stage.clock.now
            try await stage.write { session in
                try OrderEnrollments.add(program: 1, of: 11, order: 5, stamp: "gateway:orders", at: now, in: &session)
            }
            let paid = try await stage.database.read { session in try session.count("courses_paidprogram") }
            #expect(paid == 1)
            #expect(try await stage.enrollment(1) == "active verified 0 2026-09-15T12:00:00Z")
            #expect(try await stage.enrollment(2) == "active audit edx 0 2026-09-14T00:00:00Z")
            #expect(try await Self.drain(stage) == 1)
            #expect(stage.there() == "active verified")
        }
    }

    @Test(
        "a program enrollment is made or changed, an active verified one not lowered by a request",
        arguments: Engine.allCases)
    func programEnrollments(engine: Engine) async throws {
        try await withRetryStage(engine) { stage in
            try await stage.write { session in
                try session.insertFilled(
                    "courses_program", ["id": "1", "readable_id": "program-v1:MITx+P", "live": "t"])
            }
            let now = stage.clock.now
            func enroll(_ mode: String) async throws -> String {
                try await stage.database.write { session in
                    let row = try ProgramEnrollments.enroll(11, in: 1, as: mode, stamp: "test", at: now, in: &session)
                    let isSame = try ProgramEnrollmentRow.locked(row.id, in: &session)
                    return "\(isSame?.isActive == true) \(row.mode) \(isSame?.mode ?? "-") \(row.changeStatus ?? "-")"
                }
            }
            #expect(try await enroll("audit") == "true audit audit -")
            #expect(try await enroll("verified") == "true verified verified -")
            // The existing application lowers it.
            #expect(try await enroll("audit") == "true verified verified -")
            try await stage.write { session in
                try session.execute("UPDATE courses_programenrollment SET active = \(false)")
            }
            // The existing application reactivates only rows with a status.
            #expect(try await enroll("audit") == "true audit audit -")
            #expect(try await enroll("verified") == "true verified verified -")
            try await stage.write { session in
                try ProgramEnrollments.downgrade(11, in: 1, stamp: "test", at: now, in: &session)
            }
            let (row, audits) = try await stage.database.write { session in
                (
                    try ProgramEnrollmentRow.locked(user: 11, program: 1, in: &session),
                    try session.rows(
                        "SELECT data_before, data_after FROM courses_programenrollmentaudit ORDER BY id"
                    ) { row -> (JSONValue?, JSONValue?) in (try row["data_before"], try row["data_after"]) }
                )
            }
            #expect(row?.mode == "audit")
            #expect(audits.count == 5)
            #expect(audits.first?.0 == nil)
            #expect(audits.first?.1?["text_id"]?.string == "program-v1:MITx+P")
            #expect(audits.last?.0?["enrollment_mode"]?.string == "verified")
            #expect(audits.last?.1?["program"]?.int == 1)
        }
    }

    @Test("a refund takes each run to audit, without a mail, and brings nobody back", arguments: Engine.allCases)
    func refund(engine: Engine) async throws {
        try await withRetryStage(engine) { stage in
            try await stage.addOtherRun()
            try await stage.write { session in
                try session.insertEnrollment(1, user: 11, run: 1, mode: "verified", edxEnrolled: true)
                try session.insertEnrollment(
                    2, user: 11, run: 2, mode: "verified", active: false, changeStatus: "unenrolled")
                try session.insertRun(3, key: "course-v1:MITx+3+R")
            }
            stage.lms.add(LMSEnrollment(run: RetryStage.run, username: "ada_l", mode: "verified"))
            // The existing application brings back who left, and enrolls who never was.
            let done = try await stage.changes().downgrade(11, in: [1, 2, 3])
            #expect(done.map(\.isEdxEnrolled) == [true])
            #expect(try await stage.enrollment(1) == "active audit edx 0 2026-09-15T12:00:00Z")
            #expect(try await stage.enrollment(2) == "inactive audit unenrolled 0 2026-09-15T12:00:00Z")
            #expect(try await stage.enrollment(inRun: 3) == nil)
            #expect(stage.lms.effects == [.modeChanged("ada_l", run: RetryStage.run, from: "verified", to: "audit")])
            #expect(try await stage.outbox() == [])
        }
    }

    @Test("who may enroll themselves by the API, in all its versions", arguments: Engine.allCases)
    func window(engine: Engine) async throws {
        try await withRetryStage(engine) { stage in
            try await stage.addOtherRun()
            try await stage.write { session in
                try session.insertRun(3, key: "course-v1:MITx+3+R", isSource: true)
                try session.insertRun(4, key: "course-v1:MITx+4+R")
                try session.insertEnrollment(4, user: 11, run: 4)
            }
            let now = stage.clock.now
            let answers = try await stage.database.read { session in
                try [1, 2, 3, 4, 5].map { run in
                    try EnrollmentWindow.refusal(of: 11, run: run, at: now, in: &session)
                        .map { "\($0.status) \($0.body?["errors"]?["run_id"]?.string ?? "-")" } ?? "yes"
                }
            }
            // The third version of the existing application does not look at the time.
            #expect(
                answers == [
                    "400 Course run is not open for enrollment: 1", "yes", "400 Invalid course run id: 3", "yes",
                    "400 Invalid course run id: 5",
                ])
        }
    }
}
