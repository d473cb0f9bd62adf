import Bytes
import Command
import Services
import Synchronization

/// What a run has counted so far, and whether it may go on. Shared by the tasks that work on items.
final class Tally: Sendable {
    /// After so many failures in a row that are not the items' own, the service counts as down and the run stops.
    let patience: Int
    /// How many problems the ledger keeps of a run.
    static let keptProblems = 20

    private let state = Mutex(State())

    init(patience: Int = 5) {
        self.patience = patience
    }

    private struct State {
        var counts: [Counter: Int] = [:]
        var problems: [String] = []
        var failed = 0
        var answers = 0
        var outages = 0
        /// Failures since the service last answered, which tell of an outage if it does not any more.
        var streak: [HeldFailure] = []
        var halt: (any Error)?
        var alarms: [(event: StaticString, fields: LogFields)] = []
    }

    /// A failure that is not logged before it is known whether the item or the service is the cause.
    struct HeldFailure: Sendable {
        let item: String
        let error: ServiceError
        let count: Int
        let exchange: JobContext.Exchange
    }

    func count(_ counter: Counter, by number: Int) {
        state.withLock { $0.counts[counter, default: 0] += number }
    }

    func value(of counter: Counter) -> Int {
        state.withLock { $0.counts[counter] ?? 0 }
    }

    /// Notes that the service answers, and returns the failures before, which were the items' own.
    func serviceAnswered(_ exchange: JobContext.Exchange) -> [HeldFailure] {
        state.withLock { state in
            state.answers += 1
            let released = state.streak.filter { exchange == .effect || $0.exchange == .question }
            state.streak.removeAll { exchange == .effect || $0.exchange == .question }
            return released
        }
    }

    /// Notes an item that failed; its problem is kept for the ledger.
    func failed(_ problem: String, count: Int = 1) {
        state.withLock { state in
            state.failed += count
            if state.problems.count < Self.keptProblems { state.problems.append(problem) }
        }
    }

    /// Notes a failure that may be the service's, and halts the run when there have been too many in a row.
    func held(_ failure: HeldFailure) {
        failed("\(failure.item): \(failure.error)", count: failure.count)
        state.withLock { state in
            state.outages += 1
            state.streak.append(failure)
            if state.streak.count >= patience, state.halt == nil { state.halt = Self.outage(state.streak) }
        }
    }

    /// Nothing new is begun from now on, and the run ends with `error`.
    func halt(_ error: any Error) {
        state.withLock { state in
            if state.halt == nil { state.halt = error }
        }
    }

    var isHalted: Bool { state.withLock { $0.halt != nil } }

    /// How the run ends: what halted it, or the failures that are still held. When every call failed, that is an outage too,
    /// however few they were.
    func conclusion() throws -> (failed: Int, held: [HeldFailure]) {
        try state.withLock { state in
            if let halt = state.halt { throw halt }
            if state.answers == 0, !state.streak.isEmpty { throw Self.outage(state.streak) }
            return (state.failed, state.streak)
        }
    }

    /// How often the service was asked in vain, and how often it was asked at all.
    var calls: (failed: Int, all: Int) {
        state.withLock { (failed: $0.outages, all: $0.outages + $0.answers) }
    }

    /// Adds what a part of the run counted.
    func take(over part: Tally) {
        let taken = part.state.withLock(\.self)
        for (event, fields) in taken.alarms { alarm(event, fields) }
        state.withLock { state in
            state.counts.merge(taken.counts, uniquingKeysWith: +)
            state.problems += taken.problems.prefix(max(0, Self.keptProblems - state.problems.count))
            state.failed += taken.failed
            state.answers += taken.answers
            state.outages += taken.outages
        }
    }

    func alarm(_ event: StaticString, _ fields: LogFields) {
        state.withLock { state in
            guard !state.alarms.contains(where: { "\($0.event)" == "\(event)" }) else { return }
            state.alarms.append((event: event, fields: fields))
        }
    }

    var alarms: [(event: StaticString, fields: LogFields)] { state.withLock(\.alarms) }

    var problems: [String] { state.withLock(\.problems) }

    private static func outage(_ streak: [HeldFailure]) -> Failure {
        let items = streak.reduce(0) { $0 + $1.count }
        guard let error = streak.last?.error else { return Failure(.unavailable, "a service does not answer") }
        let calls = streak.count == 1 ? "the call" : "\(streak.count) calls in a row"
        return Failure(
            error.isQuota ? .temporary : .unavailable,
            "\(error); \(calls) failed, so the run stops: nothing is lost or counted against the \(items) items, and a"
                + " later run tries again")
    }
}
