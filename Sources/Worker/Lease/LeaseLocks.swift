import Bytes
import Command
import Store

/// Locks as rows of the lease table, so that they hold across processes and hosts.
public struct LeaseLocks: Locks {
    private static let life = Duration.seconds(120)
    private static let pause = Duration.milliseconds(200)

    private let database: Database
    private let owner: String
    private let time: TimeSource
    private let sleep: Sleep

    /// Locks in `database`, held in the name of `owner`.
    public init(
        in database: Database, owner: String, time: TimeSource,
        sleep: @escaping Sleep = { try await Task.sleep(for: $0) }
    ) {
        self.database = database
        self.owner = owner
        self.time = time
        self.sleep = sleep
    }

    public func holding<T: Sendable>(
        _ name: String, wait: Duration, _ body: @Sendable () async throws -> T
    ) async throws -> T {
        let lease = try await take(name, wait: wait)
        do {
            let result = try await lease.lasting(in: database, time, body)
            try await release(lease)
            return result
        } catch {
            // The error of the body is the one to tell; a lock that cannot be released ends by itself.
            try? await release(lease)
            throw error
        }
    }

    private func take(_ name: String, wait: Duration) async throws -> HeldLease {
        let end = time.steady() + wait
        while true {
            let start = time.steady()
            let lease = try await database.write { session in
                try Lease.take("lock:\(name)", owner: owner, for: Self.life, at: time.now(), in: &session)
            }
            if let lease { return HeldLease(lease, life: Self.life, takenAt: start) }
            guard time.steady() < end else { throw LockBusy(name) }
            try await sleep(Self.pause)
        }
    }

    private func release(_ lease: HeldLease) async throws {
        try await database.write { session in try lease.lease.release(in: &session) }
    }
}

/// Waits for so long; a test lets a clock of its own pass instead. Throws when the program is stopping.
public typealias Sleep = @Sendable (Duration) async throws -> Void
