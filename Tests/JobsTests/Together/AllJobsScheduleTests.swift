import Bytes
import Foundation
import Support
import Testing

/// Schedules of all jobs together, each drawn from a seed.
///
/// A schedule that fails prints its seed; `SEED=… swift test --filter AllJobsScheduleTests` plays it alone. `SCHEDULES` is how
/// many are played on SQLite, and a tenth as many on PostgreSQL.
@Suite("Schedules of all jobs", .serialized)
struct AllJobsScheduleTests {
    /// As many tests as share the seeds, so that a soak tells how far it is.
    private static let batches = 5

    private static func variable(_ name: String) -> UInt64? {
        ProcessInfo.processInfo.environment[name].flatMap { UInt64($0) }
    }

    private static func seeds(_ batch: Int, of count: UInt64) -> [UInt64] {
        if let seed = variable("SEED") { return batch == 0 ? [seed] : [] }
        guard count > 0 else { return [] }
        return (1...count).filter { $0 % UInt64(batches) == UInt64(batch) }
    }

    @Test(
        "in the end everything that was earned and asked for is there, once, and nothing waits", arguments: 0..<batches)
    func sqlite(batch: Int) async throws {
        try await play(Self.seeds(batch, of: Self.variable("SCHEDULES") ?? 30), on: .sqlite)
    }

    @Test("the same on PostgreSQL", arguments: 0..<batches)
    func postgres(batch: Int) async throws {
        try await play(Self.seeds(batch, of: Self.variable("SCHEDULES").map { $0 / 10 } ?? 5), on: .postgres)
    }

    private func play(_ seeds: [UInt64], on engine: Engine) async throws {
        for seed in seeds {
            try await withDatabase(engine, .jobs) { test in
                let schedule = try await JobsSchedule(seed: seed, test)
                for problem in try await schedule.play() {
                    Issue.record("seed \(seed), \(engine): \(problem)\n\(schedule.story)")
                }
            }
        }
    }
}
