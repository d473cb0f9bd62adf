import Bytes
import Command
import Services
import Store
import Support
import Testing

@testable import Worker

@Suite("Engine")
struct EngineTests {
    @Test("a run is in the ledger from its begin to its end", arguments: Engine.everyRoute)
    func ledger(engine: Engine) async throws {
        try await withStage(engine) { stage in
            let outcome = try await stage.engine().run(
                ToyJob { context in
                    #expect(context.stamp == "job:toy#1")
                    let running = try await stage.status()
                    #expect(running.isRunning)
                    #expect(running.last?.endedAt == nil)
                    context.count(.done, by: 3)
                    stage.clock.advance(by: .seconds(7))
                })
            #expect(outcome.status == .done)
            #expect(outcome.didWork)
            let status = try await stage.status()
            #expect(!status.isRunning)
            #expect(status.last?.outcome == .ok)
            #expect(status.last?.status == 0)
            #expect(status.last?.owner == "host/1")
            #expect(status.successAt == stage.clock.now)
            let counters = try await stage.database.read { session in
                try session.first("SELECT counters FROM \(flows: "run")") { row in try row["counters"] as JSONValue }
            }
            #expect(counters?["done"]?.int == 3)
        }
    }

    @Test(
        "EDX-105 a second start ends with 0, says that the job is running, and writes nothing",
        arguments: Engine.everyRoute)
    func alreadyRunning(engine: Engine) async throws {
        try await withStage(engine) { stage in
            let other = try stage.otherConnection()
            _ = try await stage.engine().run(
                ToyJob { context in
                    let second = try await stage.engine("host/2", in: other).run(
                        ToyJob { _ in Issue.record("the second start did the work") })
                    #expect(second.status == .done)
                    #expect(!second.didWork)
                    #expect(try await stage.count("run") == 1)
                })
            #expect(stage.log.lines(of: "already_running").count == 1)
            #expect(try await stage.count("run") == 1)
        }
    }

    @Test("an item that fails for good makes the run end in part, and does not stop the others")
    func partial() async throws {
        try await withStage(.sqlite) { stage in
            let outcome = try await stage.engine().run(
                ToyJob { context in
                    await context.forEach(1...20, atOnce: 3, name: { "item \($0)" }) { item in
                        if item % 5 == 0 { throw ServiceError.refused }
                        context.count(.done)
                    }
                })
            #expect(outcome.status == .partly)
            let status = try await stage.status()
            #expect(status.last?.outcome == .partial)
            #expect(status.last?.problem == "item 5: Fake, call: 400 no")
            #expect(stage.log.lines(of: "item_refused").count == 4)
            let counters = try await stage.database.read { session in
                try session.first("SELECT counters FROM \(flows: "run")") { row in try row["counters"] as JSONValue }
            }
            #expect(counters?["done"]?.int == 16)
            #expect(counters?["permanent"]?.int == 4)
            let problems = try await stage.database.read { session in
                try session.first("SELECT problems FROM \(flows: "run")") { row in try row["problems"] as JSONValue }
            }
            #expect(problems?.array?.count == 4)
        }
    }

    @Test("what a run throws is in the ledger, and the lease is free for the next")
    func failure() async throws {
        try await withStage(.sqlite) { stage in
            await #expect(throws: Failure(.unavailable, "no luck")) {
                try await stage.engine().run(ToyJob { _ in throw Failure(.unavailable, "no luck") })
            }
            let status = try await stage.status()
            #expect(status.last?.outcome == .failed)
            #expect(status.last?.status == 69)
            #expect(status.last?.problem == "no luck")
            #expect(status.successAt == nil)
            #expect(try await stage.engine().run(ToyJob()).status == .done)
        }
    }

    @Test("a run that was killed is seen as such by the next, once its lease is over", arguments: Engine.allCases)
    func killed(engine: Engine) async throws {
        try await withStage(engine) { stage in
            await #expect(throws: Failure.self) {
                try await stage.engine(checkpoint: Death(at: EnginePoints.began).pass).run(ToyJob())
            }
            #expect(try await stage.engine().run(ToyJob()).didWork == false)
            stage.clock.advance(by: .seconds(121))
            #expect(try await stage.engine().run(ToyJob()).didWork)
            let outcomes: [String?] = try await stage.database.read { session in
                try session.rows("SELECT outcome FROM \(flows: "run") ORDER BY id") { row in try row["outcome"] }
            }
            #expect(outcomes == ["killed", "ok"])
        }
    }

    @Test("five failures in a row that are not the items' own stop the run, with one line and nothing counted")
    func outage() async throws {
        try await withStage(.sqlite) { stage in
            let journal = Journal()
            let failure = await #expect(throws: Failure.self) {
                try await stage.engine().run(
                    ToyJob { context in
                        await context.forEach(1...50, atOnce: 1, name: { "item \($0)" }) { item in
                            journal.add("\(item)")
                            if item > 3 { throw ServiceError.down }
                            context.serviceAnswered(.effect)
                        }
                    })
            }
            #expect(failure?.status == .unavailable)
            #expect(failure?.message.contains("5 calls in a row failed") == true)
            #expect(journal.all.count == 8)
            #expect(stage.log.lines(of: "item_postponed").isEmpty)
        }
    }

    @Test("failures between successes are the items' own: logged, and the run goes on to its end")
    func scattered() async throws {
        try await withStage(.sqlite) { stage in
            let outcome = try await stage.engine().run(
                ToyJob { context in
                    await context.forEach(1...50, atOnce: 1, name: { "item \($0)" }) { item in
                        if item % 2 == 0 { throw ServiceError.down }
                        context.serviceAnswered(.effect)
                    }
                })
            #expect(outcome.status == .partly)
            #expect(stage.log.lines(of: "item_postponed").count == 25)
        }
    }

    @Test("when every call failed, however few, that is an outage")
    func onlyFailures() async throws {
        try await withStage(.sqlite) { stage in
            let failure = await #expect(throws: Failure.self) {
                try await stage.engine().run(
                    ToyJob { context in context.failed("run X", count: 240, ServiceError.down) })
            }
            #expect(failure?.status == .unavailable)
            #expect(failure?.message.contains("240 items") == true)
        }
    }

    @Test("a wrong credential stops the run with 78 at once")
    func systemic() async throws {
        try await withStage(.sqlite) { stage in
            let journal = Journal()
            let failure = await #expect(throws: Failure.self) {
                try await stage.engine().run(
                    ToyJob { context in
                        await context.forEach(1...50, atOnce: 1, name: { "item \($0)" }) { item in
                            journal.add("\(item)")
                            throw ServiceError.unauthorized
                        }
                    })
            }
            #expect(failure?.status == .configuration)
            #expect(journal.all == ["1"])
        }
    }

    @Test("after the time limit nothing new is begun, and the timer is to start the job again")
    func timeLimit() async throws {
        try await withStage(.sqlite) { stage in
            let journal = Journal()
            let failure = await #expect(throws: Failure.self) {
                try await stage.engine().run(
                    ToyJob { context in
                        await context.forEach(1...50, atOnce: 1, name: { "item \($0)" }) { item in
                            journal.add("\(item)")
                            // The lease is kept alive by a task of real time, which this clock outruns.
                            stage.clock.advance(by: .seconds(601))
                        }
                    })
            }
            #expect(failure?.status == .temporary)
            #expect(journal.all == ["1"])
        }
    }

    @Test("asked to stop, a run finishes what it has in hand, begins nothing, and ends well")
    func stopped() async throws {
        try await withStage(.sqlite) { stage in
            let journal = Journal()
            let (reached, signal) = AsyncStream.makeStream(of: Void.self)
            let task = Task {
                try await stage.engine().run(
                    ToyJob { context in
                        await context.forEach(1...50, atOnce: 2, name: { "item \($0)" }) { item in
                            signal.yield()
                            while !Task.isCancelled { await Task.yield() }
                            journal.add("\(item)")
                        }
                    })
            }
            var iterator = reached.makeAsyncIterator()
            await iterator.next()
            await iterator.next()
            task.cancel()
            let outcome = try await task.value
            #expect(outcome.status == .done)
            #expect(journal.all.count == 2)
            #expect(try await stage.status().last?.outcome == .stopped)
        }
    }

    @Test(
        "a run that lost its lease writes no more, and leaves the ledger to its successor", arguments: Engine.allCases)
    func lostLease(engine: Engine) async throws {
        try await withStage(engine) { stage in
            let other = try stage.otherConnection()
            let failure = await #expect(throws: Failure.self) {
                try await stage.engine().run(
                    ToyJob { context in
                        stage.clock.advance(by: .seconds(121))
                        #expect(!context.mayBegin())
                        #expect(try await stage.engine("host/2", in: other).run(ToyJob()).didWork)
                        try await context.write { session in
                            try session.execute("DELETE FROM \(flows: "run")")
                        }
                        Issue.record("the write went through")
                    })
            }
            #expect(failure?.status == .temporary)
            #expect(failure?.message.contains("another has taken over") == true)
            let outcomes: [String?] = try await stage.database.read { session in
                try session.rows("SELECT outcome FROM \(flows: "run") ORDER BY id") { row in try row["outcome"] }
            }
            #expect(outcomes == ["killed", "ok"])
        }
    }

    @Test("a dry run takes no lease, leaves no trace, and tells what it would do", arguments: Engine.allCases)
    func dryRun(engine: Engine) async throws {
        try await withStage(engine) { stage in
            let told = Journal()
            let outcome = try await stage.engine(announce: told.add).run(
                ToyJob { context in
                    #expect(context.isDryRun)
                    let count = try await context.write { session in
                        try session.execute(
                            """
                            INSERT INTO \(flows: "rate") (name, next_at, paused_until) VALUES ('x', 0, 0)
                            """)
                    }
                    #expect(count == 1)
                    let ending = try await context.perform(
                        Step<Void, Void>(
                            key: "k", summary: "do it", digest: SHA256.hash([]), isWanted: { _ in true }, ask: { nil },
                            call: { Issue.record("it was done") }, record: { _, _ in }))
                    guard case .rehearsed = ending else {
                        Issue.record("the step was not rehearsed")
                        return
                    }
                }, isDryRun: true)
            #expect(outcome.status == .done)
            #expect(told.all == ["do it"])
            for table in ["rate", "run", "lease", "intent"] { #expect(try await stage.count(table) == 0, "\(table)") }
        }
    }

    @Test("without the tables, and with newer ones, the message says what to do", arguments: Engine.allCases)
    func tables(engine: Engine) async throws {
        try await withDatabase(engine, .tables) { test in
            let stage = WorkerStage(test)
            for isDryRun in [false, true] {
                let failure = await #expect(throws: Failure.self) {
                    try await stage.engine().run(ToyJob(), isDryRun: isDryRun)
                }
                #expect(failure?.status == .configuration)
                #expect(failure?.message.contains("mitxonline-jobs migrate") == true)
            }
            let now = stage.clock.now
            _ = try await Migration.apply(to: test.database, now: now)
            #expect(try await stage.engine().run(ToyJob()).status == .done)
            try await test.database.write { session in
                try session.execute("INSERT INTO \(flows: "migration") (version, applied_at) VALUES (99, \(now))")
            }
            let failure = await #expect(throws: Failure.self) { try await stage.engine().run(ToyJob()) }
            #expect(failure?.message.contains("newer program") == true)
        }
    }

    @Test("to find nothing to do takes eight statements beside the job's own", arguments: Engine.allCases)
    func statements(engine: Engine) async throws {
        try await withStage(engine) { stage in
            _ = try await stage.engine().run(ToyJob())
            let before = await stage.database.statementCount
            _ = try await stage.engine().run(ToyJob())
            #expect(await stage.database.statementCount - before == 8)
        }
    }

    @Test("a job is overdue when its last good run is older than twice its period and its time limit")
    func overdue() async throws {
        try await withStage(.sqlite) { stage in
            #expect(try await !stage.status().isOverdue, "it never ran")
            _ = try await stage.engine().run(ToyJob())
            stage.clock.advance(by: .seconds(2 * 1800 + 600))
            #expect(try await !stage.status().isOverdue)
            stage.clock.advance(by: .seconds(1))
            #expect(try await stage.status().isOverdue)
            _ = try? await stage.engine().run(ToyJob { _ in throw Failure(.unavailable, "no luck") })
            #expect(try await stage.status().isOverdue, "a run that failed is not a good one")
            _ = try await stage.engine().run(ToyJob())
            #expect(try await !stage.status().isOverdue)
        }
    }
}

extension ServiceError {
    static let refused = ServiceError("Fake", "call", .permanent, mayHaveHappened: false, status: 400, detail: "400 no")
    static let down = ServiceError(
        "Fake", "call", .unavailable(retryAfter: nil), mayHaveHappened: false, detail: "no answer")
    static let lost = ServiceError("Fake", "call", .temporary, mayHaveHappened: true, status: 500, detail: "500")
    static let unauthorized = ServiceError(
        "Fake", "call", .systemic, mayHaveHappened: false, status: 401, detail: "401")
}
