import Support
import Testing

/// What is delivered is the release build: the optimizer makes other code of tasks than the debug build has.
@Suite("The release build of the jobs")
struct ReleaseBuildTests {
    @Test("does the whole scenario, in an outage and out of it, and tells of it", arguments: Engine.allCases)
    func scenario(engine: Engine) async throws {
        try await withProgramStage(engine) { stage in
            try await stage.prepareScenario()
            let program = try stage.program(["EDX_API_CLIENT_TIMEOUT": "1"], isRelease: true)
            let rehearsal = try await program.run(["run", "retry-enrollments", "--dry-run"])
            #expect(rehearsal.ending == .exit(0))
            stage.lms.randomFaults(seed: 1, percent: 100, [.resetBeforeReading])
            let down = try await program.run(["run", "retry-enrollments"])
            #expect(down.ending == .exit(69), "\(down.errors)")
            stage.lms.heal()
            let result = try await stage.program(isRelease: true).run(["run", "retry-enrollments"])
            #expect(result.ending == .exit(3), "\(result.errors)")
            #expect(stage.lms.effects.count == 6)
            for words in [
                ["status"], ["dead-letters"], ["list"], ["show", "retry-enrollments"], ["config"], ["migrate"],
            ] {
                #expect(try await program.run(words).ending == .exit(0), "\(words)")
            }
            #expect(try await stage.count("intent") == 0)
        }
    }
}
