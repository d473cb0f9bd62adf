import Bytes
import Foundation
import Support
import Testing

/// Schedules of crashes, faults, changes in the middle and jumps of the clock, each drawn from a seed.
///
/// A schedule that fails prints its seed; `SEED=… swift test --filter ScheduleTests` plays it alone. `SCHEDULES` is how many are
/// played, on SQLite; a tenth as many are played on PostgreSQL.
@Suite("Schedules", .serialized)
struct ScheduleTests {
    /// As many at a time as share a database.
    private static let batches = 20

    private static func variable(_ name: String) -> UInt64? {
        ProcessInfo.processInfo.environment[name].flatMap { UInt64($0) }
    }

    private static func seeds(_ batch: Int, of count: UInt64) -> [UInt64] {
        if let seed = variable("SEED") { return batch == 0 ? [seed] : [] }
        return (1...count).filter { $0 % UInt64(batches) == UInt64(batch) }
    }

    /// `make soak` plays many more.
    private static let count = variable("SCHEDULES") ?? 200

    @Test("in the end every learner is where MITx Online has them, and nothing happened twice", arguments: 0..<batches)
    func sqlite(batch: Int) async throws {
        try await play(Self.seeds(batch, of: Self.count), on: .sqlite)
    }

    @Test("the same on PostgreSQL", arguments: 0..<batches)
    func postgres(batch: Int) async throws {
        try await play(Self.seeds(batch, of: Self.count / 10), on: .postgres)
    }

    private func play(_ seeds: [UInt64], on engine: Engine) async throws {
        guard !seeds.isEmpty else { return }
        try await withDatabase(engine, .jobs) { test in
            for seed in seeds {
                let schedule = RetrySchedule(seed: seed, stage: RetryStage(JobStage(test)))
                for problem in try await schedule.play() {
                    Issue.record("seed \(seed), \(engine): \(problem)\n\(schedule.story)")
                }
            }
        }
    }
}
