import Bytes
import Command
import Services
import Store
import Support
import Testing
import Worker

@testable import Jobs

/// What answers of the LMS mean for an enrollment (`spec/openedx.md` §6.4).
@Suite("Refusals and failures of enrollments")
struct RetryRefusalTests {
    private func withOne(_ body: (RetryStage) async throws -> Void) async throws {
        try await withRetryStage(.sqlite) { stage in
            try await stage.write { session in try session.insertEnrollment(1, user: 11, run: 1) }
            try await body(stage)
        }
    }

    @Test("an embargo and the refusal of a filter are failures for good")
    func refusedByRule() async throws {
        for isEmbargo in [true, false] {
            try await withOne { stage in
                stage.lms.update { state in
                    if isEmbargo {
                        state.courses[RetryStage.run]?.embargoed = ["ada_l"]
                    } else {
                        state.courses[RetryStage.run]?.filtered = ["ada_l"]
                    }
                }
                try await stage.expectRun("selected 1, permanent 1")
                #expect(try await stage.enrollment() == "active audit 1 2026-09-14T00:00:00Z")
            }
        }
    }

    @Test("any other 403 of the call is temporary, and the job goes on", arguments: Engine.allCases)
    func forbidden(engine: Engine) async throws {
        try await withRetryStage(engine) { stage in
            try await stage.write { session in
                for id in 1...8 {
                    try session.insertLearner(100 + id, email: "learner\(id)@example.org")
                    try session.insertAccount(of: 100 + id, "learner_\(id)", isSynced: true)
                    try session.insertEnrollment(id, user: 100 + id, run: 1)
                }
            }
            for id in 1...8 { stage.lms.add(LMSUser("learner_\(id)", email: "learner\(id)@example.org")) }
            stage.lms.fault(.status(403), on: .enroll, times: 7)
            try await stage.expectRun("selected 8, enrolled 1, transient 7")
            #expect(stage.log.lines(of: "item_postponed").count == 7)
            try await stage.expectRun("selected 7, enrolled 7")
        }
    }

    @Test("a 403 of the list means that the token is not a member of staff: the run stops with 78")
    func notStaff() async throws {
        try await withOne { stage in
            stage.lms.update { $0.isServiceWorkerStaff = false }
            let failure = try await stage.expectFailure()
            #expect(failure.status == .configuration)
            #expect(stage.lms.count(.enroll) == 0)
            #expect(try await stage.enrollment() == "active audit 0 2026-09-14T00:00:00Z")
        }
    }

    @Test("one name that the LMS does not take does not keep the others waiting", arguments: Engine.allCases)
    func badName(engine: Engine) async throws {
        try await withRetryStage(engine) { stage in
            try await stage.write { session in
                try session.insertEnrollment(1, user: 11, run: 1)
                try session.insertLearner(12, email: "second@example.org")
                try session.insertAccount(of: 12, "né e", isSynced: true)
                try session.insertEnrollment(2, user: 12, run: 1)
            }
            try await stage.expectRun("selected 2, enrolled 1, permanent 1")
            #expect(stage.lms.count(.enrollmentList) == 3, "for both, then for each alone")
            #expect(try await stage.enrollment(1) == "active audit edx mails 0 2026-09-15T12:00:00Z")
            #expect(try await stage.enrollment(2) == "active audit 1 2026-09-14T00:00:00Z")
        }
    }

    @Test(
        "a learner whom the LMS has forgotten gets an account again, and the call is repeated once",
        arguments: Engine.allCases)
    func forgotten(engine: Engine) async throws {
        try await withRetryStage(engine) { stage in
            try await stage.write {
                try $0.insertEnrollment(1, user: 11, run: 1)
                try $0.insertTokens(of: 11, expiry: "2026-09-15T13:00:00Z")
            }
            stage.lms.update { $0.users = [] }
            try await stage.expectRun("selected 1, enrolled 1")
            #expect(stage.lms.count(.enroll) == 2)
            #expect(stage.lms.count(.registration) == 1)
            #expect(stage.lms.state.users.map(\.username) == ["ada_l"])
        }
    }

    @Test("a second 406 is a failure for good")
    func forgottenTwice() async throws {
        try await withRetryStage(.sqlite) { stage in
            try await stage.write {
                try $0.insertEnrollment(1, user: 11, run: 1)
                try $0.insertTokens(of: 11, expiry: "2026-09-15T13:00:00Z")
            }
            stage.lms.update { $0.users = [] }
            stage.lms.fault(.status(406), on: .enroll, times: .max)
            try await stage.expectRun("selected 1, permanent 1")
            #expect(stage.lms.count(.enroll) == 2)
            #expect(try await stage.enrollment() == "active audit 1 2026-09-14T00:00:00Z")
            #expect(try await stage.count("intent") == 0)
        }
    }

    @Test("without an OAuth application those who have no account wait, and the others are enrolled")
    func noApplication() async throws {
        try await withOne { stage in
            try await stage.write { session in
                try session.execute("DELETE FROM oauth2_provider_application")
                try session.insertLearner(12, email: "second@example.org")
                try session.insertAccount(of: 12, "second", isSynced: false)
                try session.insertEnrollment(2, user: 12, run: 1)
            }
            try await stage.expectRun("selected 2, enrolled 1, transient 1")
            #expect(try await stage.enrollment(2) == "active audit 0 2026-09-14T00:00:00Z")
        }
    }

    @Test("an unenrollment that is refused five times is parked in the engine's own state, and can be requeued")
    func leavingRefused() async throws {
        try await withRetryStage(.sqlite) { stage in
            try await stage.write {
                try $0.insertEnrollment(
                    1, user: 11, run: 1, active: false, edxEnrolled: true, changeStatus: "unenrolled",
                    updatedOn: "2026-09-15T11:50:00Z")
            }
            stage.lms.add(LMSEnrollment(run: RetryStage.run, username: "ada_l", mode: "audit"))
            stage.lms.fault(.status(400), on: .deactivate, times: .max)
            for _ in 1...4 { try await stage.expectRun("selected 1, permanent 1") }
            try await stage.expectRun("selected 1, permanent 1, gave_up 1")
            try await stage.expectRun("")
            #expect(try await stage.enrollment() == "inactive audit unenrolled edx 0 2026-09-15T11:50:00Z")
            #expect(try await stage.deadLetters().map(\.key) == ["unenrollment:1"])
            let now = stage.clock.now
            let requeued = try await stage.database.write { session in
                try RetryEnrollments.requeue(nil, at: now, in: &session)
            }
            #expect(requeued == 1)
            stage.lms.heal()
            try await stage.expectRun("selected 1, unenrolled 1")
        }
    }

    @Test(
        "an LMS that is down for three hours parks nothing, loses nothing, and takes one line a run",
        arguments: Engine.allCases)
    func outage(engine: Engine) async throws {
        try await withRetryStage(engine) { stage in
            try await stage.write { session in
                for id in 1...12 {
                    try session.insertRun(10 + id, key: "course-v1:MITx+\(id)+R")
                    try session.insertEnrollment(id, user: 11, run: 10 + id, retries: id % 5)
                }
            }
            for id in 1...12 { stage.lms.add(LMSCourse("course-v1:MITx+\(id)+R")) }
            let start = stage.clock.now
            for fault in [LMSFault.refused, .status(503), .lost, .throttled(retryAfter: nil), .html, .status(500)] {
                stage.lms.outage(from: stage.clock.now, until: start + .seconds(86_400), fault)
                let before = stage.log.text.split(separator: "\n").count { $0.contains(#""level":"error""#) }
                // The lease is kept alive in real time, which the clock of the test outruns.
                let failure = try await stage.expectFailure(leaseLife: .seconds(86_400))
                #expect(
                    failure.status == (fault == .throttled(retryAfter: nil) ? .temporary : .unavailable), "\(fault)")
                #expect(failure.message.contains("nothing is lost"), "\(failure.message)")
                let after = stage.log.text.split(separator: "\n").count { $0.contains(#""level":"error""#) }
                #expect(after == before, "the failure alone is told, by the program")
                stage.lms.heal()
                stage.clock.advance(by: .seconds(1800))
            }
            for id in 1...12 {
                #expect(try await stage.enrollment(id) == "active audit \(id % 5) 2026-09-14T00:00:00Z")
            }
            #expect(try await stage.count("item") == 0)
            try await stage.expectRun("selected 12, enrolled 12")
        }
    }
}
