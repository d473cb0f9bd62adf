import Store
import Synchronization

/// A database that counts what is asked of it, and at which this process can end.
final class CountingTransactions: Transactions {
    struct Counts: Hashable {
        var reads = 0
        var writes = 0
        var statements = 0
    }

    /// The process has ended: nothing is read or written any more.
    struct Ended: Error {}

    private let database: Database
    private let state = Mutex(Counts())
    private let end = Mutex<Int?>(nil)

    init(_ database: Database) {
        self.database = database
    }

    var counts: Counts { state.withLock { $0 } }

    /// Ends the process before its write of that number, counted from 1.
    func end(beforeWrite number: Int) {
        end.withLock { $0 = counts.writes + number }
    }

    /// Another process goes on.
    func restart() {
        end.withLock { $0 = nil }
    }

    private func checkAlive(writes: Int) throws {
        if let last = end.withLock({ $0 }), counts.writes + writes >= last { throw Ended() }
    }

    func read<T: Sendable>(_ body: @Sendable (inout Session) throws -> T) async throws -> T {
        try checkAlive(writes: 0)
        return try await database.read { session in
            let result = try body(&session)
            count(session.statementCount, reads: 1)
            return result
        }
    }

    func write<T: Sendable>(_ body: @Sendable (inout Session) throws -> T) async throws -> T {
        try checkAlive(writes: 1)
        return try await database.write { session in
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
