import Bytes
import Command
import Records
import Services
import Store
import Support
import Testing
import Worker

@testable import Jobs

/// The acceptance cases of enrollments that concern the retry job (`spec/openedx.md` §18).
@Suite("Retry of enrollments")
struct RetryTests {
    private static let enrolled = LMSEffect.enrolled("ada_l", run: RetryStage.run, mode: "verified")

    @Test(
        "EDX-37 a success sets both columns, leaves the counter and an audit row without an acting user, and sends no mail",
        arguments: Engine.allCases)
    func success(engine: Engine) async throws {
        try await withRetryStage(engine) { stage in
            try await stage.write { try $0.insertEnrollment(1, user: 11, run: 1, mode: "verified", retries: 3) }
            let outcome = try await stage.run()
            #expect(outcome.counts == "selected 1, enrolled 1")
            #expect(try await stage.enrollment() == "active verified edx mails 3 2026-09-15T12:00:00Z")
            #expect(stage.lms.effects == [Self.enrolled])
            let audits = try await stage.database.read { session in try session.enrollmentAudits(1) }
            let audit = try #require(audits.first)
            #expect(audits.count == 1)
            #expect(audit.actor == nil)
            #expect(audit.cause == "job:retry-enrollments#1")
            #expect(try await stage.count("outbox") == 0)
            let post = try #require(stage.lms.received.last)
            #expect(post.headers.first { $0.name.lowercased() == "authorization" }?.value == "Bearer sw-1")
            #expect(post.json?["force_enrollment"] == .bool(true))
            #expect(post.json?["user"]?.string == "ada_l")
        }
    }

    @Test("the audit row holds the whole row before and after, instants in milliseconds", arguments: Engine.allCases)
    func audit(engine: Engine) async throws {
        try await withRetryStage(engine) { stage in
            try await stage.write {
                try $0.insertEnrollment(
                    1, user: 11, run: 1, mode: "verified", retries: 1, createdOn: "2026-09-14T08:00:00.123456Z")
            }
            try await stage.run()
            let audit = try #require(
                try await stage.database.read { session in try session.enrollmentAudits(1).first })
            let before = """
                {"id":1,"created_on":"2026-09-14T08:00:00.123Z","updated_on":"2026-09-14T08:00:00.123Z","user":11,\
                "change_status":null,"active":true,"enrollment_mode":"verified","run":1,"edx_enrolled":false,\
                "edx_emails_subscription":false,"edx_enrollment_retry_count":1,"username":"ada_l",\
                "full_name":"Ada Lovelace","email":"ada@example.org","text_id":"course-v1:MITx+6.00x+3T2026"}
                """
            let after = before.replacing(
                #""updated_on":"2026-09-14T08:00:00.123Z""#, with: #""updated_on":"2026-09-15T12:00:00Z""#
            )
            .replacing(
                #""edx_enrolled":false,"edx_emails_subscription":false"#,
                with: #""edx_enrolled":true,"edx_emails_subscription":true"#)
            // PostgreSQL keeps the members of a JSON document in an order of its own.
            #expect(try audit.before.sortedByKey == JSONValue(parsing: Array(before.utf8)).sortedByKey)
            #expect(try audit.after.sortedByKey == JSONValue(parsing: Array(after.utf8)).sortedByKey)
        }
    }

    @Test("EDX-23 an inactive enrollment in another mode takes the call twice", arguments: Engine.allCases)
    func twice(engine: Engine) async throws {
        try await withRetryStage(engine) { stage in
            try await stage.write { try $0.insertEnrollment(1, user: 11, run: 1, mode: "verified") }
            stage.lms.add(LMSEnrollment(run: RetryStage.run, username: "ada_l", mode: "audit", isActive: false))
            try await stage.expectRun("selected 1, enrolled 1")
            #expect(stage.lms.count(.enroll) == 2)
            #expect(stage.lms.enrollment(of: "ada_l", in: RetryStage.run)?.isActive == true)
        }
    }

    @Test("EDX-24 what is active in the wanted mode takes no call", arguments: Engine.allCases)
    func none(engine: Engine) async throws {
        try await withRetryStage(engine) { stage in
            try await stage.write { try $0.insertEnrollment(1, user: 11, run: 1, mode: "verified") }
            stage.lms.add(LMSEnrollment(run: RetryStage.run, username: "ada_l", mode: "verified"))
            try await stage.expectRun("selected 1, enrolled 1")
            #expect(stage.lms.count(.enroll) == 0)
            #expect(try await stage.audits() == 1)
        }
    }

    @Test(
        "EDX-27 killed after the LMS took the call, the next run sees it active and does not call",
        arguments: Engine.allCases)
    func killedAfterCall(engine: Engine) async throws {
        try await withRetryStage(engine) { stage in
            try await stage.write { try $0.insertEnrollment(1, user: 11, run: 1, mode: "verified") }
            _ = try? await stage.run(checkpoint: Death(at: EnginePoints.answered).pass)
            #expect(try await stage.enrollment() == "active verified 0 2026-09-14T00:00:00Z")
            #expect(try await stage.count("intent") == 1)
            stage.clock.advance(by: .seconds(600))
            try await stage.expectRun("selected 1, enrolled 1")
            #expect(stage.lms.count(.enroll) == 1)
            #expect(stage.lms.effects == [Self.enrolled])
            #expect(try await stage.count("intent") == 0)
            #expect(try await stage.audits() == 1)
        }
    }

    @Test(
        "EDX-31 the fifth failure for good gives the enrollment up, touching the counter alone; the next run leaves it",
        arguments: Engine.allCases)
    func gaveUp(engine: Engine) async throws {
        try await withRetryStage(engine) { stage in
            try await stage.write { try $0.insertEnrollment(1, user: 11, run: 1, retries: 4) }
            stage.lms.update { $0.courses[RetryStage.run]?.expiredModes = ["audit"] }
            stage.lms.fault(.status(400), on: .enroll, times: .max)
            let outcome = try await stage.run()
            #expect(outcome.status == .partly)
            #expect(outcome.counts == "selected 1, permanent 1, gave_up 1")
            #expect(try await stage.enrollment() == "active audit 5 2026-09-14T00:00:00Z")
            #expect(stage.log.lines(of: "gave_up").count == 1)
            let letter = try #require(try await stage.deadLetters().first)
            #expect(letter.key == "enrollment:1")
            #expect(letter.failures == 5)
            #expect(letter.problem.contains("400"))
            try await stage.expectRun("")
            let now = stage.clock.now
            let requeued = try await stage.database.write { session in
                try RetryEnrollments.requeue(["enrollment:1"], at: now, in: &session)
            }
            #expect(requeued == 1)
            stage.lms.heal()
            try await stage.expectRun("selected 1, enrolled 1")
            #expect(try await stage.deadLetters().isEmpty)
            #expect(try await stage.count("item") == 0)
        }
    }

    @Test("EDX-32 a 503 is not counted", arguments: Engine.allCases)
    func unavailable(engine: Engine) async throws {
        try await withRetryStage(engine) { stage in
            try await stage.write { try $0.insertEnrollment(1, user: 11, run: 1, retries: 4) }
            stage.lms.fault(.status(503), on: .enroll, times: .max)
            _ = try? await stage.run()
            #expect(try await stage.enrollment() == "active audit 4 2026-09-14T00:00:00Z")
            stage.lms.heal()
            try await stage.expectRun("selected 1, enrolled 1")
        }
    }

    @Test(
        "EDX-33 a 401 stops the job with an alarm and 78; nothing is counted, and no further enrollment is tried",
        arguments: Engine.allCases)
    func unauthorized(engine: Engine) async throws {
        try await withRetryStage(engine) { stage in
            try await stage.write {
                try $0.insertEnrollment(1, user: 11, run: 1, retries: 4)
                try $0.insertRun(2, key: "course-v1:MITx+2+R")
                try $0.insertEnrollment(2, user: 11, run: 2, retries: 4)
            }
            stage.lms.add(LMSCourse("course-v1:MITx+2+R"))
            stage.lms.fault(.status(401), on: .enroll, times: .max)
            let failure = try await stage.expectFailure()
            #expect(failure.status == .configuration)
            #expect(failure.message.contains("401"))
            #expect(stage.lms.count(.enroll) == 1)
            #expect(try await stage.enrollment(1) == "active audit 4 2026-09-14T00:00:00Z")
            #expect(try await stage.enrollment(2) == "active audit 4 2026-09-14T00:00:00Z")
            #expect(try await stage.count("intent") == 0)
        }
    }

    @Test(
        "EDX-34 a registration that cannot connect is not counted, flag on or off",
        arguments: Engine.allCases, ["true", "false"])
    func registrationDown(engine: Engine, flag: String) async throws {
        try await withRetryStage(engine, environment: ["FEATURE_IGNORE_EDX_FAILURES": flag], isSynced: false) { stage in
            try await stage.write { try $0.insertEnrollment(1, user: 11, run: 1, retries: 4) }
            stage.lms.update { $0.users = [] }
            stage.lms.fault(.refused, on: .registration, times: .max)
            _ = try? await stage.run()
            #expect(stage.lms.count(.registration) > 0)
            #expect(try await stage.enrollment() == "active audit 4 2026-09-14T00:00:00Z")
            stage.lms.heal()
            try await stage.expectRun("selected 1, enrolled 1")
            #expect(stage.lms.state.users.map(\.username) == ["ada_l"])
        }
    }

    @Test("EDX-35 a registration that is refused again is a failure for good", arguments: Engine.allCases)
    func registrationRefused(engine: Engine) async throws {
        try await withRetryStage(engine, isSynced: false) { stage in
            try await stage.write { try $0.insertEnrollment(1, user: 11, run: 1) }
            try await stage.write { session in
                try session.execute("UPDATE openedx_openedxuser SET has_sync_error = \(true) WHERE user_id = 11")
            }
            // The address is another learner's there.
            stage.lms.update { $0.users = [LMSUser("somebody", email: "ada@example.org")] }
            let outcome = try await stage.run()
            #expect(outcome.status == .partly)
            #expect(outcome.counts == "selected 1, permanent 1")
            #expect(try await stage.enrollment() == "active audit 1 2026-09-14T00:00:00Z")
            #expect(stage.lms.count(.registration) > 0)
        }
    }

    @Test("EDX-36 what was made four minutes ago is left to whoever made it", arguments: Engine.allCases)
    func grace(engine: Engine) async throws {
        try await withRetryStage(engine) { stage in
            try await stage.write { try $0.insertEnrollment(1, user: 11, run: 1, createdOn: "2026-09-15T11:56:00Z") }
            try await stage.expectRun("")
            #expect(stage.lms.requestCount == 0)
            stage.clock.advance(by: .seconds(61))
            try await stage.expectRun("selected 1, enrolled 1")
        }
    }

    @Test(
        "EDX-38 a learner who leaves between selection and write stays away; the next pass ends the enrollment there",
        arguments: Engine.allCases)
    func superseded(engine: Engine) async throws {
        try await withRetryStage(engine) { stage in
            try await stage.write { try $0.insertEnrollment(1, user: 11, run: 1) }
            let now = stage.clock.now
            stage.lms.before(.enroll) { _ in
                try? await stage.write { session in
                    try session.execute(
                        """
                        UPDATE courses_courserunenrollment
                        SET active = \(false), change_status = 'unenrolled', updated_on = \(now) WHERE id = 1
                        """)
                }
            }
            try await stage.expectRun("selected 1, superseded 1")
            #expect(stage.lms.enrollment(of: "ada_l", in: RetryStage.run)?.isActive == true, "our call overtook")
            #expect(try await stage.enrollment() == "inactive audit unenrolled edx 0 2026-09-15T12:00:00Z")
            #expect(try await stage.audits() == 0)
            stage.clock.advance(by: .seconds(1800))
            try await stage.expectRun("selected 1, unenrolled 1")
            #expect(stage.lms.enrollment(of: "ada_l", in: RetryStage.run)?.isActive == false)
            #expect(try await stage.enrollment() == "inactive audit unenrolled 0 2026-09-15T12:30:00Z")
        }
    }

    @Test("a mode that changes between selection and write is sent by the next pass", arguments: Engine.allCases)
    func supersededMode(engine: Engine) async throws {
        try await withRetryStage(engine) { stage in
            try await stage.write { try $0.insertEnrollment(1, user: 11, run: 1) }
            stage.lms.before(.enroll, pass: 1) { _ in
                // Somebody upgrades the learner, and tells Open edX before our call arrives.
                try? await stage.write { session in
                    try session.execute(
                        """
                        UPDATE courses_courserunenrollment SET enrollment_mode = 'verified', edx_enrolled = \(true)
                        WHERE id = 1
                        """)
                }
            }
            try await stage.expectRun("selected 1, superseded 1")
            #expect(stage.lms.enrollment(of: "ada_l", in: RetryStage.run)?.mode == "audit")
            try await stage.expectRun("selected 1, enrolled 1")
            #expect(stage.lms.enrollment(of: "ada_l", in: RetryStage.run)?.mode == "verified")
        }
    }

    @Test(
        "EDX-39 a hundred and fifty learners of one run take two list calls before the first of theirs, and no call each",
        arguments: Engine.allCases)
    func lists(engine: Engine) async throws {
        try await withRetryStage(engine) { stage in
            try await stage.write { session in
                for index in 1...150 {
                    try session.insertLearner(1000 + index, email: "learner\(index)@example.org")
                    try session.insertAccount(of: 1000 + index, "learner_\(index)", isSynced: true)
                    try session.insertEnrollment(index, user: 1000 + index, run: 1)
                }
            }
            for index in 1...150 { stage.lms.add(LMSUser("learner_\(index)", email: "learner\(index)@example.org")) }
            try await stage.expectRun("selected 150, enrolled 150")
            #expect(stage.lms.count(.enrollmentList) == 2)
            #expect(stage.lms.count(.ownInfo) == 0)
            #expect(stage.lms.count(.enroll) == 150)
            let firstPost = stage.lms.received.firstIndex { $0.method == "POST" }
            #expect(firstPost == 2)
        }
    }

    @Test(
        "a learner whose leaving the LMS did not learn is ended by the job, once",
        arguments: Engine.allCases)
    func leaving(engine: Engine) async throws {
        try await withRetryStage(engine) { stage in
            try await stage.write {
                try $0.insertEnrollment(
                    1, user: 11, run: 1, active: false, edxEnrolled: true, changeStatus: "unenrolled",
                    updatedOn: "2026-09-15T11:50:00Z")
            }
            stage.lms.add(LMSEnrollment(run: RetryStage.run, username: "ada_l", mode: "audit"))
            try await stage.expectRun("selected 1, unenrolled 1")
            #expect(stage.lms.count(.deactivate) == 1)
            #expect(stage.lms.effects == [.deactivated("ada_l", run: RetryStage.run)])
            #expect(try await stage.enrollment() == "inactive audit unenrolled 0 2026-09-15T12:00:00Z")
            try await stage.expectRun("")
        }
    }

    @Test("what the LMS has inactive, or not at all, is only noted", arguments: [true, false])
    func alreadyLeft(hasRecord: Bool) async throws {
        try await withRetryStage(.sqlite) { stage in
            try await stage.write {
                try $0.insertEnrollment(
                    1, user: 11, run: 1, active: false, edxEnrolled: true, changeStatus: "refunded",
                    updatedOn: "2026-09-15T11:50:00Z")
            }
            if hasRecord {
                stage.lms.add(LMSEnrollment(run: RetryStage.run, username: "ada_l", mode: "audit", isActive: false))
            }
            try await stage.expectRun("selected 1, unenrolled 1")
            #expect(stage.lms.count(.deactivate) == 0)
            #expect(stage.lms.effects.isEmpty)
        }
    }
}

extension JSONValue {
    /// The same document with the members of the object in the order of their keys.
    fileprivate var sortedByKey: JSONValue {
        guard case .object(let members) = self else { return self }
        return .object(members.sorted { ByteKey($0.key) < ByteKey($1.key) })
    }
}
