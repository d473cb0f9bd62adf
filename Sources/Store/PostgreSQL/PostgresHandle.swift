import CPostgres

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// An open connection to a PostgreSQL server.
final class PostgresHandle {
    private let connection: OpaquePointer
    let place: StoreError.Place

    /// - Parameter timeout: the longest wait for one step of connecting, in seconds.
    init(connectingTo target: PostgresTarget, timeout: Int) throws(StoreError) {
        let started = CStrings.with(target.parameters.map(\.keyword)) { keywords in
            CStrings.with(target.parameters.map(\.value)) { values in PQconnectStartParams(keywords, values, 1) }
        }
        guard let opened = started else {
            throw StoreError(.internal, "out of memory", at: target.place)
        }
        connection = opened
        place = target.place
        // Verbose messages carry the SQLSTATE, and that is the same in every language.
        PQsetErrorVerbosity(connection, PQERRORS_VERBOSE)
        // Without one of our own, libpq prints the server's notices to standard error: no lines of the log, and a trigger's
        // may quote the row.
        PQsetNoticeProcessor(connection, { _, _ in }, nil)
        if try PostgresHandle.finishConnecting(opened, timeout: timeout, place: target.place) == PGRES_POLLING_FAILED {
            throw StoreError(connecting: opened, place: target.place)
        }
    }

    deinit {
        PQfinish(connection)
    }

    private static func finishConnecting(
        _ connection: OpaquePointer, timeout: Int, place: StoreError.Place
    ) throws(StoreError) -> PostgresPollingStatusType {
        guard PQstatus(connection) != CONNECTION_BAD else { return PGRES_POLLING_FAILED }
        var status = PGRES_POLLING_WRITING
        while status == PGRES_POLLING_READING || status == PGRES_POLLING_WRITING {
            let events = status == PGRES_POLLING_READING ? POLLIN : POLLOUT
            var socket = pollfd(fd: PQsocket(connection), events: Int16(events), revents: 0)
            let ready = poll(&socket, 1, Int32(clamping: timeout * 1000))
            if ready == 0 {
                throw StoreError(.cannotConnect, "the server did not answer in \(timeout) s", at: place)
            }
            if ready > 0 { status = PQconnectPoll(connection) }
        }
        return status
    }

    /// Set when the connection is in a state that only a new one gets out of.
    private var isGivenUp = false

    var isUsable: Bool { !isGivenUp && PQstatus(connection) == CONNECTION_OK }
    var isIdle: Bool { PQtransactionStatus(connection) == PQTRANS_IDLE }

    /// Runs statements without values and rows in one round trip; returns the tag of the last one.
    @discardableResult func execute(_ text: String) throws(StoreError) -> String {
        guard PQsendQuery(connection, text) == 1 else { throw lost() }
        var tag = ""
        var failure: StoreError?
        while let result = nextResult() {
            defer { PQclear(result) }
            if PQresultStatus(result) == PGRES_COMMAND_OK {
                tag = String(cString: PQcmdStatus(result))
            } else if failure == nil {
                failure = error(result, place: place)
            }
        }
        if let failure { throw failure }
        return tag
    }

    func run(_ statement: Statement, _ body: (borrowing Row) throws -> Void) throws -> Int {
        try send(statement)
        // Whatever happens, the connection takes no other statement before this one's results are gone.
        defer { drain() }
        guard PQsetSingleRowMode(connection) == 1 else { throw lost() }
        var place = place
        place.table = statement.table
        var buffer: RowBuffer?
        while let result = nextResult() {
            defer { PQclear(result) }
            switch PQresultStatus(result) {
            case PGRES_SINGLE_TUPLE:
                let current = try buffer ?? RowBuffer(names: columnNames(of: result), table: statement.table)
                buffer = current
                current.row += 1
                for index in current.cells.indices { current.cells[index] = cell(index, of: result) }
                try body(Row(current))
            case PGRES_TUPLES_OK, PGRES_COMMAND_OK:
                return changedRows(result)
            case PGRES_EMPTY_QUERY:
                throw StoreError(.invalidStatement, "the statement is empty", at: place)
            default:
                throw error(result, place: place)
            }
        }
        throw lost()
    }

    private func send(_ statement: Statement) throws(StoreError) {
        var texts: [String?] = []
        for value in statement.binds {
            let text = Dialect.postgres.text(of: value)
            if let text, text.utf8.contains(0) {
                throw StoreError(
                    .malformedValue, "PostgreSQL keeps no text with a NUL character",
                    at: StoreError.Place(database: place.database, table: statement.table))
            }
            texts.append(text)
        }
        let count = Int32(clamping: texts.count)
        let sent = CStrings.with(texts) { values in
            PQsendQueryParams(connection, statement.text, count, nil, values, nil, nil, 0)
        }
        guard sent == 1 else { throw lost() }
    }

    private func columnNames(of result: OpaquePointer) -> [String] {
        (0..<PQnfields(result)).map { String(cString: PQfname(result, $0)) }
    }

    private func cell(_ index: Int, of result: OpaquePointer) -> Cell {
        let column = Int32(truncatingIfNeeded: index)
        guard PQgetisnull(result, 0, column) == 0, let value = PQgetvalue(result, 0, column) else { return .null }
        let start = UnsafeRawPointer(value).assumingMemoryBound(to: UInt8.self)
        return Cell(text: UnsafeBufferPointer(start: start, count: Int(PQgetlength(result, 0, column))))
    }

    /// Rows that an INSERT, UPDATE, DELETE or MERGE changed; a SELECT changes none.
    private func changedRows(_ result: OpaquePointer) -> Int {
        if String(cString: PQcmdStatus(result)).hasPrefix("SELECT") { return 0 }
        return Int(String(cString: PQcmdTuples(result))) ?? 0
    }

    /// The next result of the current statement, nil after the last.
    ///
    /// A `COPY` would answer for ever that it waits for data; here no statement but ``beginCopy(_:)`` may start one.
    private func nextResult() -> OpaquePointer? {
        guard !isGivenUp, let result = PQgetResult(connection) else { return nil }
        let status = PQresultStatus(result)
        guard status == PGRES_COPY_IN || status == PGRES_COPY_OUT || status == PGRES_COPY_BOTH else { return result }
        isGivenUp = true
        PQclear(result)
        return nil
    }

    private func drain() {
        while let result = nextResult() { PQclear(result) }
    }

    /// Begins a `COPY … FROM STDIN`, to be followed by ``send(_:)`` and ``endCopy(failing:)``.
    func beginCopy(_ text: String) throws(StoreError) {
        guard PQsendQuery(connection, text) == 1, let result = PQgetResult(connection) else { throw lost() }
        defer { PQclear(result) }
        guard PQresultStatus(result) == PGRES_COPY_IN else {
            let failure = error(result, place: place)
            drain()
            throw failure
        }
    }

    func send(_ bytes: [UInt8]) throws(StoreError) {
        let sent = bytes.withUnsafeBytes { buffer in
            PQputCopyData(
                connection, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(clamping: buffer.count))
        }
        guard sent == 1 else { throw lost() }
    }

    /// Ends a `COPY`; when `failing`, the server undoes it.
    func endCopy(failing: Bool) throws(StoreError) {
        let ended = PQputCopyEnd(connection, failing ? "given up" : nil)
        guard ended == 1 else { throw lost() }
        var failure: StoreError?
        while let result = nextResult() {
            if PQresultStatus(result) != PGRES_COMMAND_OK, failure == nil { failure = error(result, place: place) }
            PQclear(result)
        }
        if let failure, !failing { throw failure }
    }

    private func error(_ result: OpaquePointer, place: StoreError.Place) -> StoreError {
        isUsable
            ? StoreError(postgres: result, place: place) : lost(StoreError(postgres: result, place: place).engineCode)
    }

    private func lost(_ engineCode: String? = nil) -> StoreError {
        StoreError(.connectionLost, "the connection to the server was lost", at: place, engineCode: engineCode)
    }
}
