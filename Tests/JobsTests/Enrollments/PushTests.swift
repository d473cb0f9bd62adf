import Bytes
import Flows
import Records
import Services
import Store
import Support
import Testing
import Worker

/// Enrolling at once (`spec/openedx.md` §6.2).
@Suite("Push of enrollments")
struct PushTests {
    @Test(
        "EDX-21 a learner without an enrollment takes one question and one call; one audit row, and a mail",
        arguments: Engine.allCases)
    func fresh(engine: Engine) async throws {
        try await withRetryStage(engine) { stage in
            let pushed = try await stage.changes().push(11, into: [1], as: "verified")
            #expect(pushed.map(\.isEdxEnrolled) == [true])
            #expect(
                stage.lms.received.map { "\($0.method) \($0.path)" } == [
                    "GET /api/enrollment/v1/enrollments", "POST /api/enrollment/v1/enrollment",
                ])
            let (list, post) = (try #require(stage.lms.received.first), try #require(stage.lms.received.last))
            #expect(list.parameter("course_id") == RetryStage.run)
            #expect(list.parameter("username") == "ada_l")
            #expect(post.json?["mode"]?.string == "verified")
            #expect(post.json?["force_enrollment"] == .bool(true))
            #expect(post.json?["user"]?.string == "ada_l")
            #expect(post.headers.first { $0.name.lowercased() == "authorization" }?.value == "Bearer sw-1")
            let id = try #require(pushed.first?.enrollment)
            #expect(try await stage.enrollment(id) == "active verified edx mails 0 2026-09-15T12:00:00Z")
            let audits = try await stage.database.read { session in try session.enrollmentAudits(id) }
            let audit = try #require(audits.first)
            #expect(audits.count == 1)
            #expect(audit.actor == nil)
            // The existing application saves twice, so that the row before equals the new one.
            #expect(audit.before == .null)
            #expect(audit.cause == "gateway:enrollments")
            #expect(try await stage.outbox() == ["mail enrollment 11 \(id)"])
        }
    }

    @Test("EDX-22 an audit enrollment becomes verified by one call", arguments: Engine.allCases)
    func upgrade(engine: Engine) async throws {
        try await withRetryStage(engine) { stage in
            stage.lms.add(LMSEnrollment(run: RetryStage.run, username: "ada_l", mode: "audit"))
            try await stage.write { try $0.insertEnrollment(1, user: 11, run: 1, edxEnrolled: true, retries: 5) }
            _ = try await stage.changes().push(11, into: [1], as: "verified")
            #expect(stage.lms.count(.enroll) == 1)
            // The existing application leaves the count of failures, and with it the enrollment in the dead letter.
            #expect(try await stage.enrollment() == "active verified edx 0 2026-09-15T12:00:00Z")
            let audits = try await stage.database.read { session in try session.enrollmentAudits(1) }
            // The learner acts who changes the mode.
            #expect(audits.map(\.actor) == [11])
        }
    }

    @Test(
        "EDX-25 what the LMS cannot take is kept, without a mail, and the job that retries enrolls it",
        arguments: Engine.allCases)
    func kept(engine: Engine) async throws {
        try await withRetryStage(engine) { stage in
            stage.lms.fault(.status(503), on: .enroll, times: .max)
            let pushed = try await stage.changes().push(11, into: [1], as: "verified", keepsFailed: true)
            let id = try #require(pushed.first?.enrollment)
            #expect(pushed.map(\.isEdxEnrolled) == [false])
            #expect(try await stage.enrollment(id)?.hasPrefix("active verified mails 0") == true)
            #expect(try await stage.outbox() == [])
            stage.lms.heal()
            stage.clock.advance(by: .seconds(301))
            try await stage.expectRun("selected 1, enrolled 1")
            #expect(try await stage.enrollment(id)?.hasPrefix("active verified edx mails 0") == true)
            #expect(stage.there() == "active verified")
        }
    }

    @Test("EDX-26 without keeping what failed, no row is left, and the API answers 502", arguments: Engine.allCases)
    func notKept(engine: Engine) async throws {
        try await withRetryStage(engine) { stage in
            stage.lms.fault(.status(503), on: .enroll, times: .max)
            let pushed = try await stage.changes().push(11, into: [1], as: "verified", keepsFailed: false)
            #expect(pushed.map(\.enrollment) == [nil])
            // The existing application answers 500.
            let answer = try #require(EnrollmentAnswer.failure(of: pushed))
            #expect(answer.status == 502)
            #expect(answer.body?["detail"]?.string == "Open edX unavailable")
            #expect(try await stage.enrollment(inRun: 1) == nil)
            let audits = try await stage.database.read { session in
                try session.count("courses_courserunenrollmentaudit")
            }
            #expect(audits == 0)
        }
    }

    @Test(
        "what failed and is not kept gets its former values back; in doubt the job that retries asks the LMS",
        arguments: Engine.allCases)
    func undone(engine: Engine) async throws {
        try await withRetryStage(engine) { stage in
            stage.lms.add(LMSEnrollment(run: RetryStage.run, username: "ada_l", mode: "audit"))
            try await stage.write { try $0.insertEnrollment(1, user: 11, run: 1, edxEnrolled: true, retries: 2) }
            stage.lms.fault(.status(400), on: .enroll)
            _ = try await stage.changes().push(11, into: [1], as: "verified", keepsFailed: false)
            #expect(try await stage.enrollment() == "active audit edx 2 2026-09-15T12:00:00Z")
            #expect(try await stage.audits() == 2)
            stage.lms.fault(.statusAfterApplying(500), on: .enroll, times: .max)
            _ = try await stage.changes().push(11, into: [1], as: "verified", keepsFailed: false)
            #expect(try await stage.enrollment()?.hasPrefix("active audit 2 ") == true)
            stage.lms.heal()
            try await stage.expectRun("selected 1, enrolled 1")
            #expect(stage.there() == "active audit")
        }
    }

    @Test("EDX-28 each run succeeds or fails for itself", arguments: Engine.allCases)
    func each(engine: Engine) async throws {
        try await withRetryStage(engine) { stage in
            try await stage.addOtherRun()
            stage.lms.fault(.status(400), on: .enroll) {
                $0.json?["course_details"]?["course_id"]?.string != RetryStage.run
            }
            let pushed = try await stage.changes().push(11, into: [2, 1], keepsFailed: true)
            // The existing application ends at the first failure, and marks all runs as failed.
            #expect(pushed.map(\.isEdxEnrolled) == [false, true])
            #expect(try await stage.enrollment(inRun: 1) == "active audit edx mails 0 2026-09-15T12:00:00Z")
            #expect(try await stage.enrollment(inRun: 2) == "active audit mails 0 2026-09-15T12:00:00Z")
            #expect(try await stage.outbox().count == 1)
        }
    }

    @Test("EDX-29 no run is no work", arguments: Engine.allCases)
    func empty(engine: Engine) async throws {
        try await withRetryStage(engine) { stage in
            // The existing application ends with an error.
            let pushed = try await stage.changes().push(11, into: [])
            #expect(pushed.isEmpty)
            #expect(stage.lms.requestCount == 0)
        }
    }

    @Test(
        "EDX-30 a run that exists here alone takes no call, and those beside it take theirs", arguments: Engine.allCases
    )
    func fake(engine: Engine) async throws {
        try await withRetryStage(engine) { stage in
            try await stage.addOtherRun(tag: "fake-1")
            let alone = try await stage.changes().push(11, into: [2])
            #expect(alone.map(\.isEdxEnrolled) == [true])
            #expect(stage.lms.requestCount == 0)
            #expect(try await stage.enrollment(inRun: 2) == "active audit edx mails 0 2026-09-15T12:00:00Z")
            #expect(try await stage.outbox().count == 1)
            // The existing application looks at the first run alone, and then calls for none.
            _ = try await stage.changes().push(11, into: [2, 1])
            #expect(stage.there() == "active audit")
            #expect(stage.lms.count(.enroll) == 1)
        }
    }

    @Test(
        "who comes back gets the course's e-mails again, each run for itself, and counts no failure of before",
        arguments: Engine.allCases)
    func reactivated(engine: Engine) async throws {
        try await withRetryStage(engine) { stage in
            try await stage.addOtherRun()
            try await stage.addToken()
            try await stage.write { session in
                for id in [1, 2] {
                    try session.insertEnrollment(
                        id, user: 11, run: id, active: false, changeStatus: "unenrolled", retries: 5)
                }
            }
            _ = try await stage.changes().push(11, into: [1, 2], changeStatus: "deferred")
            // A status goes with the reactivation. The existing application subscribes to the last run alone, twice.
            #expect(try await stage.enrollment(1) == "active audit edx 0 2026-09-15T12:00:00Z")
            #expect(
                try await stage.outbox() == [
                    "mail enrollment 11 1", "mail enrollment 11 2", "subscribe 1", "subscribe 2",
                ])
            let now = stage.clock.now
            let entries = try await stage.database.write { session in
                try Queue.outbox.claim("subscribe", limit: 9, for: .seconds(60), at: now, in: &session)
            }
            for entry in entries { try await stage.changes().subscribe(entry) }
            #expect(try await stage.enrollment(2) == "active audit edx mails 0 2026-09-15T12:00:00Z")
            #expect(stage.lms.count(.mailSettings) == 2)
        }
    }

    @Test("a downgrade sends no mail, and keeps that of another run", arguments: Engine.allCases)
    func downgrade(engine: Engine) async throws {
        try await withRetryStage(engine) { stage in
            try await stage.addOtherRun()
            try await stage.write { try $0.insertEnrollment(1, user: 11, run: 1, mode: "verified", edxEnrolled: true) }
            let pushed = try await stage.changes().push(11, into: [1, 2])
            let other = try #require(pushed.last?.enrollment)
            // The existing application sends no mail of the runs after a downgrade.
            #expect(try await stage.outbox() == ["mail enrollment 11 \(other)"])
            // A push of what is there already sends it again.
            stage.clock.advance(by: .seconds(1))
            _ = try await stage.changes().push(11, into: [2])
            #expect(try await stage.outbox().count == 2)
        }
    }

    @Test(
        "a run of a contract makes the learner one of it and of its organization, only if the row stays",
        arguments: Engine.allCases)
    func contract(engine: Engine) async throws {
        try await withRetryStage(engine) { stage in
            try await stage.write { session in
                try session.insertContract(31, organization: 30)
                try session.execute("UPDATE courses_courserun SET b2b_contract_id = 31 WHERE id = 1")
            }
            func members() async throws -> [Int] {
                try await stage.database.read { session in
                    [
                        try session.count("users_user_b2b_contracts"),
                        try session.first("SELECT count(*) AS n FROM b2b_userorganization WHERE keep_until_seen") {
                            row in
                            try row["n"]
                        } ?? 0,
                    ]
                }
            }
            stage.lms.fault(.status(400), on: .enroll)
            _ = try await stage.changes().push(11, into: [1], keepsFailed: false)
            #expect(try await members() == [0, 0])
            _ = try await stage.changes().push(11, into: [1], keepsFailed: false)
            #expect(try await members() == [1, 1])
            _ = try await stage.changes().push(11, into: [1])
            #expect(try await members() == [1, 1])
        }
    }

    @Test("a wrong credential ends the calls; a learner of whom nothing is known there gets the account first")
    func accounts() async throws {
        try await withRetryStage(.sqlite, isSynced: false) { stage in
            try await stage.addOtherRun()
            stage.lms.update { $0.users = [] }
            _ = try await stage.changes().push(11, into: [1])
            #expect(stage.there() == "active audit")
            #expect(stage.lms.count(.registration) == 1)
            stage.lms.fault(.status(401), on: .enrollmentList, times: .max)
            let calls = stage.lms.requestCount
            let pushed = try await stage.changes().push(11, into: [1, 2], keepsFailed: true)
            #expect(pushed.map(\.isEdxEnrolled) == [false, false])
            #expect(stage.lms.requestCount == calls + 1)
            let unknown = try await stage.changes().push(11, into: [99])
            #expect((unknown.first?.problem as? NoSuchRun)?.id == 99)
        }
    }

    @Test(
        "killed at each of its writes, the job that retries brings the enrollment to the LMS, once, with one mail at most",
        arguments: Engine.allCases)
    func killed(engine: Engine) async throws {
        for point in [EnginePoints.writing, EnginePoints.written] {
            for pass in 1...2 {
                try await withRetryStage(engine) { stage in
                    let death = Death(at: point, pass: pass)
                    let world = MortalWorld(death: death)
                    _ = try? await stage.changes(in: world, dying: death).push(11, into: [1], as: "verified")
                    #expect(death.isDead)
                    let isWritten = try await stage.enrollment(inRun: 1) != nil
                    #expect(isWritten == !(point == EnginePoints.writing && pass == 1))
                    stage.clock.advance(by: .seconds(600))
                    try await stage.run()
                    #expect(stage.there() == (isWritten ? "active verified" : nil))
                    #expect(stage.lms.effects.count == (isWritten ? 1 : 0))
                    let mails = try await stage.outbox()
                    #expect(mails.count == (point == EnginePoints.written && pass == 2 ? 1 : 0))
                    // Whoever does it again has nothing doubled.
                    _ = try await stage.changes().push(11, into: [1], as: "verified")
                    #expect(stage.lms.effects.count == 1)
                    let rows = try await stage.database.read { session in
                        try session.count("courses_courserunenrollment")
                    }
                    #expect(rows == 1)
                }
            }
        }
    }
}
