import Support
import Testing

/// Each run says it once, counts nothing against anybody, and the one after the outage does it all.
@Suite("Open edX is down")
struct OutageTests {
    /// Calls are given up soon, so that a run of the tests is.
    private static let impatient = ["EDX_API_CLIENT_TIMEOUT": "1"]

    private static let consequence =
        "so the run stops: nothing is lost or counted against the 6 items, and a later run tries again"

    /// Runs the scenario `count` times while nothing works, then once when all does.
    private func expectOutage(
        _ stage: ProgramStage, runs count: Int = 1, environment: [String: String] = [:], status: Int32 = 69,
        saying text: String, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        try await stage.prepareScenario()
        let before = try await rows(stage)
        for _ in 0..<count {
            let variables = Self.impatient.merging(environment) { _, new in new }
            let result = try await stage.run(environment: variables, sourceLocation: sourceLocation)
            #expect(result.ending == .exit(status), "\(result.errors)", sourceLocation: sourceLocation)
            #expect(result.log.count == 1, "\(result.log)", sourceLocation: sourceLocation)
            let message = try #require(result.message, sourceLocation: sourceLocation)
            // A loaded machine may take longer than the limit.
            #expect(
                message.contains(text) || message.contains("no answer in time"), "\(message)",
                sourceLocation: sourceLocation)
            #expect(message.hasSuffix(Self.consequence), "\(message)", sourceLocation: sourceLocation)
            #expect(try await rows(stage) == before, sourceLocation: sourceLocation)
        }
        #expect(try await stage.ledger() == Array(repeating: "failed \(status)", count: count))
        #expect(try await stage.count("item") == 0)
        #expect(stage.lms.effects == [])
        try await stage.expectNoCanaryKept(sourceLocation: sourceLocation)
    }

    /// The enrollments that Open edX is to hear of; the one that only MITx Online has needs nobody.
    private func rows(_ stage: ProgramStage) async throws -> [String] {
        try await stage.finalState().filter { $0.first?.isNumber == true && !$0.hasPrefix("7:") }
    }

    private func expectRecovery(_ stage: ProgramStage, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        stage.lms.heal()
        let result = try await stage.run(sourceLocation: sourceLocation)
        let counts = ["selected": 6, "enrolled": 4, "unenrolled": 1, "permanent": 1, "gave_up": 1]
        #expect(
            result.log.last == JobsProgram.counted("partial", counts, status: 3), "\(result.errors)",
            sourceLocation: sourceLocation)
        #expect(stage.lms.effects.count == 6, sourceLocation: sourceLocation)
        #expect(try await stage.count("intent") == 0, sourceLocation: sourceLocation)
    }

    @Test(
        "for three hours: six runs, each with one line and 69; nothing is parked, and afterwards all are enrolled",
        .timeLimit(.minutes(20)), arguments: Engine.allCases)
    func threeHours(engine: Engine) async throws {
        try await withProgramStage(engine) { stage in
            stage.lms.randomFaults(seed: 1, percent: 100, [.status(503)])
            try await expectOutage(stage, runs: engine == .sqlite ? 6 : 2, saying: "Response - code: 503")
            try await expectRecovery(stage)
        }
    }

    @Test("it resets every connection", .timeLimit(.minutes(20)))
    func reset() async throws {
        try await withProgramStage(.sqlite) { stage in
            stage.lms.randomFaults(seed: 1, percent: 100, [.resetBeforeReading])
            try await expectOutage(stage, saying: "the connection")
            try await expectRecovery(stage)
        }
    }

    @Test("nobody listens there", .timeLimit(.minutes(20)))
    func refused() async throws {
        try await withProgramStage(.sqlite) { stage in
            try await expectOutage(
                stage, environment: ["OPENEDX_API_BASE_URL": "http://127.0.0.1:9"], saying: "connect")
            #expect(stage.lms.requestCount == 0)
            try await expectRecovery(stage)
        }
    }

    @Test("it hangs: a call is given up in the time that EDX_API_CLIENT_TIMEOUT says", .timeLimit(.minutes(20)))
    func hanging() async throws {
        try await withProgramStage(.sqlite) { stage in
            stage.lms.randomFaults(seed: 1, percent: 100, [.lost])
            try await stage.prepareScenario()
            let start = ContinuousClock.now
            let result = try await stage.run(environment: Self.impatient)
            // Two groups and an account, a second each; the standard limit would be a minute each.
            #expect(ContinuousClock.now - start < .seconds(50))
            #expect(result.ending == .exit(69))
            #expect(result.log.count == 1)
            // The registration, whose answer was lost, took effect; the next run finds the account.
            try await expectRecovery(stage)
            #expect(stage.lms.effects.filter { if case .accountCreated = $0 { true } else { false } }.count == 1)
        }
    }

    @Test("it asks for a long pause: 75, and the next run asks nothing until it is over", .timeLimit(.minutes(20)))
    func throttled() async throws {
        try await withProgramStage(.sqlite) { stage in
            try await stage.prepareLearners(2)
            stage.lms.fault(.throttled(retryAfter: 1800), on: .enrollmentList)
            let first = try await stage.run()
            #expect(first.ending == .exit(75))
            #expect(first.log.count == 1)
            #expect(first.message?.contains("429") == true)
            let requests = stage.lms.requestCount
            let second = try await stage.run()
            #expect(second.ending == .exit(75))
            #expect(second.log.count == 1)
            #expect(stage.lms.requestCount == requests)
            #expect(try await stage.ledger() == ["failed 75", "failed 75"])
            try await stage.pauseCalls(for: .zero)
            let third = try await stage.run()
            third.expect(log: [JobsProgram.counted("ok", ["selected": 2, "enrolled": 2])])
        }
    }
}
