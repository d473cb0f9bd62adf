import Bytes
import Command
import HTTP
import Store
import Support
import Testing

@testable import Worker

/// What the engine keeps in its tables, the same on both engines.
@Suite("State")
struct StateTests {
    @Test("five failures for good park an item; failures for the moment never do", arguments: Engine.allCases)
    func items(engine: Engine) async throws {
        try await withStage(engine) { stage in
            let items = Items(of: "toy")
            let now = stage.clock.now
            try await stage.database.write { session in
                for _ in 1...10 { try items.postponed("a", "slow", for: .seconds(60), at: now, in: &session) }
                for count in 1...4 {
                    #expect(try items.failed("b", "no", at: now, in: &session) == count)
                }
                #expect(try items.parked(in: &session).isEmpty)
                #expect(try items.waiting(among: ["a", "b", "c"], at: now, in: &session) == ["a"])
                #expect(try items.waiting(among: ["a"], at: now + .seconds(60), in: &session) == [])
                #expect(try items.failed("b", "no again", at: now + .seconds(1), in: &session) == 5)
                #expect(
                    try items.parked(in: &session) == [
                        DeadLetter(key: "b", parkedAt: now + .seconds(1), failures: 5, problem: "no again")
                    ])
                _ = try items.failed("d", "poison", parks: true, at: now, in: &session)
                #expect(try items.parked(in: &session).map(\.key) == ["d", "b"])
                #expect(try items.requeue(["a", "b"], in: &session) == 1, "what is not parked is not requeued")
                #expect(try items.requeue(nil, in: &session) == 1)
                #expect(try items.parked(in: &session).isEmpty)
                try items.succeeded("a", in: &session)
                #expect(try items.waiting(among: ["a"], at: now, in: &session) == [])
            }
        }
    }

    @Test("waits grow to a limit, and are spread over their whole length")
    func backoff() {
        let backoff = Backoff(first: .seconds(10), limit: .seconds(60))
        var random = SeededGenerator(seed: 1)
        for (failures, longest) in [(1, 10), (2, 20), (3, 40), (4, 60), (99, 60)] {
            let waits = (0..<200).map { _ in backoff.wait(after: failures, using: &random) }
            #expect(waits.allSatisfy { $0 >= .zero && $0 <= .seconds(longest) })
            #expect((waits.max() ?? .zero) > .seconds(longest) * 9 / 10)
            #expect((waits.min() ?? .seconds(99)) < .seconds(longest) / 10)
        }
    }

    @Test(
        "a cursor moves with the page it covers, and leaves out what is younger than its lag",
        arguments: Engine.allCases)
    func cursor(engine: Engine) async throws {
        try await withStage(engine) { stage in
            let cursor = ChangeCursor("pages", of: "toy")
            let now = stage.clock.now
            @Sendable func position(_ seconds: Int, _ id: Int64) -> ChangeCursor.Position {
                ChangeCursor.Position(changedAt: now - .seconds(seconds), id: id)
            }
            try await stage.database.write { session in
                #expect(try cursor.position(in: &session) == nil)
                for id in 1...6 {
                    try session.execute(
                        """
                        INSERT INTO \(flows: "cursor") (job, name, changed_at, row_id, updated_at)
                        VALUES ('rows', \("\(id)"), \(now - .seconds(600 - 100 * ((id + 1) / 2))), \(id), \(now))
                        """)
                }
                func page(after position: ChangeCursor.Position?) throws -> [Int] {
                    let condition = ChangeCursor.condition(
                        after: position, lag: .seconds(350), at: now, changedAt: "changed_at", id: "row_id")
                    return try session.rows(
                        """
                        SELECT row_id FROM \(flows: "cursor") WHERE job = 'rows' AND \(sql: condition) ORDER BY row_id
                        """
                    ) { row in try row["row_id"] }
                }
                #expect(try page(after: nil) == [1, 2, 3, 4])
                #expect(try page(after: position(500, 1)) == [2, 3, 4])
                try cursor.advance(to: position(500, 2), at: now, in: &session)
                try cursor.advance(to: position(400, 3), at: now, in: &session)
                #expect(try cursor.position(in: &session) == position(400, 3))
                #expect(try page(after: cursor.position(in: &session)) == [4])
            }
        }
    }

    @Test(
        "an entry of the outbox is there once while it is open, and once for ever if it is a mail",
        arguments: Engine.allCases)
    func uniqueEntries(engine: Engine) async throws {
        try await withStage(engine) { stage in
            let now = stage.clock.now
            try await stage.database.write { session in
                func add(_ key: String, _ forEver: Bool) throws -> Bool {
                    try Queue.outbox.add(
                        "mail", key: key, payload: .object([]), uniqueForEver: forEver, due: now, at: now, in: &session)
                }
                #expect(try add("a", false))
                #expect(try !add("a", false))
                #expect(try add("b", true))
                let claimed = try Queue.outbox.claim("mail", limit: 9, for: .seconds(60), at: now, in: &session)
                #expect(claimed.map(\.key) == ["a", "b"])
                for entry in claimed { #expect(try Queue.outbox.finish(entry, at: now, in: &session)) }
                #expect(try !Queue.outbox.finish(claimed[0], at: now, in: &session))
                #expect(try add("a", false), "it was done, and is wanted again")
                #expect(try !add("b", true), "a mail is sent once")
                #expect(try Queue.outbox.backlog(in: &session) == Backlog(count: 1, oldest: now))
                #expect(try Queue.inbox.backlog(in: &session) == Backlog(count: 0, oldest: nil))
            }
        }
    }

    @Test(
        "an entry is claimed by one, again when that one died, and can be put back or parked",
        arguments: Engine.allCases)
    func claims(engine: Engine) async throws {
        try await withStage(engine) { stage in
            let now = stage.clock.now
            try await stage.database.write { session in
                for key in ["a", "b", "c"] {
                    try Queue.inbox.add(
                        "event", key: key, payload: .string(key), due: now, at: now, in: &session)
                }
                func claim(_ limit: Int, at instant: Timestamp) throws -> [Queue.Entry] {
                    try Queue.inbox.claim("event", limit: limit, for: .seconds(60), at: instant, in: &session)
                }
                let first = try claim(2, at: now)
                #expect(first.map(\.payload) == [.string("a"), .string("b")])
                let rest = try claim(9, at: now)
                #expect(rest.map(\.key) == ["c"])
                try Queue.inbox.putBack(rest[0], until: now + .seconds(10), "slow", at: now, in: &session)
                try Queue.inbox.putBack(first[1], until: nil, "broken", at: now, in: &session)
                #expect(try claim(9, at: now + .seconds(9)) == [])
                #expect(try claim(9, at: now + .seconds(10)).map(\.key) == ["c"])
                let again = try claim(9, at: now + .seconds(61))
                #expect(again.map(\.key) == ["a"], "whoever claimed it first is dead")
                #expect(again.map(\.attempts) == [2])
            }
        }
    }

    @Test("two claimants at once get different entries")
    func concurrentClaims() async throws {
        try await withStage(.postgres) { stage in
            let now = stage.clock.now
            try await stage.database.write { session in
                for key in 1...2 {
                    try Queue.outbox.add("x", key: "\(key)", payload: .null, due: now, at: now, in: &session)
                }
            }
            let other = try stage.otherConnection()
            let first = try await stage.database.write { session in
                let mine = try Queue.outbox.claim("x", limit: 1, for: .seconds(60), at: now, in: &session)
                return mine.map(\.key)
            }
            let second = try await other.write { session in
                try Queue.outbox.claim("x", limit: 1, for: .seconds(60), at: now, in: &session).map(\.key)
            }
            #expect(first == ["1"])
            #expect(second == ["2"])
        }
    }

    @Test("a rate limit holds across processes, and lets a burst out at once", arguments: Engine.allCases)
    func rates(engine: Engine) async throws {
        try await withStage(engine) { stage in
            let clock = stage.clock
            let limit = RateLimit("calls", perMinute: 60, burst: 3)
            let first = DatabaseRates(in: stage.database, time: clock.source, sleep: clock.sleep)
            let second = DatabaseRates(in: try stage.otherConnection(), time: clock.source, sleep: clock.sleep)
            let start = clock.steady
            for index in 0..<12 {
                try await (index % 2 == 0 ? first : second).admit(limit, before: clock.deadline(in: .seconds(60)))
            }
            #expect(clock.steady - start == .seconds(9), "three at once, then one a second")
            await #expect(throws: LimitError.tooLong(.seconds(1))) {
                try await first.admit(limit, before: clock.deadline(in: .milliseconds(500)))
            }
        }
    }

    @Test("a pause that the other side asked for holds for all, but no longer than an hour", arguments: Engine.allCases)
    func pause(engine: Engine) async throws {
        try await withStage(engine) { stage in
            let clock = stage.clock
            let limit = RateLimit("calls", perMinute: 60, burst: 3)
            let rates = DatabaseRates(in: stage.database, time: clock.source, sleep: clock.sleep)
            await rates.pause(limit, for: .seconds(90))
            await #expect(throws: LimitError.tooLong(.seconds(90))) {
                try await rates.admit(limit, before: clock.deadline(in: .seconds(60)))
            }
            clock.advance(by: .seconds(91))
            try await rates.admit(limit, before: clock.deadline(in: .seconds(60)))
            await rates.pause(limit, for: .seconds(86_400))
            clock.advance(by: .seconds(3600))
            try await rates.admit(limit, before: clock.deadline(in: .seconds(60)))
            // Written by a clock that has been set back since.
            clock.setWall(to: clock.now - .seconds(86_400))
            try await rates.admit(limit, before: clock.deadline(in: .seconds(60)))
        }
    }

    @Test("a lock is held by one at a time, waited for, and free after an error", arguments: Engine.allCases)
    func locks(engine: Engine) async throws {
        try await withStage(engine) { stage in
            let clock = stage.clock
            let mine = LeaseLocks(in: stage.database, owner: "a", time: clock.source, sleep: clock.sleep)
            let others = LeaseLocks(in: try stage.otherConnection(), owner: "b", time: clock.source, sleep: clock.sleep)
            let start = clock.steady
            try await mine.holding("user:11", wait: .seconds(5)) {
                await #expect(throws: LockBusy("user:11")) {
                    try await others.holding("user:11", wait: .seconds(5)) { Issue.record("held by two") }
                }
                #expect(clock.steady - start >= .seconds(5))
                try await others.holding("user:12", wait: .seconds(5)) {}
            }
            await #expect(throws: Failure.self) {
                try await mine.holding("user:11", wait: .zero) { throw Failure(.data, "x") }
            }
            #expect(try await others.holding("user:11", wait: .zero) { 7 } == 7)
        }
    }
}
