#if DEBUG
import Flows
import Support
import Testing

/// The program killed at each of its fault points, at each pass of it.
@Suite("A run that is killed")
struct KilledTests {
    /// How often each point is passed by the run of the scenario, with some room: the last passes are not reached.
    private static let passes = [
        "job.began": 1, "job.writing": 24, "job.written": 24, "step.intended": 4, "step.answered": 4,
        "step.recorded": 6, "job.ending": 1, "job.ended": 1,
    ]

    /// Each point on each engine.
    private static let cases = passes.keys.sorted().flatMap { point in
        Engine.allCases.map { engine in (point, engine) }
    }

    @Test("every fault point of the program is tried")
    func points() async throws {
        let list = try await JobsProgram(["FAULT": "list"]).run(["run"])
        // Those of the folder of certificates are tried where it is written.
        let known = Array(Self.passes.keys) + CertificatePoints.all.map { "\($0.name)" }
        #expect(list.output.split(separator: "\n").map(String.init).sorted() == known.sorted())
        #expect(list.ending == .exit(0))
        let wrong = try await JobsProgram(["FAULT": "job.begun"]).run(["list"])
        #expect(wrong.ending == .exit(78))
    }

    @Test(
        "at each pass of each point: the next run does the rest, nothing is lost and nothing happens twice",
        .timeLimit(.minutes(20)), arguments: cases)
    func killed(point: String, engine: Engine) async throws {
        let undisturbed = try await Self.undisturbed.value
        let last = Self.passes[point] ?? 1
        // Of many passes each on SQLite, but for the point that follows another, and some on PostgreSQL, where a database
        // costs more.
        let step = last < 8 ? 1 : engine == .postgres ? 5 : point == "job.written" ? 2 : 1
        var reached = 0
        for pass in stride(from: 1, through: last, by: step) {
            let isReached = try await withProgramStage(engine) { stage in
                try await stage.prepareScenario()
                let killed = try await stage.run(environment: ["FAULT": "\(point):\(pass)"])
                guard killed.ending == .exit(137) else {
                    killed.expect(
                        3, log: killed.log.dropLast() + [JobsProgram.counted("partial", ProgramStage.counts, status: 3)]
                    )
                    return false
                }
                #expect(killed.output == "")
                try await stage.endLeases()
                let next = try await stage.run()
                #expect([.exit(0), .exit(3)].contains(next.ending), "\(point):\(pass): \(next.errors)")
                try await expect(stage, undisturbed, "\(point):\(pass)")
                return true
            }
            guard isReached else { break }
            reached += 1
        }
        #expect(reached > 0)
    }

    /// Runs until nothing is left to do; then all is as after the undisturbed run.
    private func expect(_ stage: ProgramStage, _ undisturbed: [String], _ what: String) async throws {
        for _ in 0..<3 where try await stage.finalState() != undisturbed {
            try await stage.endLeases()
            _ = try await stage.run()
        }
        #expect(try await stage.finalState() == undisturbed, "\(what)")
        try await stage.expectNoCanaryKept()
    }

    /// How the scenario ends when nothing goes wrong.
    private static let undisturbed = Task {
        try await withProgramStage(.sqlite) { stage in
            try await stage.prepareScenario()
            let result = try await stage.run()
            #expect(result.log.last == JobsProgram.counted("partial", ProgramStage.counts, status: 3))
            return try await stage.finalState()
        }
    }

    @Test("undisturbed, each learner is brought to Open edX once", arguments: Engine.everyRoute)
    func undisturbed(engine: Engine) async throws {
        try await withProgramStage(engine) { stage in
            try await stage.prepareScenario()
            let result = try await stage.run()
            #expect(result.ending == .exit(3))
            #expect(result.output == "")
            let (ada, cyd, dan) = (Canary.username("ada"), Canary.username("cyd"), Canary.username("dan"))
            #expect(
                Set(stage.lms.effects) == [
                    .enrolled(ada, run: ProgramStage.run, mode: "verified"),
                    .modeChanged(cyd, run: ProgramStage.run, from: "audit", to: "verified"),
                    .reactivated(cyd, run: ProgramStage.run, mode: "verified"),
                    .accountCreated(dan, email: Canary.email("dan")),
                    .enrolled(dan, run: ProgramStage.run, mode: "audit"),
                    .deactivated(Canary.username("eve"), run: ProgramStage.run),
                ])
            #expect(stage.lms.effects.count == 6)
            let rows = try await stage.finalState().filter { $0.first?.isNumber == true }
            #expect(
                rows == [
                    "1: active verified edx mails 0, 1 audit rows", "2: active audit edx mails 0, 1 audit rows",
                    "3: active verified edx mails 0, 1 audit rows", "4: active audit edx mails 0, 1 audit rows",
                    "5: inactive audit unenrolled 0, 1 audit rows", "6: active audit 5, 0 audit rows",
                    "7: active audit edx mails 0, 1 audit rows",
                ])
            let again = try await stage.run()
            again.expect(log: [JobsProgram.counted("ok")])
            #expect(stage.lms.effects.count == 6)
        }
    }
}
#endif
