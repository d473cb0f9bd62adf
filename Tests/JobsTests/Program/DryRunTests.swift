import Support
import Testing

@Suite("A dry run")
struct DryRunTests {
    private static let would = [
        "make the Open edX account of learner 14, then enroll enrollment 4",
        "enroll enrollment 1 in \(ProgramStage.run) as verified", "enroll enrollment 2 in \(ProgramStage.run) as audit",
        "enroll enrollment 3 in \(ProgramStage.run) as verified", "enroll enrollment 6 in \(ProgramStage.run) as audit",
        "end enrollment 5 in \(ProgramStage.run)", "enroll enrollment 7 in course-v1:MITx+2+fake as audit",
    ]

    @Test(
        "tells what would be done, and changes nothing at all, neither in the database nor at Open edX",
        arguments: Engine.allCases)
    func nothing(engine: Engine) async throws {
        try await withProgramStage(engine) { stage in
            try await stage.prepareScenario()
            let (before, state) = (try await stage.dump(), stage.lms.state)
            let result = try await stage.run("--dry-run", "--log-level", "debug")
            #expect(result.ending == .exit(0))
            #expect(result.output.split(separator: "\n").map(String.init).sorted() == Self.would.sorted())
            #expect(result.log.last == JobsProgram.counted("ok", ["selected": 7]))
            #expect(try await stage.dump() == before)
            #expect(stage.lms.effects == [])
            #expect(stage.lms.state.enrollments == state.enrollments)
            #expect(stage.lms.received.allSatisfy { $0.method == "GET" })
            #expect(stage.lms.requestCount == 1)

            let limited = try await stage.run("--dry-run", "--limit", "2", "--json")
            let lines = limited.output.split(separator: "\n").map(String.init)
            #expect(lines.count == 3)
            #expect(lines.last?.hasPrefix(#"{"job":"retry-enrollments","outcome":"ok","selected":2,"#) == true)
            #expect(lines.dropLast().allSatisfy { $0.hasPrefix(#"{"would":"enroll enrollment "#) })
            #expect(try await stage.dump() == before)
        }
    }

    @Test("beside a run at work, or after one that was killed, looks on only", arguments: Engine.allCases)
    func beside(engine: Engine) async throws {
        try await withProgramStage(engine) { stage in
            try await stage.prepareLearners(1)
            let killed = try await stage.run(environment: ["FAULT": "step.answered"])
            try #require(killed.ending == .exit(137))
            let before = try await stage.dump()
            let result = try await stage.run("--dry-run")
            #expect(result.ending == .exit(0), "\(result.errors)")
            #expect(try await stage.dump() == before)
            #expect(stage.lms.effects.count == 1)
        }
    }

    @Test("ends as the run would when Open edX is down", arguments: Engine.allCases)
    func outage(engine: Engine) async throws {
        try await withProgramStage(engine) { stage in
            try await stage.prepareLearners(1)
            let before = try await stage.dump()
            stage.lms.randomFaults(seed: 1, percent: 100, [.status(503)])
            let result = try await stage.run("--dry-run", environment: ["EDX_API_CLIENT_TIMEOUT": "1"])
            #expect(result.ending == .exit(69))
            #expect(result.output == "")
            #expect(result.log.count == 1)
            #expect(try await stage.dump() == before)
        }
    }
}
