import Command
import Services
import Store
import Support
import Testing

@testable import Worker

/// How runs end that are stopped, fail, or are started by hand.
@Suite("Endings of runs")
struct EndingTests {
    @Test("asked to stop, a run keeps its lease for as long as what it has in hand takes")
    func stoppedKeepsLease() async throws {
        try await withStage(.sqlite) { stage in
            let other = try stage.otherConnection()
            func engine(_ owner: String, _ database: Database) -> JobEngine {
                JobEngine(database: database, owner: owner, leaseLife: .seconds(10), log: stage.log.log, time: .system)
            }
            let (reached, signal) = AsyncStream.makeStream(of: Void.self)
            // Deaf to the signal, as a call in flight is.
            let mayEnd = Gate()
            let task = Task {
                try await engine("host/1", stage.database).run(
                    ToyJob { context in
                        signal.yield()
                        await mayEnd.pass()
                        try await context.write { session in
                            try session.execute(
                                "INSERT INTO \(flows: "rate") (name, next_at, paused_until) VALUES ('x', 0, 0)")
                        }
                    })
            }
            for await _ in reached { break }
            task.cancel()
            // Longer than the lease lasts without being renewed.
            try await Task.sleep(for: .seconds(12))
            #expect(try await engine("host/2", other).run(ToyJob()).didWork == false)
            await mayEnd.open()
            #expect(try await task.value.status == .done)
            #expect(try await stage.count("rate") == 1)
        }
    }

    @Test("a job that never went well is overdue from its first run on; a good run is remembered for more than a month")
    func neverWell() async throws {
        try await withStage(.sqlite) { stage in
            let failing = ToyJob { _ in throw Failure(.unavailable, "no luck") }
            for _ in 0..<4 {
                _ = try? await stage.engine().run(failing)
                stage.clock.advance(by: .seconds(1800))
            }
            #expect(try await stage.status().isOverdue)
            try await stage.engine().run(ToyJob())
            let good = stage.clock.now
            for _ in 0..<40 {
                stage.clock.advance(by: .seconds(86_400))
                _ = try? await stage.engine().run(failing)
            }
            #expect(try await stage.status().successAt == good)
            #expect(try await stage.status().isOverdue)
            try await stage.engine().run(ToyJob(), limit: 3)
            #expect(try await stage.status().isOverdue, "a run by hand on a part says nothing of the timer")
        }
    }

    @Test("a call that was not sent for want of the lease, the last one too, does not count as done")
    func withheld() async throws {
        try await withStage(.sqlite) { stage in
            let withheld = ServiceError("Fake", "call", .stopped, mayHaveHappened: false, detail: "stopped")
            let failure = await #expect(throws: Failure.self) {
                try await stage.engine().run(
                    ToyJob { context in
                        await context.forEach([1], atOnce: 1, name: { "item \($0)" }) { _ in throw withheld }
                    })
            }
            #expect(failure?.status == .temporary)
            let last = try await stage.status().last
            #expect(last?.outcome == .failed)
        }
    }

    @Test("a dry run and one that was stopped are no successes for the metrics")
    func didWork() async throws {
        try await withStage(.sqlite) { stage in
            let dry = try await stage.engine().run(ToyJob(), isDryRun: true)
            #expect(!dry.didWork)
            #expect(try await stage.engine().run(ToyJob()).didWork)
            let stopped = Task {
                try await stage.engine().run(ToyJob { _ in while !Task.isCancelled { await Task.yield() } })
            }
            stopped.cancel()
            #expect(try await stopped.value.didWork == false)
        }
    }
}

/// Holds whoever passes until it is opened, cancelled or not.
private actor Gate {
    private var isOpen = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    func open() {
        isOpen = true
        for continuation in waiting { continuation.resume() }
        waiting = []
    }

    func pass() async {
        if !isOpen { await withCheckedContinuation { waiting.append($0) } }
    }
}
