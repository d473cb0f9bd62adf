import Bytes
import Dispatch
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

    @Test(
        "a start with a shorter lease does not take a longer one for that of a wrong clock", arguments: Engine.allCases)
    func otherLife(engine: Engine) async throws {
        try await withStage(engine) { stage in
            let now = stage.clock.now
            let long = try await stage.database.write { session in
                try Lease.take("job:toy", owner: "a", for: .seconds(86_400), at: now, in: &session)
            }
            #expect(long?.token == 1)
            stage.clock.advance(by: .seconds(3600))
            #expect(try await take(stage, "b") == nil)
        }
    }

    @Test("a lease that was given up is not renewed", arguments: Engine.allCases)
    func givenUp(engine: Engine) async throws {
        try await withStage(engine) { stage in
            let lease = try #require(try await take(stage, "a"))
            let now = stage.clock.now
            let isRenewed = try await stage.database.write { session in
                try lease.release(in: &session)
                return try lease.renew(for: Self.life, at: now, in: &session)
            }
            #expect(!isRenewed)
            #expect(try await take(stage, "b")?.token == 2)
        }
    }

    @Test("a lease that is just being confirmed cannot be taken over before the transaction ends")
    func confirmedUntilCommit() async throws {
        try await withStage(.postgres) { stage in
            let first = try #require(try await take(stage, "a"))
            stage.clock.advance(by: Self.life + .seconds(1))
            var options = DatabaseOptions()
            options.lockTimeout = 100
            let other = try Database(stage.locator, options: options)
            let (confirmed, signal) = AsyncStream.makeStream(of: Void.self)
            // Blocks the database's own thread, not one of the pool.
            let mayEnd = DispatchSemaphore(value: 0)
            let writing = Task {
                try await stage.database.write { session in
                    try first.confirm(in: &session)
                    signal.yield()
                    mayEnd.wait()
                }
            }
            for await _ in confirmed { break }
            let busy = await #expect(throws: StoreError.self) { try await take(stage, "b", other) }
            #expect(busy?.code == .busy)
            mayEnd.signal()
            try await writing.value
            #expect(try await take(stage, "b", other)?.token == 2)
        }
    }
}
