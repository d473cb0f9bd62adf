import Bytes

/// The PostgreSQL driver.
///
/// Everything it sets is set for one transaction, and no statement is prepared by name: behind a proxy that gives each
/// transaction another server connection, anything else is lost or leaks to strangers.
final class PostgresConnection: Connection {
    let dialect = Dialect.postgres
    private let target: PostgresTarget
    private let options: DatabaseOptions
    private var handle: PostgresHandle?

    init(url: String, environment: [String: String], options: DatabaseOptions) throws(StoreError) {
        target = try PostgresTarget(url: url, environment: environment)
        self.options = options
    }

    func begin(_ mode: AccessMode) throws(StoreError) {
        let head = head(of: mode)
        if let handle, handle.isUsable {
            do throws(StoreError) {
                try handle.execute(head)
                return
            } catch  where error.code == .connectionLost {
                // It broke while idle and nothing has been done on it: a new one serves as well.
            }
        }
        handle = nil
        let fresh = try PostgresHandle(connectingTo: target, timeout: options.connectTimeout)
        handle = fresh
        try fresh.execute(head)
    }

    /// A process that was stopped in the middle gives its locks up after a while. No statement here is worth being compiled: a server that expects many rows and finds none spends more time on that
    /// than on all the rest.
    private func head(of mode: AccessMode) -> String {
        let begin =
            switch mode {
            case .read: "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
            case .write: "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"
            }
        return """
            \(begin);
            SET LOCAL client_encoding = 'UTF8';
            SET LOCAL TimeZone = 'UTC';
            SET LOCAL DateStyle = 'ISO, YMD';
            SET LOCAL extra_float_digits = 1;
            SET LOCAL jit = off;
            SET LOCAL statement_timeout = \(options.statementTimeout);
            SET LOCAL lock_timeout = \(options.lockTimeout);
            SET LOCAL idle_in_transaction_session_timeout = \(options.statementTimeout)
            """
    }

    func commit() throws(StoreError) {
        let handle = try active()
        // In a failed transaction the server answers COMMIT with a rollback and calls it success.
        guard try handle.execute("COMMIT") == "COMMIT" else {
            throw StoreError(.internal, "the server undid the transaction", at: handle.place)
        }
    }

    func rollback() {
        guard let handle, !handle.isIdle else { return }
        if (try? handle.execute("ROLLBACK")) == nil { self.handle = nil }
    }

    func run(_ statement: Statement, _ body: (borrowing Row) throws -> Void) throws -> Int {
        try active().run(statement, body)
    }

    func insert(
        into table: String, columns: [String], _ fill: (_ add: ([Bind]) throws -> Void) throws -> Void
    ) throws -> Int {
        let handle = try active()
        let names = columns.map(SQL.quoted).joined(separator: ", ")
        try handle.beginCopy("COPY \(SQL.quoted(table)) (\(names)) FROM STDIN")
        var buffer = CopyBuffer()
        var count = 0
        do {
            try fill { values in
                guard values.count == columns.count else { throw StoreError.wrongWidth(table, row: count + 1) }
                buffer.append(values)
                count += 1
                if buffer.isFull { try handle.send(buffer.takeBytes()) }
            }
            try handle.send(buffer.takeBytes())
        } catch {
            try? handle.endCopy(failing: true)
            throw error
        }
        try handle.endCopy(failing: false)
        if count > 0 { try advanceSequences(of: table, columns, on: handle) }
        return count
    }

    /// Lets generated values continue after the largest one stored. `COPY` does not do so by itself.
    private func advanceSequences(of table: String, _ columns: [String], on handle: PostgresHandle) throws {
        let name = SQL.quoted(table)
        let sequences: SQL = """
            SELECT attname AS name, pg_get_serial_sequence(\(name), attname) AS sequence FROM pg_attribute
            WHERE attrelid = \(name)::regclass AND attname \(in: columns)
            """
        var found: [(column: String, sequence: String)] = []
        _ = try handle.run(Statement(sequences, for: dialect)) { row in
            if let sequence: String = try row["sequence"] {
                found.append((column: try row["name"], sequence: sequence))
            }
        }
        for (column, sequence) in found {
            let advance: SQL = """
                SELECT setval(\(sequence)::regclass, last) AS last
                FROM (SELECT max(\(identifier: column)) AS last FROM \(identifier: table)) AS stored
                WHERE last > coalesce(pg_sequence_last_value(\(sequence)::regclass), 0)
                """
            _ = try handle.run(Statement(advance, for: dialect)) { _ in }
        }
    }

    func changeMarker() throws -> String {
        var marker: String?
        do {
            try begin(.read)
            // With the transactions under way: one may commit that is older than others that have ended.
            let statement: SQL = "SELECT CAST(pg_current_snapshot() AS text) AS marker"
            _ = try run(Statement(statement, for: dialect)) { row in marker = try row["marker"] }
            try commit()
        } catch {
            rollback()
            throw error
        }
        guard let marker else { throw StoreError(.internal, "the server told no snapshot", at: target.place) }
        return marker
    }

    private func active() throws(StoreError) -> PostgresHandle {
        guard let handle else { throw StoreError(.internal, "no transaction is running", at: target.place) }
        return handle
    }
}
