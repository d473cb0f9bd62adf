import Worker

/// Locks among the tasks of this process. Nobody is waited for: a held lock is busy.
actor InMemoryLocks: Locks {
    private var held: Set<String> = []
    /// Every name that was ever held, in that order.
    private(set) var history: [String] = []

    /// The names that are held now.
    var names: Set<String> { held }

    func holding<T: Sendable>(
        _ name: String, wait: Duration, _ body: @Sendable () async throws -> T
    ) async throws -> T {
        guard held.insert(name).inserted else { throw LockBusy(name) }
        history.append(name)
        defer { held.remove(name) }
        return try await body()
    }

    /// Somebody else takes the lock and keeps it.
    func occupy(_ name: String) {
        held.insert(name)
    }
}
