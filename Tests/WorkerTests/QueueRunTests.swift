import Bytes
import Command
import Services
import Store
import Support
import Synchronization
import Testing

@testable import Worker

/// What becomes of the entries of a queue, the same on both engines.
@Suite("Runs over a queue")
struct QueueRunTests {
    @Test("what is due is done once, kinds without a handler wait untouched", arguments: Engine.allCases)
    func done(engine: Engine) async throws {
        try await withStage(engine) { stage in
            try await stage.add("a", ["1", "2", "3"])
            try await stage.add("mail", ["1"])
            let journal = Journal()
            let outcome = try await stage.drain([QueueHandler("a") { entry, _ in journal.add(entry.key) }])
            #expect(journal.all.sorted() == ["1", "2", "3"])
            #expect(outcome.counts == "selected 3, done 3")
            #expect(try await stage.lines() == ["a 1 done", "a 2 done", "a 3 done", "mail 1 waits 0"])
            try await stage.drain([QueueHandler("a") { entry, _ in journal.add("again \(entry.key)") }])
            #expect(journal.all.count == 3)
        }
    }

    @Test("what fails for the moment waits, ever longer and as long as the service asks", arguments: Engine.allCases)
    func postponed(engine: Engine) async throws {
        try await withStage(engine) { stage in
            try await stage.add("a", ["1", "2"])
            let handler = QueueHandler("a") { entry, _ in
                if entry.key == "1" { throw Postponed("later") }
                throw ServiceError.busy(.seconds(1800))
            }
            // Jitter in these tests is a half.
            await #expect(throws: Failure.self) { try await stage.drain([handler]) }
            #expect(try await stage.dues() == [30, 1800])
            stage.clock.advance(by: .seconds(30))
            try await stage.drain([handler])
            #expect(try await stage.dues() == [90, 1800], "the second wait is up to two minutes")
            #expect(try await stage.parked() == [])
        }
    }

    @Test("a payload that is rejected is parked at once, what fails for good otherwise at the fifth time")
    func parked() async throws {
        try await withStage(.postgres) { stage in
            try await stage.add("a", ["1", "2", "3"])
            let calls = Journal()
            let handler = QueueHandler("a") { entry, _ in
                calls.add(entry.key)
                switch entry.key {
                case "1": throw ServiceError.refused(422)
                case "2": throw ServiceError.refused(409)
                default: throw QueueRejection("the payload is no object")
                }
            }
            for _ in 1...7 {
                try await stage.drain([handler])
                stage.clock.advance(by: .seconds(3600))
            }
            #expect(calls.all.sorted() == ["1", "2", "2", "2", "2", "2", "3"])
            #expect(
                try await stage.parked() == [
                    "a:1 service, call: 422", "a:3 the payload is no object", "a:2 service, call: 409",
                ])
            let now = stage.clock.now
            let freed = try await stage.database.write { session in
                try Queue.outbox.requeue(["a:2", "a:9"], at: now, in: &session)
            }
            #expect(freed == 1)
            for _ in 1...4 {
                try await stage.drain([handler])
                stage.clock.advance(by: .seconds(3600))
            }
            #expect(try await stage.parked().count == 2, "five failures anew")
            let all = try await stage.database.write { session in
                try Queue.outbox.requeue(nil, at: now, in: &session)
            }
            #expect(all == 2)
            try await stage.drain([QueueHandler("a") { _, _ in }])
            stage.clock.advance(by: .seconds(3600))
            try await stage.drain([QueueHandler("a") { _, _ in }])
            #expect(try await stage.lines() == ["a 1 done", "a 2 done", "a 3 done"])
        }
    }

    @Test("a parked entry gives way to a new one of its key; a mail stays what it is", arguments: Engine.allCases)
    func replaced(engine: Engine) async throws {
        try await withStage(engine) { stage in
            let now = stage.clock.now
            try await stage.add("a", ["1"])
            try await stage.drain([QueueHandler("a") { _, _ in throw QueueRejection("no") }])
            try await stage.add("a", ["1"])
            #expect(try await stage.lines() == ["a 1 done", "a 1 waits 0"])
            #expect(try await stage.parked() == [])
            let isNew = try await stage.database.write { session in
                func add() throws -> Bool {
                    try Queue.outbox.add(
                        "mail", key: "1", payload: .null, uniqueForEver: true, due: now, at: now, in: &session)
                }
                #expect(try add())
                return try add()
            }
            #expect(!isNew)
        }
    }

    @Test(
        "an event that comes while its entry is in hand is not lost, and the newest payload counts",
        arguments: Engine.allCases)
    func addedInHand(engine: Engine) async throws {
        try await withStage(engine) { stage in
            try await stage.add("a", ["1"], payload: .string("old"))
            let seen = Journal()
            let other = try stage.otherConnection()
            let now = stage.clock.now
            let handler = QueueHandler("a") { entry, _ in
                seen.add(entry.payload.string ?? "?")
                guard entry.payload.string == "old" else { return }
                for text in ["newer", "newest"] {
                    let isNew = try await other.write { session in
                        try Queue.outbox.add("a", key: "1", payload: .string(text), due: now, at: now, in: &session)
                    }
                    #expect(!isNew)
                }
            }
            try await stage.drain([handler])
            #expect(seen.all == ["old", "newest"])
            #expect(try await stage.lines() == ["a 1 done"])
        }
    }

    @Test("a service that is down, or refuses the credential, stops its own kind alone", arguments: Engine.allCases)
    func outage(engine: Engine) async throws {
        try await withStage(engine) { stage in
            try await stage.add("down", (1...60).map { "\($0)" })
            try await stage.add("locked", ["1", "2"])
            try await stage.add("up", (1...60).map { "\($0)" })
            let calls = Mutex(0)
            let handlers = [
                QueueHandler("down") { _, _ in
                    calls.withLock { $0 += 1 }
                    throw ServiceError.busy(nil)
                },
                QueueHandler("locked") { _, _ in throw ServiceError.denied }, QueueHandler("up") { _, _ in },
            ]
            let failure = await #expect(throws: Failure.self) { try await stage.drain(handlers) }
            #expect(failure?.status == .configuration)
            #expect(failure?.message.hasPrefix("locked: ") == true)
            #expect(calls.withLock(\.self) < 9, "five failures in a row, and those that were in hand")
            let backlogs = try await stage.database.read { session in try Queue.outbox.backlogs(in: &session) }
            #expect(backlogs.map { "\($0.kind) \($0.backlog.count)" } == ["down 60", "locked 2"])
            let claims = try await stage.claims()
            #expect(claims == 0, "what was not begun is given back")
        }
    }

    @Test("an entry past its horizon is parked with an alarm; a day of waiting is one, too", arguments: Engine.allCases)
    func horizon(engine: Engine) async throws {
        try await withStage(engine) { stage in
            try await stage.add("a", ["1"])
            var handler = QueueHandler("a") { _, _ in throw Postponed("later") }
            handler.horizon = .seconds(7 * 86_400)
            stage.clock.advance(by: .seconds(86_400))
            try await stage.drain([handler])
            #expect(stage.log.lines(of: "waiting_for_a_day").count == 1)
            #expect(try await stage.parked() == [])
            stage.clock.advance(by: .seconds(6 * 86_400))
            try await stage.drain([handler])
            #expect(stage.log.lines(of: "given_up").count == 1)
            #expect(try await stage.parked() == ["a:1 later"])
        }
    }

    @Test("what was done is forgotten after 30 days, but for keys that are taken for ever", arguments: Engine.allCases)
    func pruned(engine: Engine) async throws {
        try await withStage(engine) { stage in
            let now = stage.clock.now
            try await stage.add("a", ["1"])
            try await stage.database.write { session in
                _ = try Queue.outbox.add(
                    "a", key: "2", payload: .null, uniqueForEver: true, due: now, at: now, in: &session)
            }
            let handler = QueueHandler("a") { _, _ in }
            try await stage.drain([handler])
            stage.clock.advance(by: .seconds(30 * 86_400))
            try await stage.drain([handler])
            #expect(try await stage.lines() == ["a 1 done", "a 2 done"])
            stage.clock.advance(by: .seconds(1))
            try await stage.drain([handler])
            #expect(try await stage.lines() == ["a 2 done"])
        }
    }

    @Test("a limit takes the oldest; a dry run tells them and changes nothing", arguments: Engine.allCases)
    func limited(engine: Engine) async throws {
        try await withStage(engine) { stage in
            try await stage.add("a", ["1", "2"])
            try await stage.add("b", ["1"])
            let seen = Journal()
            let handlers = ["a", "b"].map { kind in QueueHandler(kind) { entry, _ in seen.add(entry.key) } }
            let told = Journal()
            let engine = stage.engine(announce: told.add)
            let dry = try await engine.run(stage.job(handlers), isDryRun: true)
            #expect(told.all == ["do a 1", "do a 2", "do b 1"])
            #expect(dry.counts == "selected 3")
            #expect(seen.all == [])
            #expect(try await stage.lines() == ["a 1 waits 0", "a 2 waits 0", "b 1 waits 0"])
            let outcome = try await engine.run(stage.job(handlers), limit: 1)
            #expect(outcome.counts == "selected 1, done 1")
            #expect(try await stage.lines() == ["a 1 done", "a 2 waits 0", "b 1 waits 0"])
        }
    }

    @Test("a stop claims nothing more, finishes what is in hand, and gives the rest back", arguments: Engine.allCases)
    func stopped(engine: Engine) async throws {
        try await withStage(engine) { stage in
            try await stage.add("a", (1...9).map { "\($0)" })
            let run = Mutex<Task<Outcome, any Error>?>(nil)
            let (started, signal) = AsyncStream.makeStream(of: Void.self)
            let handler = QueueHandler("a") { _, _ in
                for await _ in started { break }
                run.withLock { $0?.cancel() }
            }
            let task = Task { try await stage.drain([handler], atOnce: 1) }
            run.withLock { $0 = task }
            signal.yield()
            let outcome = try await task.value
            #expect(outcome.status == .done)
            #expect(try await stage.lines().filter { $0.hasSuffix("done") } == ["a 1 done"])
            #expect(try await stage.claims() == 0)
            try await stage.drain([QueueHandler("a") { _, _ in }])
            #expect(try await stage.lines().filter { !$0.hasSuffix("done") } == [])
        }
    }

    @Test("a death at any point loses no entry and doubles no effect", arguments: Engine.allCases)
    func death(engine: Engine) async throws {
        for point in EnginePoints.all {
            for pass in 1...6 {
                try await withStage(engine) { stage in
                    try await stage.add("a", ["1", "2", "3"])
                    let made = Mutex<Set<String>>([])
                    let handler = QueueHandler("a") { entry, context in
                        _ = try await context.perform(
                            Step<Void, Void>(
                                key: entry.name, summary: entry.name, digest: SHA256.hash(entry.key.utf8),
                                isWanted: { _ in true }, ask: { made.withLock { $0.contains(entry.key) ? () : nil } },
                                call: { #expect(made.withLock { $0.insert(entry.key).inserted }, "made twice") },
                                record: { _, session in
                                    _ = try Queue.outbox.finish(entry, at: context.time.now(), in: &session)
                                }))
                    }
                    let death = Death(at: point, pass: pass)
                    _ = try? await stage.engine(checkpoint: death.pass).run(stage.job([handler], atOnce: 2))
                    guard death.isDead else { return }
                    stage.clock.advance(by: .seconds(600))
                    try await stage.engine("host/2").run(stage.job([handler], atOnce: 2))
                    #expect(made.withLock { $0.count } == 3)
                    #expect(try await stage.lines() == ["a 1 done", "a 2 done", "a 3 done"], "\(point), \(pass)")
                }
            }
        }
    }

    @Test("a payload that is no JSON is refused, and the others go on")
    func malformed() async throws {
        try await withStage(.sqlite) { stage in
            try await stage.add("a", ["1", "2"])
            try await stage.database.write { session in
                _ = try session.execute("UPDATE \(flows: "outbox") SET payload = '{' WHERE key = '1'")
            }
            try await stage.drain([
                QueueHandler("a") { entry, _ in
                    if entry.payload.isNull { throw QueueRejection("no payload") }
                }
            ])
            #expect(try await stage.parked() == ["a:1 no payload"])
            #expect(stage.log.lines(of: "item_refused").count == 1)
        }
    }
}
