import CSQLite

/// An open SQLite file.
final class SQLiteHandle {
    private let database: OpaquePointer
    let place: StoreError.Place

    init(opening name: String, flags: Int32, busyTimeout: Int, place: StoreError.Place) throws(StoreError) {
        var opened: OpaquePointer?
        // Calls come from one executor, so that SQLite's own mutexes would only cost time.
        let status = sqlite3_open_v2(name, &opened, flags | SQLITE_OPEN_NOMUTEX, nil)
        guard let opened else { throw StoreError(.internal, "out of memory", at: place) }
        guard status == SQLITE_OK else {
            let error = StoreError(sqlite: opened, status, place: place)
            sqlite3_close_v2(opened)
            throw error
        }
        database = opened
        self.place = place
        sqlite3_extended_result_codes(database, 1)
        sqlite3_busy_timeout(database, Int32(clamping: busyTimeout))
        try check(store_sqlite3_refuse_quoted_strings(database))
        // The file is first looked into here: what is no database says so at once.
        try execute("PRAGMA schema_version")
    }

    deinit {
        sqlite3_close_v2(database)
    }

    var isInTransaction: Bool { sqlite3_get_autocommit(database) == 0 }

    /// Rows changed by the statement that changed rows last.
    var changes: Int { Int(sqlite3_changes64(database)) }

    /// Rows changed since the file was opened, those of foreign key actions included.
    var totalChanges: Int { Int(sqlite3_total_changes64(database)) }

    func execute(_ text: String) throws(StoreError) {
        try check(sqlite3_exec(database, text, nil, nil, nil))
    }

    func prepare(_ text: String, table: String?) throws(StoreError) -> SQLiteStatement {
        var prepared: OpaquePointer?
        var place = place
        place.table = table
        var text = text
        var trailing = 0
        let status = text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { characters in
                var tail: UnsafePointer<CChar>?
                let status = sqlite3_prepare_v2(
                    database, characters.baseAddress, Int32(clamping: characters.count), &prepared, &tail)
                if let tail, let start = characters.baseAddress { trailing = characters.count - (tail - start) }
                return status
            }
        }
        guard status == SQLITE_OK else { throw StoreError(sqlite: database, status, place: place) }
        guard let prepared else { throw StoreError(.invalidStatement, "the statement is empty", at: place) }
        let statement = SQLiteStatement(prepared, of: self, place: place)
        guard trailing == 0 else { throw StoreError(.invalidStatement, "more than one statement", at: place) }
        return statement
    }

    func check(_ status: Int32, place: StoreError.Place? = nil) throws(StoreError) {
        guard status != SQLITE_OK else { return }
        throw StoreError(sqlite: database, status, place: place ?? self.place)
    }
}
