import Foundation
import Support
import Testing

@Suite("A run that is to stop, and a second one")
struct StopTests {
    private static let stopping = JobsProgram.line("warning", "run", "stopping", #""signal":"SIGTERM""#)

    @Test(
        "SIGTERM: nothing new is begun, calls in flight are finished, the ledger says stopped, the next run does the rest",
        .timeLimit(.minutes(20)), arguments: Engine.allCases)
    func terminated(engine: Engine) async throws {
        try await withProgramStage(engine) { stage in
            try await stage.prepareLearners(6)
            let gate = Gate()
            stage.lms.before(.enroll) { _ in await gate.pass() }
            var program = try stage.start()
            await gate.holds(4)
            program.send(SIGTERM)
            #expect(await program.waits(forErrorWith: #""event":"stopping""#))
            gate.open()
            let start = ContinuousClock.now
            let result = await program.finish()
            #expect(ContinuousClock.now - start < .seconds(20))
            result.expectNoCanary()
            result.expect(log: [Self.stopping, JobsProgram.counted("stopped", ["selected": 6, "enrolled": 4])])
            #expect(try await stage.ledger() == ["stopped 0"])
            #expect(stage.lms.effects.count == 4)
            #expect(try await stage.count("intent") == 0)
            let status = try await stage.program().run(["status", "--json"])
            #expect(status.output.contains(#""running":false"#))
            #expect(status.output.contains(#""last_outcome":"stopped","last_status":0"#))

            let next = try await stage.run()
            next.expect(log: [JobsProgram.counted("ok", ["selected": 2, "enrolled": 2])])
            #expect(stage.lms.effects.count == 6)
        }
    }

    @Test("a second signal ends it at once; nothing is lost, and nothing happens twice", .timeLimit(.minutes(20)))
    func secondSignal() async throws {
        try await withProgramStage(.sqlite) { stage in
            try await stage.prepareLearners(1)
            let gate = Gate()
            stage.lms.before(.enroll, pass: 1) { _ in await gate.pass() }
            var program = try stage.start()
            await gate.holds(1)
            program.send(SIGTERM)
            #expect(await program.waits(forErrorWith: #""event":"stopping""#))
            program.send(SIGTERM)
            #expect(await program.finish().ending == .signal(SIGTERM))
            gate.open()
            while stage.lms.effects.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
            #expect(try await stage.count("intent") == 1)
            try await stage.endLeases()
            let next = try await stage.run()
            next.expect(log: [JobsProgram.counted("ok", ["selected": 1, "enrolled": 1])])
            #expect(stage.lms.count(.enroll) == 1)
            #expect(try await stage.ledger() == ["killed", "ok 0"])
        }
    }

    @Test("SIGTERM while it waits for its turn: it ends at once, and no call is left open", .timeLimit(.minutes(20)))
    func waiting() async throws {
        try await withProgramStage(.sqlite) { stage in
            try await stage.prepareLearners(1)
            stage.lms.before(.enrollmentList, pass: 1) { _ in try? await stage.pauseCalls(for: .seconds(50)) }
            var program = try stage.start()
            while try await stage.count("intent") == 0 { try await Task.sleep(for: .milliseconds(5)) }
            program.send(SIGTERM)
            #expect(await program.waits(forErrorWith: #""event":"stopping""#))
            let start = ContinuousClock.now
            let result = await program.finish()
            #expect(ContinuousClock.now - start < .seconds(20))
            result.expect(log: [Self.stopping, JobsProgram.counted("stopped", ["selected": 1])])
            #expect(try await stage.count("intent") == 0)
            #expect(stage.lms.count(.enroll) == 0)
        }
    }

    @Test(
        "a second start while one is at work ends with 0, says so, and writes nothing", .timeLimit(.minutes(20)),
        arguments: Engine.allCases)
    func secondStart(engine: Engine) async throws {
        try await withProgramStage(engine) { stage in
            try await stage.prepareLearners(1)
            let gate = Gate()
            // Before a learner's lock is taken, which is renewed; the run's own lease, too, is a row, and is not renewed meanwhile.
            // The call may last longer than the other starts take on however busy a machine.
            stage.lms.before(.enrollmentList, pass: 1) { _ in await gate.pass() }
            let first = try stage.start(environment: ["EDX_API_CLIENT_TIMEOUT": "250", "MITXONLINE_LEASE": "30m"])
            await gate.holds(1)
            let before = try await stage.dump()
            let requests = stage.lms.requestCount
            let metrics = stage.scratch.path("jobs.prom")
            let second = try await stage.run("--metrics", metrics)
            #expect(second.ending == .exit(0))
            #expect(second.log.count == 2)
            #expect(
                second.log.first?.contains(#""event":"already_running","job":"retry-enrollments","owner":"#) == true)
            #expect(second.log.last == JobsProgram.finished("run", #""outcome":"already_running""#))
            #expect(try !stage.scratch.text("jobs.prom").contains("success_timestamp"))
            let operators = try await stage.program().run([
                "retry-enrollments", "--user", "11", "--commit",
            ])
            #expect(operators.ending == .exit(75), "who asked for it must not believe that it is done")
            #expect(operators.message?.hasPrefix("retry-enrollments is at work") == true)
            #expect(try await stage.dump() == before)
            #expect(stage.lms.requestCount == requests)
            let status = try await stage.program().run(["status", "--json"])
            #expect(status.output.contains(#""running":true"#))
            gate.open()
            let result = await first.finish()
            result.expect(log: [JobsProgram.counted("ok", ["selected": 1, "enrolled": 1])])
        }
    }
}
