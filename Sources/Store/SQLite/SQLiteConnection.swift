import CSQLite

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The SQLite driver. One file has two handles: readers must be able to open a file that they may not write.
final class SQLiteConnection: Connection {
    let dialect = Dialect.sqlite
    private let path: String
    private let options: DatabaseOptions
    private var reader: SQLiteHandle?
    private var writer: SQLiteHandle?
    private var current: SQLiteHandle?
    /// The file that the reader has open, as ``changeMarker()`` saw it; another one may have taken its name since.
    private var watched: FileIdentity?
    /// How often a file was opened to be watched: the counters of two openings cannot be compared.
    private var openings = 0

    init(path: String, options: DatabaseOptions) {
        self.path = path
        self.options = options
    }

    func begin(_ mode: AccessMode) throws(StoreError) {
        let handle = try handle(for: mode)
        try handle.execute(mode == .read ? "BEGIN" : "BEGIN IMMEDIATE")
        current = handle
    }

    func commit() throws(StoreError) {
        try active().execute("COMMIT")
        current = nil
    }

    func rollback() {
        guard let handle = current else { return }
        current = nil
        // SQLite itself ends the transaction on some errors; a handle that is still inside one is given up.
        if (try? handle.execute("ROLLBACK")) == nil, handle.isInTransaction {
            if handle === reader { reader = nil } else { writer = nil }
        }
    }

    func run(_ statement: Statement, _ body: (borrowing Row) throws -> Void) throws -> Int {
        let handle = try active()
        let prepared = try handle.prepare(statement.text, table: statement.table)
        try prepared.bind(statement.binds)
        let before = handle.totalChanges
        let buffer = try RowBuffer(names: prepared.columnNames, table: statement.table)
        let row = Row(buffer)
        while try prepared.step() {
            buffer.row += 1
            for index in buffer.cells.indices { buffer.cells[index] = prepared.cell(index) }
            try body(row)
        }
        return handle.totalChanges == before ? 0 : handle.changes
    }

    func insert(
        into table: String, columns: [String], _ fill: (_ add: ([Bind]) throws -> Void) throws -> Void
    ) throws -> Int {
        let names = columns.map(SQL.quoted).joined(separator: ", ")
        let places = columns.indices.map { dialect.placeholder($0 + 1) }.joined(separator: ", ")
        let prepared = try active().prepare(
            "INSERT INTO \(SQL.quoted(table)) (\(names)) VALUES (\(places))", table: table)
        var count = 0
        try fill { values in
            guard values.count == columns.count else { throw StoreError.wrongWidth(table, row: count + 1) }
            prepared.reset()
            try prepared.bind(values)
            _ = try prepared.step()
            count += 1
        }
        return count
    }

    func changeMarker() throws -> String {
        let file = try FileIdentity(ofFileAt: path)
        if file != watched || reader == nil {
            reader = nil
            watched = nil
            openings += 1
        }
        let handle = try handle(for: .read)
        watched = file
        let statement = try handle.prepare("PRAGMA data_version", table: nil)
        guard try statement.step() else { throw StoreError(.internal, "no data_version", at: handle.place) }
        return "\(openings) \(statement.cell(0).integer)"
    }

    private func active() throws(StoreError) -> SQLiteHandle {
        guard let current else { throw StoreError(.internal, "no transaction is running") }
        return current
    }

    private func handle(for mode: AccessMode) throws(StoreError) -> SQLiteHandle {
        switch mode {
        case .read:
            if let reader { return reader }
            let handle = try open(SQLITE_OPEN_READONLY)
            reader = handle
            return handle
        case .write:
            if let writer { return writer }
            let handle = try open(SQLITE_OPEN_READWRITE | (options.createsFile ? SQLITE_OPEN_CREATE : 0))
            // Has no effect inside a transaction, so it cannot wait.
            try handle.execute("PRAGMA foreign_keys = ON")
            writer = handle
            return handle
        }
    }

    private func open(_ flags: Int32) throws(StoreError) -> SQLiteHandle {
        let place = StoreError.Place(database: "sqlite:\(path)")
        var status = stat()
        if stat(path, &status) != 0 {
            switch errno {
            case ENOENT, ENOTDIR:
                if flags & SQLITE_OPEN_CREATE == 0 { throw StoreError(.notFound, "there is no such file", at: place) }
            case EACCES: throw StoreError(.permissionDenied, "the file may not be opened", at: place)
            default: break
            }
        } else if status.st_mode & S_IFMT != S_IFREG {
            throw StoreError(.notADatabase, "this is not a regular file", at: place)
        }
        // SQLite would take a name like `:memory:` or `file:x?…` for something else than a file.
        let name = path.hasPrefix("/") ? path : "./" + path
        return try SQLiteHandle(opening: name, flags: flags, busyTimeout: options.lockTimeout, place: place)
    }
}

/// Which file a path names: another one may take its place under the same name.
private struct FileIdentity: Equatable {
    private let device: UInt64
    private let inode: UInt64

    /// - Throws: ``StoreError`` with the code `notFound` when the path names none.
    init(ofFileAt path: String) throws(StoreError) {
        var status = stat()
        guard stat(path, &status) == 0 else {
            throw StoreError(
                .notFound, "there is no such file", at: StoreError.Place(database: "sqlite:\(path)"))
        }
        device = UInt64(status.st_dev)
        inode = UInt64(status.st_ino)
    }
}

extension StoreError {
    static func wrongWidth(_ table: String, row: Int) -> StoreError {
        StoreError(
            .invalidStatement, "a row has another number of values than there are columns",
            at: Place(table: table, row: "row \(row)"))
    }
}
