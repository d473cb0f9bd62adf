/// Short leases on a learner, a contract, a spreadsheet: what two jobs, or a job and the gateway, must not work on at once.
public protocol Locks: Sendable {
    /// Runs `body` while nobody else holds the lock `name`. It ends by itself after two minutes, should this process die.
    ///
    /// - Parameter wait: how long to wait for another holder.
    /// - Throws: ``LockBusy`` when the other one is not done by then, or what `body` throws.
    func holding<T: Sendable>(
        _ name: String, wait: Duration, _ body: @Sendable () async throws -> T
    ) async throws -> T
}

/// Somebody else holds the lock; it may be free later.
public struct LockBusy: Error, Hashable, Sendable {
    /// The name of the lock.
    public let name: String

    /// The lock `name` is held.
    public init(_ name: String) {
        self.name = name
    }
}
