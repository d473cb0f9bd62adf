/// One running transaction. It exists only inside the closure of ``Database/read(_:)`` or ``Database/write(_:)``.
public struct Session: ~Copyable {
    private let connection: any Connection

    /// The number of statements run so far, those that begin and end the transaction not counted.
    public private(set) var statementCount = 0

    init(_ connection: any Connection) {
        self.connection = connection
    }

    /// The engine at the other end.
    public var dialect: Dialect { connection.dialect }

    /// Runs the statement and hands over its rows one by one as they arrive.
    ///
    /// - Throws: ``StoreError``, or what `body` throws; the rows after it are then not delivered.
    public mutating func forEach(_ sql: SQL, _ body: (borrowing Row) throws -> Void) throws {
        statementCount += 1
        _ = try connection.run(Statement(sql, for: dialect), body)
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
        statementCount += 1
        return try connection.run(Statement(sql, for: dialect)) { _ in }
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
        statementCount += 1
        return try connection.insert(into: table, columns: columns, fill)
    }
}
