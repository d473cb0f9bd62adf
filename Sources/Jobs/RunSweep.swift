import Records
import Store
import Synchronization
import Worker

/// The runs that a run of the job goes through, and how far it came. It begins after the last one that the job before was done
/// with and goes round, so that a job that is killed or stopped every time comes to all of them.
final class RunSweep: Sendable {
    /// Where the order of the runs was left.
    static let cursor = ChangeCursor("runs", of: GenerateCertificates.name)

    /// The runs in the order in which they are worked on.
    let runs: [GradedRun]
    private let state: Mutex<State>

    private struct State {
        var done: Set<Int> = []
        /// How many of the first runs are all done.
        var prefix = 0
    }

    /// The runs, which are ordered by id: first those after `last`.
    init(_ runs: [GradedRun], after last: Int64?, limit: Int?) {
        let start = last.flatMap { last in runs.firstIndex { $0.id > last } } ?? 0
        let order = runs[start...] + runs[..<start]
        self.runs = Array(order.prefix(limit ?? order.count))
        state = Mutex(State())
    }

    /// Notes that a run is done. With several at once, those after one that is still at work are done again by the next job
    /// if this one is killed.
    func finished(_ run: GradedRun, in context: JobContext) async throws {
        let last = state.withLock { state -> GradedRun? in
            state.done.insert(run.id)
            let before = state.prefix
            while state.prefix < runs.count, state.done.contains(runs[state.prefix].id) { state.prefix += 1 }
            return state.prefix > before ? runs[state.prefix - 1] : nil
        }
        guard let last, !context.isDryRun else { return }
        let now = context.time.now()
        try await context.write { session in
            try Self.cursor.advance(
                to: ChangeCursor.Position(changedAt: now, id: Int64(last.id)), at: now, in: &session)
        }
    }
}
