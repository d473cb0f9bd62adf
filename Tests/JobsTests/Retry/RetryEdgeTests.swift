import Bytes
import Command
import Store
import Support
import Testing
import Worker

@testable import Jobs

/// What seldom comes together, and must not go wrong then.
@Suite("Edges of the retry job")
struct RetryEdgeTests {
    @Test(
        "a name that changed since the page was read is not sent: it may be another learner's",
        arguments: Engine.allCases)
    func staleName(engine: Engine) async throws {
        try await withRetryStage(engine) { stage in
            try await stage.write { session in
                try session.insertEnrollment(1, user: 11, run: 1)
                try session.insertLearner(12, email: "second@example.org")
            }
            stage.lms.add(LMSUser("ada_new", email: "ada@example.org"))
            stage.lms.before(.enrollmentList, pass: 1) { _ in
                try? await stage.write { session in
                    try session.execute("UPDATE openedx_openedxuser SET edx_username = 'ada_new' WHERE user_id = 11")
                    try session.insertAccount(of: 12, "ada_l", isSynced: true)
                }
            }
            try await stage.expectRun("selected 1, superseded 1")
            #expect(stage.lms.effects.isEmpty)
            try await stage.expectRun("selected 1, enrolled 1")
            #expect(stage.lms.effects == [.enrolled("ada_new", run: RetryStage.run, mode: "audit")])
        }
    }

    @Test("who is seen in Open edX's list and leaves before the call is ended there, though nobody sent anything")
    func leftAfterList() async throws {
        try await withRetryStage(.sqlite) { stage in
            try await stage.write { session in try session.insertEnrollment(1, user: 11, run: 1, mode: "verified") }
            stage.lms.add(LMSEnrollment(run: RetryStage.run, username: "ada_l", mode: "audit"))
            let now = stage.clock.now
            stage.lms.before(.enrollmentList, pass: 1) { _ in
                try? await stage.write { session in
                    try session.execute(
                        """
                        UPDATE courses_courserunenrollment
                        SET active = \(false), change_status = 'unenrolled', updated_on = \(now) WHERE id = 1
                        """)
                }
            }
            try await stage.expectRun("selected 1, superseded 1")
            #expect(stage.lms.count(.enroll) == 0)
            stage.clock.advance(by: .seconds(600))
            try await stage.expectRun("selected 1, unenrolled 1")
            #expect(stage.lms.effects == [.deactivated("ada_l", run: RetryStage.run)])
        }
    }

    @Test("an open call of a learner who was since deactivated is asked about, and is open no longer")
    func deactivated() async throws {
        try await withRetryStage(.sqlite) { stage in
            try await stage.write { session in try session.insertEnrollment(1, user: 11, run: 1) }
            _ = try? await stage.run(checkpoint: Death(at: EnginePoints.intended).pass)
            #expect(try await stage.count("intent") == 1)
            try await stage.write { session in
                try session.execute("UPDATE users_user SET is_active = \(false) WHERE id = 11")
            }
            stage.clock.advance(by: .seconds(600))
            try await stage.expectRun("selected 1, superseded 1")
            #expect(try await stage.count("intent") == 0)
            #expect(stage.lms.effects.isEmpty)
        }
    }

    @Test("an open call that ends an enrollment is asked about, also when the learner left long ago")
    func leftLongAgo() async throws {
        try await withRetryStage(.sqlite) { stage in
            try await stage.write { session in
                try session.insertEnrollment(
                    1, user: 11, run: 1, active: false, edxEnrolled: true, changeStatus: "unenrolled",
                    updatedOn: "2026-09-15T11:50:00Z")
            }
            stage.lms.add(LMSEnrollment(run: RetryStage.run, username: "ada_l", mode: "audit"))
            stage.lms.fault(.lost, on: .deactivate)
            _ = try? await stage.run()
            #expect(try await stage.count("intent") == 1)
            stage.clock.advance(by: .seconds(8 * 86_400))
            try await stage.expectRun("selected 1, unenrolled 1")
            #expect(stage.lms.effects == [.deactivated("ada_l", run: RetryStage.run)])
            #expect(try await stage.count("intent") == 0)
        }
    }

    @Test("a parked unenrollment that is requeued is tried again, however long ago the learner left")
    func requeuedLate() async throws {
        try await withRetryStage(.sqlite) { stage in
            try await stage.write { session in
                try session.insertEnrollment(
                    1, user: 11, run: 1, active: false, edxEnrolled: true, changeStatus: "unenrolled",
                    updatedOn: "2026-09-15T11:50:00Z")
            }
            stage.lms.add(LMSEnrollment(run: RetryStage.run, username: "ada_l", mode: "audit"))
            stage.lms.fault(.status(400), on: .deactivate, times: 5)
            for _ in 1...5 { _ = try await stage.run() }
            stage.clock.advance(by: .seconds(30 * 86_400))
            let now = stage.clock.now
            let requeued = try await stage.database.write { session in
                try RetryEnrollments.requeue(["unenrollment:1"], at: now, in: &session)
            }
            #expect(requeued == 1)
            try await stage.expectRun("selected 1, unenrolled 1")
        }
    }

    @Test("who came back after a parked unenrollment and left again is another matter")
    func leftAgain() async throws {
        try await withRetryStage(.sqlite) { stage in
            try await stage.write { session in
                try session.insertEnrollment(
                    1, user: 11, run: 1, active: false, edxEnrolled: true, changeStatus: "unenrolled",
                    updatedOn: "2026-09-15T11:50:00Z")
            }
            stage.lms.add(LMSEnrollment(run: RetryStage.run, username: "ada_l", mode: "audit"))
            stage.lms.fault(.status(400), on: .deactivate, times: 5)
            for _ in 1...5 { _ = try await stage.run() }
            #expect(try await stage.deadLetters().count == 1)
            try await stage.write { session in
                try session.execute("UPDATE courses_courserunenrollment SET active = \(true) WHERE id = 1")
            }
            #expect(try await stage.deadLetters().isEmpty, "who came back is not to be ended")
            stage.clock.advance(by: .seconds(3600))
            let now = stage.clock.now
            try await stage.write { session in
                try session.execute(
                    "UPDATE courses_courserunenrollment SET active = \(false), updated_on = \(now) WHERE id = 1")
            }
            stage.clock.advance(by: .seconds(600))
            try await stage.expectRun("selected 1, unenrolled 1")
        }
    }

    @Test("two enrollments of a learner without an account take one registration and no further question")
    func twoOfOne() async throws {
        try await withRetryStage(.sqlite, isSynced: false) { stage in
            try await stage.write { session in
                try session.insertRun(2, key: "course-v1:MITx+2+R")
                try session.insertEnrollment(1, user: 11, run: 1)
                try session.insertEnrollment(2, user: 11, run: 2)
            }
            stage.lms.add(LMSCourse("course-v1:MITx+2+R"))
            stage.lms.update { $0.users = [] }
            try await stage.expectRun("selected 2, enrolled 2")
            #expect(stage.lms.count(.registration) == 1)
            #expect(stage.lms.count(.ownInfo) == 0)
            #expect(stage.lms.count(.socialLogin) == 0)
        }
    }

    @Test("calls that fail while questions are answered are an outage too")
    func onlyCallsFail() async throws {
        try await withRetryStage(.sqlite) { stage in
            try await stage.write { session in
                for id in 1...12 {
                    try session.insertRun(10 + id, key: "course-v1:MITx+\(id)+R")
                    try session.insertEnrollment(id, user: 11, run: 10 + id)
                }
            }
            stage.lms.fault(.status(500), on: .enroll, times: .max)
            let failure = try await stage.expectFailure()
            #expect(failure.status == .unavailable)
            #expect(stage.lms.count(.enroll) == 5 * 3)
            #expect(stage.log.lines(of: "item_postponed").isEmpty)
        }
    }

    @Test("an operator's choice leaves the open calls of others alone")
    func choiceAlone() async throws {
        try await withRetryStage(.sqlite) { stage in
            try await stage.write { session in
                try session.insertLearner(12, email: "second@example.org")
                try session.insertAccount(of: 12, "second", isSynced: true)
                try session.insertEnrollment(1, user: 11, run: 1)
                try session.insertEnrollment(2, user: 12, run: 1)
            }
            stage.lms.add(LMSUser("second", email: "second@example.org"))
            _ = try? await stage.run(limit: 1, checkpoint: Death(at: EnginePoints.answered).pass)
            stage.clock.advance(by: .seconds(600))
            let outcome = try await stage.run(choice: .init(users: [12], runKey: nil))
            #expect(outcome.counts == "selected 1, enrolled 1")
            #expect(try await stage.count("intent") == 1)
            try await stage.expectRun("selected 1, enrolled 1")
        }
    }

    @Test("an alarm is told of what has waited for a day and still does, and of calls that fail too often")
    func alarms() async throws {
        try await withRetryStage(.sqlite) { stage in
            try await stage.write { session in
                try session.insertLearner(12, email: "second@example.org")
                try session.insertAccount(of: 12, "second", isSynced: true)
                try session.insertEnrollment(1, user: 11, run: 1, createdOn: "2026-09-13T00:00:00Z")
                try session.insertEnrollment(2, user: 12, run: 1, createdOn: "2026-09-13T00:00:00Z")
            }
            stage.lms.add(LMSUser("second", email: "second@example.org"))
            stage.lms.fault(.status(500), on: .enroll, times: 3) { $0.json?["user"]?.string == "second" }
            try await stage.expectRun("selected 2, enrolled 1, transient 1")
            #expect(stage.log.lines(of: "waiting_for_a_day").map { $0["items"]?.int } == [1])
            #expect(stage.log.lines(of: "many_calls_failed").count == 1)
            try await stage.expectRun("selected 1, enrolled 1")
            #expect(stage.log.lines(of: "waiting_for_a_day").count == 1)
        }
    }
}
