import Bytes

/// What statements answered, as the engine gave it: cheap to compare with an earlier answer, and read only if that differs.
public struct RowRecording: Sendable {
    /// The digest of statements and rows: equal digests from one engine mean equal answers. It depends on the engine, which
    /// hands over values in its own form, and on the order of rows.
    public let digest: Digest
    private let answers: [Answer]
    private let rows: [UInt8]
    private let dialect: Dialect

    /// One statement and where its rows stand.
    struct Answer: Sendable {
        let statement: String
        /// Of the columns; empty without rows.
        var names: [String] = []
        let table: String?
        var rows: Range<Int>
    }

    init(answers: [Answer], rows: [UInt8], dialect: Dialect) {
        var sha = SHA256()
        for answer in answers {
            let head = "\(answer.statement.utf8.count) \(answer.rows.count) \(answer.statement)"
            sha.update(head.utf8)
        }
        sha.update(rows)
        digest = sha.finalize()
        self.answers = answers
        self.rows = rows
        self.dialect = dialect
    }

    /// Runs `body` on what was recorded; it must issue the same statements in the same order.
    ///
    /// - Throws: ``StoreError``, or what `body` throws.
    public func replay<T>(_ body: (inout Session) throws -> T) throws -> T {
        try rows.withUnsafeBytes { bytes in
            var session = Session(ReplayConnection(answers, bytes, dialect))
            return try body(&session)
        }
    }
}

/// Runs statements on another connection and keeps their rows instead of handing them over.
final class RecordingConnection: Connection {
    private let connection: any Connection
    private var answers: [RowRecording.Answer] = []
    private var rows = RowBytes()

    init(_ connection: any Connection) {
        self.connection = connection
    }

    var dialect: Dialect { connection.dialect }

    func recording() -> RowRecording {
        RowRecording(answers: answers, rows: rows.bytes, dialect: dialect)
    }

    func run(_ statement: Statement, _ body: (borrowing Row) throws -> Void) throws -> Int {
        // Taken out for the whole statement: each access to a property of a class is checked.
        var rows = RowBytes()
        swap(&rows, &self.rows)
        defer { swap(&rows, &self.rows) }
        var answer = RowRecording.Answer(
            statement: "\(statement.text) \(statement.binds)", table: statement.table, rows: rows.count..<rows.count)
        let start = rows.count
        var isFirst = true
        let changed = try connection.run(statement) { row in
            if isFirst { answer.names = row.buffer.columnNames }
            isFirst = false
            for cell in row.buffer.cells { rows.append(cell) }
        }
        answer.rows = start..<rows.count
        answers.append(answer)
        return changed
    }

    func insert(
        into table: String, columns: [String], _ fill: (_ add: ([Bind]) throws -> Void) throws -> Void
    ) throws -> Int {
        throw StoreError(.invalidStatement, "only what is read can be recorded")
    }

    func changeMarker() throws -> String { try connection.changeMarker() }

    // The transaction is the other connection's.
    func begin(_ mode: AccessMode) {}
    func commit() {}
    func rollback() {}
}

/// Answers statements with what was recorded.
private final class ReplayConnection: Connection {
    let dialect: Dialect
    private var answers: ArraySlice<RowRecording.Answer>
    private let bytes: UnsafeRawBufferPointer

    init(_ answers: [RowRecording.Answer], _ bytes: UnsafeRawBufferPointer, _ dialect: Dialect) {
        self.answers = answers[...]
        self.bytes = bytes
        self.dialect = dialect
    }

    func run(_ statement: Statement, _ body: (borrowing Row) throws -> Void) throws -> Int {
        guard let answer = answers.popFirst(), answer.statement == "\(statement.text) \(statement.binds)" else {
            throw StoreError(.internal, "another statement was recorded than is replayed")
        }
        let buffer = try RowBuffer(names: answer.names, table: answer.table)
        let row = Row(buffer)
        var reader = RowBytesReader(bytes, answer.rows)
        while !reader.isAtEnd {
            buffer.row += 1
            for index in buffer.cells.indices { buffer.cells[index] = reader.next() }
            try body(row)
        }
        return 0
    }

    func insert(
        into table: String, columns: [String], _ fill: (_ add: ([Bind]) throws -> Void) throws -> Void
    ) throws -> Int {
        throw StoreError(.invalidStatement, "only what was read can be replayed")
    }

    func changeMarker() -> String { "" }

    func begin(_ mode: AccessMode) {}
    func commit() {}
    func rollback() {}
}
