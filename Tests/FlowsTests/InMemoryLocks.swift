import Worker

/// Locks among the tasks of this process. Nobody is waited for: a held lock is busy.
actor InMemoryLocks: Locks {
    private var held: Set<String> = []
    /// Every name that was ever held, in that order.
    private(set) var history: [String] = []

    private var next: (@Sendable () async throws -> Void)?

    /// The names that are held now.
    var names: Set<String> { held }

    func holding<T: Sendable>(
        _ name: String, wait: Duration, _ body: @Sendable () async throws -> T
    ) async throws -> T {
        if let next {
            self.next = nil
            try await next()
        }
        guard held.insert(name).inserted else { throw LockBusy(name) }
        history.append(name)
        defer { held.remove(name) }
        return try await body()
    }

    /// Something happens while the next lock is waited for.
    func beforeNext(_ body: @escaping @Sendable () async throws -> Void) {
        next = body
    }
}
