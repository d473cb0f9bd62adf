import CSQLite

/// A prepared statement of an open file; finalised when the last reference goes.
final class SQLiteStatement {
    private let statement: OpaquePointer
    private let handle: SQLiteHandle
    private let place: StoreError.Place

    init(_ statement: OpaquePointer, of handle: SQLiteHandle, place: StoreError.Place) {
        self.statement = statement
        self.handle = handle
        self.place = place
    }

    deinit {
        sqlite3_finalize(statement)
    }

    var columnNames: [String] {
        (0..<sqlite3_column_count(statement)).map { index in
            guard let name = sqlite3_column_name(statement, index) else { return "" }
            return String(cString: name)
        }
    }

    func bind(_ values: [Bind]) throws(StoreError) {
        for (offset, value) in values.enumerated() {
            let index = Int32(offset + 1)
            let status: Int32
            switch value {
            case .null: status = sqlite3_bind_null(statement, index)
            case .int(let number): status = sqlite3_bind_int64(statement, index, number)
            case .bool(let flag): status = sqlite3_bind_int64(statement, index, flag ? 1 : 0)
            case .double(let number): status = sqlite3_bind_double(statement, index, number)
            case .text, .timestamp, .decimal, .json, .list:
                status = bind(text: Dialect.sqlite.text(of: value) ?? "", at: index)
            }
            try handle.check(status, place: place)
        }
    }

    private func bind(text: String, at index: Int32) -> Int32 {
        var text = text
        return text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { characters in
                store_sqlite3_bind_text(statement, index, characters.baseAddress, UInt64(characters.count))
            }
        }
    }

    /// Whether there is another row.
    func step() throws(StoreError) -> Bool {
        let status = sqlite3_step(statement)
        if status == SQLITE_ROW { return true }
        if status == SQLITE_DONE { return false }
        try handle.check(status, place: place)
        return false
    }

    func reset() {
        sqlite3_reset(statement)
    }

    /// A value of the current row.
    func cell(_ index: Int) -> Cell {
        let column = Int32(truncatingIfNeeded: index)
        switch sqlite3_column_type(statement, column) {
        case SQLITE_INTEGER: return Cell(integer: sqlite3_column_int64(statement, column))
        case SQLITE_FLOAT: return Cell(real: sqlite3_column_double(statement, column))
        case SQLITE_TEXT:
            let start = sqlite3_column_text(statement, column)
            return Cell(
                text: UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, column))))
        case SQLITE_BLOB: return .blob
        default: return .null
        }
    }
}
