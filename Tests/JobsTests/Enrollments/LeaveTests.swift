import Flows
import Records
import Store
import Support
import Testing
import Worker

/// Leaving (`spec/openedx.md` §6.5).
@Suite("Ends of enrollments")
struct LeaveTests {
    private static func prepare(_ stage: RetryStage) async throws {
        stage.lms.add(LMSEnrollment(run: RetryStage.run, username: "ada_l", mode: "verified"))
        try await stage.write { session in
            try session.insertEnrollment(1, user: 11, run: 1, mode: "verified", edxEnrolled: true)
            try session.insertOrder(5, of: 11)
            try session.insertPaidRun(of: 11, run: 1, order: 5)
            try session.insertLine(50, order: 5, run: 1)
        }
    }

    @Test(
        "EDX-40 leaving ends the enrollment there and here, forgets the payment, and tells the learner and HubSpot",
        arguments: Engine.allCases)
    func leave(engine: Engine) async throws {
        try await withRetryStage(engine) { stage in
            try await Self.prepare(stage)
            let outcome = try await stage.changes().leave(1)
            #expect(outcome.answer.status == 204)
            #expect(outcome.answer.body == nil)
            #expect(try await stage.enrollment() == "inactive verified unenrolled 0 2026-09-15T12:00:00Z")
            #expect(stage.there() == "inactive verified")
            #expect(try await stage.paidRuns() == [])
            #expect(try await stage.outbox() == ["mail unenrollment 11 1"])
            let marks: [String] = try await stage.database.read { session in
                try session.rows("SELECT kind, object_id FROM \(flows: "dirty")") { row in
                    let (kind, id): (String, Int) = (try row["kind"], try row["object_id"])
                    return "\(kind) \(id)"
                }
            }
            #expect(marks == ["line 50"])
            let audits = try await stage.database.read { session in try session.enrollmentAudits(1) }
            #expect(audits.map(\.actor) == [nil])
            let again = try await stage.changes().leave(1)
            #expect(again.answer.status == 404)
        }
    }

    @Test("EDX-41 what the LMS does not end stays, when failures are not kept", arguments: Engine.allCases)
    func refused(engine: Engine) async throws {
        try await withRetryStage(engine) { stage in
            try await Self.prepare(stage)
            stage.lms.fault(.status(500), on: .deactivate, times: .max)
            let outcome = try await stage.changes(keepsFailed: false).leave(1)
            #expect(outcome.answer.status == 400)
            #expect(try await stage.enrollment() == "active verified edx 0 2026-09-14T00:00:00Z")
            #expect(try await stage.paidRuns() == ["11 1 5"])
            #expect(try await stage.outbox() == [])
        }
    }

    @Test(
        "EDX-42 kept without the LMS, the job that retries ends it there with one call",
        arguments: Engine.allCases)
    func kept(engine: Engine) async throws {
        try await withRetryStage(engine) { stage in
            try await Self.prepare(stage)
            stage.lms.fault(.status(500), on: .deactivate, times: .max)
            let outcome = try await stage.changes().leave(1)
            #expect(outcome.answer.status == 204)
            #expect(try await stage.enrollment() == "inactive verified unenrolled edx 0 2026-09-15T12:00:00Z")
            #expect(try await stage.outbox() == [])
            stage.lms.heal()
            let calls = stage.lms.count(.deactivate)
            stage.clock.advance(by: .seconds(600))
            // The existing application leaves the learner enrolled there for ever.
            try await stage.expectRun("selected 1, unenrolled 1")
            #expect(stage.lms.count(.deactivate) == calls + 1)
            #expect(try await stage.enrollment() == "inactive verified unenrolled 0 2026-09-15T12:10:00Z")
            #expect(stage.there() == "inactive verified")
        }
    }

    @Test("who is not there any more is not ended there, and a run that exists here alone takes no call")
    func notThere() async throws {
        try await withRetryStage(.sqlite) { stage in
            try await stage.addOtherRun(tag: "fake-1")
            try await stage.write { session in
                try session.insertEnrollment(1, user: 11, run: 1, edxEnrolled: true)
                try session.insertEnrollment(2, user: 11, run: 2, edxEnrolled: true)
            }
            _ = try await stage.changes(keepsFailed: false).leave(2)
            #expect(stage.lms.requestCount == 0)
            #expect(try await stage.enrollment(2) == "inactive audit unenrolled 0 2026-09-15T12:00:00Z")
            _ = try await stage.changes(keepsFailed: false).leave(1, sendsMail: false)
            // The existing application sends the call, which makes an inactive record.
            #expect(stage.lms.effects == [])
            #expect(try await stage.enrollment() == "inactive audit unenrolled 0 2026-09-15T12:00:00Z")
            #expect(try await stage.outbox() == ["mail unenrollment 11 2"])
        }
    }

    @Test("killed at each of its writes and done again, one end there and one mail", arguments: Engine.allCases)
    func killed(engine: Engine) async throws {
        for point in [EnginePoints.writing, EnginePoints.written] {
            try await withRetryStage(engine) { stage in
                try await Self.prepare(stage)
                let death = Death(at: point)
                _ = try? await stage.changes(in: MortalWorld(death: death), dying: death).leave(1)
                #expect(death.isDead)
                #expect(stage.there() == "inactive verified")
                stage.clock.advance(by: .seconds(600))
                _ = try await stage.changes().leave(1)
                try await stage.run()
                #expect(stage.lms.effects == [.deactivated("ada_l", run: RetryStage.run)])
                #expect(try await stage.enrollment()?.hasPrefix("inactive verified unenrolled 0") == true)
                #expect(try await stage.outbox() == ["mail unenrollment 11 1"])
                #expect(try await stage.audits() == 1)
            }
        }
    }
}
