/// One running transaction. It exists only inside the closure of ``Database/read(_:)`` or ``Database/write(_:)``.
///
/// After an error it takes no further statement, and is undone even if the error is caught: PostgreSQL works so, and the
/// engines must not differ. What may fail is better asked for in SQL, as by `ON CONFLICT DO NOTHING`.
public struct Session: ~Copyable {
    private let connection: any Connection

    /// The number of statements run so far, those that begin and end the transaction not counted.
    public private(set) var statementCount = 0

    private var hasFailed = false

    init(_ connection: any Connection) {
        self.connection = connection
    }

    /// The engine at the other end.
    public var dialect: Dialect { connection.dialect }

    /// Runs the statement and hands over its rows one by one as they arrive.
    ///
    /// - Throws: ``StoreError``, or what `body` throws; the rows after it are then not delivered.
    public mutating func forEach(_ sql: SQL, _ body: (borrowing Row) throws -> Void) throws {
        _ = try run { connection in try connection.run(Statement(sql, for: connection.dialect), body) }
    }

    /// Runs the statements of `body` and keeps what they answer, to be gone through later with ``RowRecording/replay(_:)``.
    ///
    /// Rows are not handed to the closures of `body`, which must issue the same statements whatever they answer.
    ///
    /// - Throws: ``StoreError``, or what `body` throws.
    public mutating func record(_ body: (inout Session) throws -> Void) throws -> RowRecording {
        let recorder = RecordingConnection(connection)
        var session = Session(recorder)
        defer { statementCount += session.statementCount }
        try body(&session)
        return recorder.recording()
    }

    /// The rows of the statement, each mapped by `body`.
    ///
    /// - Throws: as ``forEach(_:_:)``.
    public mutating func rows<T>(_ sql: SQL, _ body: (borrowing Row) throws -> T) throws -> [T] {
        var result: [T] = []
        try forEach(sql) { row in result.append(try body(row)) }
        return result
    }

    /// The first row of the statement mapped by `body`, nil when there is none. The statement should select only one.
    ///
    /// - Throws: as ``forEach(_:_:)``.
    public mutating func first<T>(_ sql: SQL, _ body: (borrowing Row) throws -> T) throws -> T? {
        var result: T?
        try forEach(sql) { row in
            if result == nil { result = try body(row) }
        }
        return result
    }

    /// Runs a statement that returns no rows, and returns how many rows it changed.
    ///
    /// - Throws: ``StoreError``.
    @discardableResult public mutating func execute(_ sql: SQL) throws -> Int {
        try run { connection in try connection.run(Statement(sql, for: connection.dialect)) { _ in } }
    }

    /// Inserts many rows at once and returns their number: a reused statement (SQLite) or `COPY` (PostgreSQL).
    ///
    /// Generated ids continue after the largest one inserted.
    ///
    /// ```swift
    /// try session.insert(into: "courses_course", columns: ["id", "title"]) { add in
    ///     for course in courses { try add([.int(course.id), .text(course.title)]) }
    /// }
    /// ```
    /// - Throws: ``StoreError``, or what `fill` throws.
    @discardableResult public mutating func insert(
        into table: String, columns: [String], _ fill: (_ add: ([Bind]) throws -> Void) throws -> Void
    ) throws -> Int {
        try run { connection in try connection.insert(into: table, columns: columns, fill) }
    }

    private mutating func run(_ body: (any Connection) throws -> Int) throws -> Int {
        try checkUsable()
        statementCount += 1
        hasFailed = true
        let changed = try body(connection)
        hasFailed = false
        return changed
    }

    /// - Throws: ``StoreError`` after a failed statement.
    func checkUsable() throws(StoreError) {
        guard !hasFailed else {
            throw StoreError(.invalidStatement, "the transaction went on after a failed statement, and was undone")
        }
    }
}
