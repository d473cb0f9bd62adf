import Store
import Synchronization

/// A database that counts what is asked of it, and can refuse or precede a write.
final class CountingTransactions: Transactions {
    struct Counts: Hashable {
        var reads = 0
        var writes = 0
        var statements = 0
    }

    private let database: Database
    private let state = Mutex(Counts())

    init(_ database: Database) {
        self.database = database
    }

    var counts: Counts { state.withLock { $0 } }

    func read<T: Sendable>(_ body: @Sendable (inout Session) throws -> T) async throws -> T {
        try await database.read { session in
            let result = try body(&session)
            count(session.statementCount, reads: 1)
            return result
        }
    }

    func write<T: Sendable>(_ body: @Sendable (inout Session) throws -> T) async throws -> T {
        try await database.write { session in
            let result = try body(&session)
            count(session.statementCount, writes: 1)
            return result
        }
    }

    private func count(_ statements: Int, reads: Int = 0, writes: Int = 0) {
        state.withLock {
            $0.reads += reads
            $0.writes += writes
            $0.statements += statements
        }
    }
}
