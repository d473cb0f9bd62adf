import Support
import Testing

@Suite("A strange answer of Open edX")
struct StrangeAnswerTests {
    @Test(
        "to an enrollment: it is postponed and not counted, and the next run asks before it sends again",
        .timeLimit(.minutes(20)),
        arguments: [
            (.html, "(HTML body ignored)"), (.redirected, "code: 302"), (.huge(10 << 20), "too large"),
            (.truncated(7), "connection"), (.statusAfterApplying(500), "code: 500"),
        ] as [(LMSFault, String)])
    func enrollment(fault: LMSFault, words: String) async throws {
        try await withProgramStage(.sqlite) { stage in
            try await stage.prepareLearners(2)
            stage.lms.fault(fault, on: .enroll, times: .max) {
                $0.json?["user"]?.string == Canary.username("l1")
            }
            let result = try await stage.run(environment: ["EDX_API_CLIENT_TIMEOUT": "10"])
            let line = try #require(result.log.first)
            #expect(line.contains(words) && line.contains(#""event":"item_postponed""#), "\(line)")
            #expect(
                result.log.dropFirst().filter { !$0.contains(#""level":"warning""#) } == [
                    JobsProgram.counted("partial", ["selected": 2, "enrolled": 1, "transient": 1], status: 3)
                ])
            #expect(result.log.contains { $0.contains(#""event":"many_calls_failed""#) })
            #expect(result.log.contains { $0.contains(#""event":"waiting_for_a_day""#) })
            #expect(result.ending == .exit(3))
            #expect(try await stage.finalState().contains("1: active verified 0, 0 audit rows"))
            try await stage.expectNoCanaryKept()
            stage.lms.heal()
            let sent = stage.lms.count(.enroll)
            let next = try await stage.run()
            next.expect(log: [JobsProgram.counted("ok", ["selected": 1, "enrolled": 1])])
            #expect(stage.lms.effects.count == 2)
            #expect(stage.lms.strays.isEmpty)
            let isApplied = ![.html, .redirected].contains(fault)
            #expect(stage.lms.count(.enroll) == sent + (isApplied ? 0 : 1))
        }
    }

    @Test(
        "to the question who is enrolled: nothing is sent, nothing is counted", .timeLimit(.minutes(20)),
        arguments: [LMSFault.html, .redirected, .huge(10 << 20), .truncated(7)])
    func list(fault: LMSFault) async throws {
        try await withProgramStage(.sqlite) { stage in
            try await stage.prepareLearners(2)
            stage.lms.fault(fault, on: .enrollmentList, times: .max)
            let result = try await stage.run()
            #expect([.exit(3), .exit(69)].contains(result.ending), "\(result.errors)")
            #expect(result.errorLines.count == 1, "\(result.log)")
            #expect(stage.lms.count(.enroll) == 0)
            #expect(stage.lms.strays.isEmpty)
            #expect(try await stage.count("item") == 0)
            stage.lms.heal()
            let next = try await stage.run()
            next.expect(log: [JobsProgram.counted("ok", ["selected": 2, "enrolled": 2])])
        }
    }

    @Test("401: the token is wrong. 78, one line, nothing is counted", arguments: Engine.allCases)
    func unauthorized(engine: Engine) async throws {
        try await withProgramStage(engine) { stage in
            try await stage.prepareScenario()
            let result = try await stage.run(environment: ["OPENEDX_SERVICE_WORKER_API_TOKEN": "\(Canary.word)-old"])
            #expect(result.ending == .exit(78))
            #expect(result.errorLines.count == 1, "\(result.log)")
            #expect(result.message?.contains("nothing was counted against an item") == true)
            #expect(try await stage.finalState().contains("6: active audit 4, 0 audit rows"))
            #expect(try await stage.ledger() == ["failed 78"])
        }
    }
}
