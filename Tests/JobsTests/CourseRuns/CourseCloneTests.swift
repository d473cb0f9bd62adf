import Bytes
import Command
import Flows
import Services
import Store
import Support
import Testing
import Worker

@testable import Jobs

/// The clone of a run (`spec/openedx.md` §7.5).
@Suite("Clone of a course run")
struct CourseCloneTests {
    private static let base = "course-v1:MITx+6.00x+1T2026"
    private static let undisturbed: [LMSEffect] = [
        .courseCloned(base, to: CourseStage.run), .courseRunChanged(CourseStage.run),
        .courseModeCreated("verified", run: CourseStage.run, price: 1),
    ]

    /// Run R1 is here and not at Studio, which has the base; a clone is in the outbox.
    private func withClone(_ engine: Engine, _ body: (CourseStage) async throws -> Void) async throws {
        try await withCourseStage(engine) { stage in
            stage.lms.update { state in
                state.courses = [Self.base: LMSCourse(Self.base)]
                state.studioRuns = [Self.base: LMSStudioRun("Base")]
            }
            let now = stage.stage.clock.now
            try await stage.stage.write { session in
                try session.execute(
                    """
                    INSERT INTO courses_enrollmentmode (id, mode_slug, mode_display_name, requires_payment)
                    VALUES (1, 'audit', 'Audit', false), (2, 'verified', 'Verified', true)
                    """)
                try session.execute(
                    """
                    INSERT INTO courses_courserun_enrollment_modes (courserun_id, enrollmentmode_id)
                    VALUES (1, 1), (1, 2)
                    """)
                _ = try CourseClone.post(run: 1, key: CourseStage.run, base: Self.base, at: now, in: &session)
            }
            try await body(stage)
        }
    }

    // The existing application counts any error of Studio as the absence of the target; here it is a reason to try again.
    @Test(
        "EDX-57 a clone that meets a network error is tried again after 317 s, and after the third after 917 s",
        arguments: Engine.allCases)
    func retries(engine: Engine) async throws {
        try await withClone(engine) { stage in
            stage.lms.fault(.refused, on: .studioRun, times: .max)
            for wait in [317, 617, 917, 1217, 1517] {
                let done = try await stage.work()
                #expect(done == 1)
                #expect(try await stage.waits() == .seconds(wait))
                stage.stage.clock.advance(by: .seconds(wait - 1))
                #expect(try await stage.work() == 0)
                stage.stage.clock.advance(by: .seconds(1))
            }
            #expect(stage.lms.effects == [])
            #expect(try await stage.work() == 1)
            #expect(try await stage.outbox() == ["clone \(CourseStage.run) parked"])
        }
    }

    @Test("a clone gets title, pacing, dates and modes of the run here", arguments: Engine.allCases)
    func clone(engine: Engine) async throws {
        try await withClone(engine) { stage in
            #expect(try await stage.work() == 1)
            #expect(stage.lms.effects == Self.undisturbed)
            #expect(try await stage.outbox(doneToo: true) == ["clone \(CourseStage.run) done"])
            let run = try #require(stage.lms.state.studioRuns[CourseStage.run])
            #expect(run.title == "Run")
            #expect(run.pacing == "self_paced")
            #expect(run.schedule == ["start": "2026-09-01T14:00:00Z", "end": "2026-12-20T23:30:00Z"])
            #expect(stage.lms.count(.clientToken) == 1)
        }
    }

    @Test("a target that is there already, or a base that is not, ends the clone at once", arguments: Engine.allCases)
    func permanent(engine: Engine) async throws {
        try await withClone(engine) { stage in
            stage.lms.update { $0.studioRuns[CourseStage.run] = LMSStudioRun("Somebody's") }
            let done = try await stage.work()
            #expect(done == 1)
            #expect(try await stage.outbox() == ["clone \(CourseStage.run) parked"])
            #expect(stage.lms.effects == [])
        }
        try await withClone(engine) { stage in
            stage.lms.update { $0.studioRuns = [:] }
            let done = try await stage.work()
            #expect(done == 1)
            #expect(try await stage.outbox() == ["clone \(CourseStage.run) parked"])
        }
    }

    @Test("whatever happens to the call that clones, there is one copy in the end", arguments: LMSFault.sequential)
    func disturbed(fault: LMSFault) async throws {
        try await withClone(.sqlite) { stage in
            stage.lms.fault(fault, on: .studioClone)
            for _ in 0..<6 {
                _ = try? await stage.work()
                stage.lms.applyLateRequests()
                stage.stage.clock.advance(by: .seconds(3600))
            }
            #expect(stage.lms.effects == Self.undisturbed)
            let outbox = try await stage.outbox(doneToo: true)
            #expect(outbox == ["clone \(CourseStage.run) done"])
        }
    }

    // The existing application finds its own copy after a death, and fails for ever.
    @Test("killed at any point and run again, a clone is as an undisturbed one", arguments: Engine.allCases)
    func deaths(engine: Engine) async throws {
        var deaths = 0
        for point in EnginePoints.all {
            for pass in 1...20 {
                let death = Death(at: point, pass: pass)
                try await withClone(engine) { stage in
                    _ = try? await stage.work(checkpoint: death.pass)
                    stage.stage.clock.advance(by: .seconds(900))
                    _ = try await stage.work()
                    #expect(stage.lms.effects == Self.undisturbed, "\(point) \(pass)")
                    #expect(
                        try await stage.outbox(doneToo: true) == ["clone \(CourseStage.run) done"], "\(point) \(pass)")
                    #expect(try await stage.stage.count("intent") == 0)
                }
                guard death.isDead else { break }
                deaths += 1
            }
        }
        #expect(deaths >= 8)
    }
}

extension CourseStage {
    /// Does the clones that are due, as send-outbox does, and returns how many there were.
    fileprivate func work(checkpoint: @escaping Checkpoint = { _ in }) async throws -> Int {
        let numbers = RandomNumbers { $0 == 0...60 ? 17 : ($0.lowerBound + $0.upperBound) / 2 }
        let outcome = try await stage.run(checkpoint: checkpoint, transport: transport, numbers: numbers) {
            try SendOutbox($0)
        }
        return outcome.counter("selected") ?? 0
    }

    /// How long the entry that is open still waits.
    fileprivate func waits() async throws -> Duration {
        let due = try await stage.database.read { session in
            let sql: SQL = "SELECT due_at FROM \(flows: "outbox") WHERE done_at IS NULL"
            return try session.first(sql) { row in try row["due_at"] as Timestamp }
        }
        return try #require(due) - stage.clock.now
    }
}
