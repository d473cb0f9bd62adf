import Flows
import Records
import Store
import Support
import Testing
import Worker

/// Deferrals (`spec/openedx.md` §6.6, `spec/sheets.md` §8.3).
@Suite("Deferrals")
struct DeferralTests {
    private static func prepare(_ stage: RetryStage, active: Bool = true, status: String? = nil) async throws {
        try await stage.addOtherRun()
        stage.lms.add(LMSEnrollment(run: RetryStage.run, username: "ada_l", mode: "verified", isActive: active))
        try await stage.write { session in
            try session.insertEnrollment(
                1, user: 11, run: 1, mode: "verified", active: active, edxEnrolled: active, changeStatus: status)
            try session.insertOrder(5, of: 11)
            try session.insertPaidRun(of: 11, run: 1, order: 5)
        }
    }

    private static func `defer`(
        _ stage: RetryStage, to: String? = RetryStage.otherRun, keepsFailed: Bool = false, isForced: Bool = false
    ) async throws -> Deferral {
        try await stage.changes().deferEnrollment(
            of: 11, from: RetryStage.run, to: to, keepsFailed: keepsFailed, isForced: isForced)
    }

    private static func refusal(_ body: () async throws -> Deferral) async -> DeferralProblem.Reason? {
        let problem = await #expect(throws: DeferralProblem.self) { _ = try await body() }
        return problem?.reason
    }

    @Test(
        "EDX-43 the other run is verified then, the first one audit and deferred, and the payment moves",
        arguments: Engine.allCases)
    func moved(engine: Engine) async throws {
        try await withRetryStage(engine) { stage in
            try await Self.prepare(stage)
            let deferral = try await Self.defer(stage)
            let to = try #require(deferral.to)
            #expect(deferral.from == 1)
            #expect(try await stage.enrollment(to) == "active verified edx mails 0 2026-09-15T12:00:00Z")
            #expect(try await stage.enrollment(1) == "active audit deferred edx 0 2026-09-15T12:00:00Z")
            #expect(try await stage.paidRuns() == ["11 2 5"])
            #expect(stage.there() == "active audit")
            #expect(stage.there(RetryStage.otherRun) == "active verified")
            #expect(try await stage.outbox() == ["mail enrollment 11 \(to)"])
        }
    }

    @Test(
        "EDX-44 what a deferral that was killed halfway left on the first run moves when it is done again",
        arguments: Engine.allCases)
    func resumed(engine: Engine) async throws {
        try await withRetryStage(engine) { stage in
            try await Self.prepare(stage, status: "deferred")
            try await stage.write { session in
                try session.insertEnrollment(2, user: 11, run: 2, mode: "verified", edxEnrolled: true)
                // This one is paid for there already; the existing application violates the unique key.
                try session.insertOrder(6, of: 11)
                try session.insertOrder(7, of: 11, state: "refunded")
                for order in [6, 7] { try session.insertPaidRun(of: 11, run: 1, order: order) }
                try session.insertPaidRun(of: 11, run: 2, order: 6)
            }
            // The existing application returns before the payment, for ever.
            let deferral = try await Self.defer(stage)
            #expect(deferral == Deferral(from: 1, to: 2))
            #expect(try await stage.paidRuns() == ["11 1 7", "11 2 5", "11 2 6"])
            #expect(stage.lms.requestCount == 0)
            #expect(try await stage.outbox() == [])
        }
    }

    @Test("EDX-45 an inactive enrollment is not deferred without force", arguments: Engine.allCases)
    func inactive(engine: Engine) async throws {
        try await withRetryStage(engine) { stage in
            try await Self.prepare(stage, active: false)
            let reason = await Self.refusal { try await Self.defer(stage) }
            #expect(reason == .inactive)
            #expect(stage.lms.requestCount == 0)
            // Forced it stays inactive. The existing application reactivates it, and loses the status.
            _ = try await Self.defer(stage, isForced: true)
            #expect(try await stage.enrollment(1) == "inactive audit deferred 0 2026-09-15T12:00:00Z")
            #expect(stage.there() == "inactive verified")
        }
    }

    @Test("EDX-46 a run is not deferred to itself, even with force", arguments: Engine.allCases)
    func same(engine: Engine) async throws {
        try await withRetryStage(engine) { stage in
            try await Self.prepare(stage)
            let reason = await Self.refusal { try await Self.defer(stage, to: RetryStage.run, isForced: true) }
            #expect(reason == .sameRun)
            #expect(stage.lms.requestCount == 0)
            #expect(try await stage.enrollment(1) == "active verified edx 0 2026-09-14T00:00:00Z")
        }
    }

    @Test("EDX-47 without a run to go to, the first one only becomes audit and deferred", arguments: Engine.allCases)
    func downgradeOnly(engine: Engine) async throws {
        try await withRetryStage(engine) { stage in
            try await Self.prepare(stage)
            let deferral = try await Self.defer(stage, to: nil)
            #expect(deferral == Deferral(from: 1, to: nil))
            #expect(try await stage.enrollment(1) == "active audit deferred edx 0 2026-09-15T12:00:00Z")
            #expect(stage.there() == "active audit")
            #expect(try await stage.paidRuns() == ["11 1 5"])
            #expect(try await stage.outbox() == [])
        }
    }

    @Test("the rules that only force overrides, and runs that there are not", arguments: Engine.allCases)
    func rules(engine: Engine) async throws {
        try await withRetryStage(engine) { stage in
            try await Self.prepare(stage)
            try await stage.write { session in
                try session.insertRun(3, key: "course-v1:MITx+3+R")
                try session.insertRun(4, key: "course-v1:MITx+4+R", isSource: true)
            }
            try await stage.addOtherRun(6, key: "course-v1:MITx+3+S", tag: "S", course: 3)
            #expect(await Self.refusal { try await Self.defer(stage, to: "course-v1:MITx+3+R") } == .notEnrollable)
            #expect(await Self.refusal { try await Self.defer(stage, to: "course-v1:MITx+3+S") } == .otherCourse)
            #expect(
                await Self.refusal { try await Self.defer(stage, to: "course-v1:MITx+4+R", isForced: true) } == .noRun)
            #expect(
                await Self.refusal {
                    try await stage.changes().deferEnrollment(of: 11, from: RetryStage.otherRun, to: RetryStage.run)
                } == .notEnrolled)
            #expect(stage.lms.requestCount == 0)
            #expect(try await stage.audits() == 0)
            _ = try await Self.defer(stage, to: "course-v1:MITx+3+S", isForced: true)
            #expect(try await stage.paidRuns() == ["11 6 5"])
        }
    }

    @Test(
        "an audit enrollment in the other run ends there first, without a mail; refused, nothing changes here",
        arguments: Engine.allCases)
    func auditThere(engine: Engine) async throws {
        try await withRetryStage(engine) { stage in
            try await Self.prepare(stage)
            stage.lms.add(LMSEnrollment(run: RetryStage.otherRun, username: "ada_l", mode: "audit"))
            try await stage.write { try $0.insertEnrollment(2, user: 11, run: 2, edxEnrolled: true) }
            stage.lms.fault(.status(500), on: .deactivate, times: .max)
            let reason = await Self.refusal { try await Self.defer(stage, keepsFailed: true, isForced: true) }
            #expect(reason == .auditNotEnded)
            // The existing application deactivates the row here, and ends with an error.
            #expect(try await stage.enrollment(2) == "active audit edx 0 2026-09-14T00:00:00Z")
            #expect(try await stage.enrollment(1) == "active verified edx 0 2026-09-14T00:00:00Z")
            #expect(try await stage.paidRuns() == ["11 1 5"])
            stage.lms.heal()
            _ = try await Self.defer(stage)
            #expect(stage.lms.effects.first == .deactivated("ada_l", run: RetryStage.otherRun))
            #expect(stage.there(RetryStage.otherRun) == "active verified")
            // The existing application also sends a mail that the learner has left.
            #expect(try await stage.outbox() == ["mail enrollment 11 2"])
        }
    }

    @Test(
        "what the LMS does not take is kept for the job that retries, or ends the deferral with nothing changed",
        arguments: Engine.allCases)
    func failed(engine: Engine) async throws {
        try await withRetryStage(engine) { stage in
            try await Self.prepare(stage)
            stage.lms.fault(.status(503), on: .enroll, times: .max)
            let reason = await Self.refusal { try await Self.defer(stage) }
            #expect(reason == .openEdX)
            #expect(try await stage.enrollment(inRun: 2) == nil)
            #expect(try await stage.enrollment(1)?.hasPrefix("active verified 0") == true, "asked again by the retry")
            #expect(try await stage.paidRuns() == ["11 1 5"])
            _ = try await Self.defer(stage, keepsFailed: true, isForced: true)
            #expect(try await stage.enrollment(inRun: 2)?.hasPrefix("active verified mails 0") == true)
            #expect(try await stage.enrollment(1)?.hasPrefix("active audit deferred 0") == true)
            #expect(try await stage.outbox() == [])
            stage.lms.heal()
            stage.clock.advance(by: .seconds(301))
            try await stage.expectRun("selected 2, enrolled 2")
            #expect(stage.there(RetryStage.otherRun) == "active verified")
            #expect(stage.there() == "active audit")
        }
    }

    @Test("killed before or after its transaction and done again, nothing is doubled", arguments: Engine.allCases)
    func killed(engine: Engine) async throws {
        for point in [EnginePoints.writing, EnginePoints.written] {
            try await withRetryStage(engine) { stage in
                try await Self.prepare(stage)
                stage.lms.add(LMSEnrollment(run: RetryStage.otherRun, username: "ada_l", mode: "audit"))
                try await stage.write { try $0.insertEnrollment(2, user: 11, run: 2, edxEnrolled: true) }
                let death = Death(at: point)
                _ = try? await stage.changes(in: MortalWorld(death: death), dying: death)
                    .deferEnrollment(of: 11, from: RetryStage.run, to: RetryStage.otherRun)
                #expect(death.isDead)
                stage.clock.advance(by: .seconds(600))
                try await stage.run()
                let deferral = try await Self.defer(stage)
                #expect(deferral == Deferral(from: 1, to: 2))
                #expect(try await stage.enrollment(1)?.hasPrefix("active audit deferred edx 0") == true)
                #expect(try await stage.enrollment(2)?.hasPrefix("active verified edx") == true)
                #expect(stage.there() == "active audit")
                #expect(stage.there(RetryStage.otherRun) == "active verified")
                #expect(try await stage.paidRuns() == ["11 2 5"])
                #expect(try await stage.outbox() == ["mail enrollment 11 2"])
                #expect(try await stage.audits(2) == 1)
            }
        }
    }
}
