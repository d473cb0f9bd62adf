import Bytes
import Command
import Services
import Store
import Support
import Synchronization
import Testing

@testable import Worker

/// An outside system with one effect: a number that grows.
private final class Outside: Sendable {
    private let state = Mutex((done: 0, asked: 0, called: 0))

    var done: Int { state.withLock(\.done) }
    var asked: Int { state.withLock(\.asked) }
    var called: Int { state.withLock(\.called) }

    func ask() -> Int? {
        state.withLock { state in
            state.asked += 1
            return state.done > 0 ? state.done : nil
        }
    }

    func call() -> Int {
        state.withLock { state in
            state.called += 1
            state.done += 1
            return state.done
        }
    }
}

@Suite("Step")
struct StepTests {
    private func step(
        _ outside: Outside, isWanted: Bool = true, asking: (any Error)? = nil,
        call: (@Sendable () async throws -> Int)? = nil
    ) -> Step<Int, Int> {
        Step(
            key: "k", summary: "add one", digest: SHA256.hash("add".utf8), isWanted: { _ in isWanted },
            ask: {
                if let asking { throw asking }
                return outside.ask()
            }, call: call ?? { outside.call() },
            record: { answer, session in
                try session.execute(
                    "INSERT INTO \(flows: "rate") (name, next_at, paused_until) VALUES ('result', \(answer), 0)")
                return answer
            })
    }

    private func results(_ stage: WorkerStage) async throws -> [Int] {
        try await stage.database.read { session in
            try session.rows("SELECT next_at FROM \(flows: "rate")") { row in try row["next_at"] }
        }
    }

    @Test("intent, call, result: and nothing of the intent stays", arguments: Engine.allCases)
    func plain(engine: Engine) async throws {
        try await withStage(engine) { stage in
            let outside = Outside()
            _ = try await stage.engine().run(
                ToyJob { context in
                    let step = step(outside) {
                        let intents = (try? await stage.count("intent")) ?? 0
                        #expect(intents == 1, "the intent is there before the call")
                        return outside.call()
                    }
                    guard case .done(1) = try await context.perform(step) else {
                        Issue.record("not done")
                        return
                    }
                })
            #expect(outside.done == 1)
            #expect(outside.asked == 0, "what was never tried need not be asked")
            #expect(try await results(stage) == [1])
            #expect(try await stage.count("intent") == 0)
        }
    }

    @Test(
        "killed at any point, a second run ends in the same state, and the effect is there once",
        arguments: [EnginePoints.writing, .init("step.intended"), .init("step.answered"), EnginePoints.written], [1, 2])
    func killed(point: FaultPoint, pass: Int) async throws {
        try await withStage(.sqlite) { stage in
            let outside = Outside()
            let job = ToyJob { context in _ = try await context.perform(step(outside)) }
            let death = Death(at: point, pass: pass)
            _ = try? await stage.engine(checkpoint: death.pass).run(job)
            stage.clock.advance(by: .seconds(200))
            if try await results(stage).isEmpty { _ = try await stage.engine().run(job) }
            #expect(outside.done == 1)
            #expect(try await results(stage) == [1])
            #expect(try await stage.count("intent") == 0)
        }
    }

    @Test("what is not wanted any more is not called")
    func unwanted() async throws {
        try await withStage(.sqlite) { stage in
            let outside = Outside()
            _ = try await stage.engine().run(
                ToyJob { context in
                    guard case .unwanted = try await context.perform(step(outside, isWanted: false)) else {
                        Issue.record("it was wanted")
                        return
                    }
                })
            #expect(outside.called == 0)
            #expect(try await stage.count("intent") == 0)
        }
    }

    @Test("a call that surely had no effect leaves no intent; one that may have had leaves it, and is asked about")
    func failures() async throws {
        try await withStage(.sqlite) { stage in
            let outside = Outside()
            for (error, open) in [(ServiceError.refused, 0), (.down, 0), (.lost, 1)] {
                _ = try? await stage.engine().run(
                    ToyJob { context in
                        do {
                            _ = try await context.perform(
                                step(outside) {
                                    if error.mayHaveHappened { _ = outside.call() }
                                    throw error
                                })
                            Issue.record("it did not fail")
                        } catch is ServiceError {
                        }
                    })
                #expect(try await stage.count("intent") == open, "\(error)")
            }
            _ = try await stage.engine().run(ToyJob { context in _ = try await context.perform(step(outside)) })
            #expect(outside.done == 1)
            #expect(outside.asked == 1)
            #expect(try await results(stage) == [1])
        }
    }

    @Test("an ask that fails leaves the intent, so that the next run asks again and nothing is done twice")
    func failingAsk() async throws {
        try await withStage(.sqlite) { stage in
            let outside = Outside()
            let lost = ToyJob { context in
                _ = try? await context.perform(
                    step(outside) {
                        _ = outside.call()
                        throw ServiceError.lost
                    })
            }
            try await stage.engine().run(lost)
            for error in [ServiceError.down, .refused] {
                try await stage.engine().run(
                    ToyJob { context in
                        _ = try? await context.perform(step(outside, asking: error))
                    })
                #expect(try await stage.count("intent") == 1, "\(error)")
            }
            try await stage.engine().run(ToyJob { context in _ = try await context.perform(step(outside)) })
            #expect(outside.done == 1)
            #expect(try await results(stage) == [1])
        }
    }

    @Test("what is known needs neither intent nor call")
    func known() async throws {
        try await withStage(.sqlite) { stage in
            let outside = Outside()
            _ = try await stage.engine().run(
                ToyJob { context in
                    var step = step(outside)
                    step.knowledge = .present(7)
                    guard case .done(7) = try await context.perform(step) else {
                        Issue.record("not done")
                        return
                    }
                })
            #expect(outside.called == 0)
            #expect(try await results(stage) == [7])
        }
    }

    @Test("what is done once for ever is never done again", arguments: Engine.allCases)
    func once(engine: Engine) async throws {
        try await withStage(engine) { stage in
            let outside = Outside()
            let job = ToyJob { context in
                var step = step(outside)
                step.isOnceForEver = true
                _ = try await context.perform(step)
                guard case .alreadyDone = try await context.perform(step) else {
                    Issue.record("it was done again")
                    return
                }
            }
            _ = try await stage.engine().run(job)
            #expect(outside.called == 1)
            #expect(try await stage.status().openIntents.count == 0)
        }
    }

    @Test("what is found done is recorded once for ever too")
    func onceKnown() async throws {
        try await withStage(.sqlite) { stage in
            let outside = Outside()
            try await stage.engine().run(
                ToyJob { context in
                    var step = step(outside)
                    step.isOnceForEver = true
                    step.knowledge = .present(7)
                    guard case .done(7) = try await context.perform(step),
                        case .alreadyDone = try await context.perform(step)
                    else {
                        Issue.record("not once")
                        return
                    }
                })
            #expect(outside.called == 0)
            #expect(try await results(stage) == [7])
        }
    }

    @Test("a process that was stopped between intent and call until another took over does not call any more")
    func stoppedBeforeCall() async throws {
        try await withStage(.sqlite) { stage in
            let outside = Outside()
            let failure = await #expect(throws: Failure.self) {
                let checkpoint: Checkpoint = { point in
                    if point == EnginePoints.intended { stage.clock.advance(by: .seconds(121)) }
                }
                try await stage.engine(checkpoint: checkpoint).run(
                    ToyJob { context in
                        await context.forEach([1], atOnce: 1, name: { "item \($0)" }) { _ in
                            _ = try await context.perform(step(outside))
                        }
                    })
            }
            #expect(failure?.status == .temporary)
            #expect(outside.called == 0)
        }
    }

    @Test("a step takes four statements beside its own")
    func statements() async throws {
        try await withStage(.sqlite) { stage in
            let outside = Outside()
            _ = try await stage.engine().run(
                ToyJob { context in
                    let before = await stage.database.statementCount
                    _ = try await context.perform(step(outside))
                    // Lease and intent; lease, the result and the intent again.
                    #expect(await stage.database.statementCount - before == 5)
                })
        }
    }
}
