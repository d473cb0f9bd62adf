import Bytes
import Command
import Store
import Synchronization

/// A lease that this process took, and until when it may rely on it.
final class HeldLease: Sendable {
    let lease: Lease
    let life: Duration
    /// The time of the steady clock until which nobody else can have taken it; nil once somebody has.
    private let safeUntil: Mutex<Duration?>

    init(_ lease: Lease, life: Duration, takenAt steady: Duration) {
        self.lease = lease
        self.life = life
        safeUntil = Mutex(steady + life)
    }

    /// Whether nobody else can have taken it over.
    func isHeld(_ time: TimeSource) -> Bool {
        safeUntil.withLock { until in until.map { time.steady() < $0 } ?? false }
    }

    /// Extends it in the database; false when somebody else has it.
    func renew(in database: Database, _ time: TimeSource) async throws -> Bool {
        let steady = time.steady()
        let isRenewed = try await database.write { session in
            try lease.renew(for: life, at: time.now(), in: &session)
        }
        safeUntil.withLock { until in until = isRenewed ? steady + life : nil }
        return isRenewed
    }

    /// Runs `body`, and keeps the lease alive for as long as that takes.
    func lasting<T: Sendable>(
        in database: Database, _ time: TimeSource, _ body: @Sendable () async throws -> T
    ) async throws -> T {
        // Not a child task: a signal cancels those at once, while calls in flight may go on for a while.
        let renewal = Task { await keepAlive(in: database, time) }
        defer { renewal.cancel() }
        return try await body()
    }

    /// A database that does not answer for a moment is no loss yet.
    private func keepAlive(in database: Database, _ time: TimeSource) async {
        while (try? await Task.sleep(for: life / 3)) != nil {
            guard (try? await renew(in: database, time)) ?? true else { return }
        }
    }
}
