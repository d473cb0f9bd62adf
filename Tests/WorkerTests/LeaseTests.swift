import Bytes
import Store
import Support
import Testing

@testable import Worker

@Suite("Lease")
struct LeaseTests {
    private static let life = Duration.seconds(120)

    private func take(_ stage: WorkerStage, _ owner: String, _ database: Database? = nil) async throws -> Lease? {
        let now = stage.clock.now
        return try await (database ?? stage.database).write { session in
            try Lease.take("job:toy", owner: owner, for: Self.life, at: now, in: &session)
        }
    }

    @Test("one holder at a time; the token grows each time it changes hands", arguments: Engine.everyRoute)
    func one(engine: Engine) async throws {
        try await withStage(engine) { stage in
            let first = try await take(stage, "a")
            #expect(first?.token == 1)
            #expect(try await take(stage, "b") == nil)
            try await stage.database.write { session in try first?.release(in: &session) }
            #expect(try await take(stage, "b")?.token == 2)
        }
    }

    @Test("an expired lease can be taken over, and its holder finds out before it writes", arguments: Engine.allCases)
    func fencing(engine: Engine) async throws {
        try await withStage(engine) { stage in
            let first = try #require(try await take(stage, "a"))
            stage.clock.advance(by: Self.life + .seconds(1))
            let second = try #require(try await take(stage, "b"))
            #expect(second.token == 2)
            await #expect(throws: LeaseLost.self) {
                try await stage.database.write { session in try first.confirm(in: &session) }
            }
            try await stage.database.write { session in try second.confirm(in: &session) }
            let now = stage.clock.now
            let isRenewed = try await stage.database.write { session in
                try first.renew(for: Self.life, at: now, in: &session)
            }
            #expect(!isRenewed)
            // Giving up what is another's changes nothing.
            try await stage.database.write { session in try first.release(in: &session) }
            #expect(try await take(stage, "c") == nil)
        }
    }

    @Test("a clock that was set back does not keep a dead holder's lease for a day", arguments: Engine.allCases)
    func clockSetBack(engine: Engine) async throws {
        try await withStage(engine) { stage in
            _ = try await take(stage, "a")
            stage.clock.setWall(to: stage.clock.now - .seconds(86_400))
            #expect(try await take(stage, "b")?.token == 2)
        }
    }

    @Test("a lease that is just being confirmed cannot be taken over before the transaction ends")
    func confirmedUntilCommit() async throws {
        try await withStage(.postgres) { stage in
            let first = try #require(try await take(stage, "a"))
            stage.clock.advance(by: Self.life + .seconds(1))
            let other = try stage.otherConnection()
            let journal = Journal()
            let (started, startedSignal) = AsyncStream.makeStream(of: Void.self)
            async let taken: Void = {
                for await _ in started { break }
                let lease = try await take(stage, "b", other)
                journal.add("taken \(lease?.token ?? 0)")
            }()
            try await stage.database.write { session in
                try first.confirm(in: &session)
                startedSignal.yield()
                // The other connection waits for the row's lock as long as this transaction lasts.
                for _ in 0..<400 where try session.waiters() == 0 {}
                #expect(try session.waiters() == 1)
                journal.add("written")
            }
            try await taken
            #expect(journal.all == ["written", "taken 2"])
        }
    }
}

extension Session {
    /// How many connections to this database wait for a lock.
    fileprivate mutating func waiters() throws -> Int {
        // Else the transaction would see the state of its first look.
        try execute("SELECT pg_stat_clear_snapshot()")
        return try first(
            """
            SELECT count(*) AS count, pg_sleep(0.005) AS pause FROM pg_stat_activity
            WHERE datname = current_database() AND wait_event_type = 'Lock'
            """
        ) { row in try row["count"] } ?? 0
    }
}
