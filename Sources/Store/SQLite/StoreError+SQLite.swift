import CSQLite

extension StoreError {
    /// The error for a result of SQLite. Its message is kept only where it holds names, never values.
    init(sqlite database: OpaquePointer, _ status: Int32, place: Place) {
        let message = String(cString: sqlite3_errmsg(database))
        let meaning = String(cString: sqlite3_errstr(status))
        let engineCode = "SQLite result \(status)"
        var place = place
        func error(_ code: Code, _ problem: String) -> StoreError {
            StoreError(code, problem, at: place, engineCode: engineCode)
        }
        switch status & 0xff {
        case SQLITE_ERROR:
            if let name = message.after("no such table: ") {
                place.table = name
                self = error(.missingTable, "there is no such table")
            } else if let name = message.after("no such column: ") ?? message.columnOfInsert {
                place.column = name
                self = error(.missingColumn, "there is no such column")
            } else if message.hasPrefix("near ") || message.contains("syntax error") {
                self = error(.invalidStatement, message)
            } else {
                self = error(.invalidStatement, "the statement failed")
            }
        case SQLITE_BUSY, SQLITE_LOCKED: self = error(.busy, "another program holds the lock on the file")
        case SQLITE_READONLY: self = error(.readOnly, "the file or the transaction is read-only")
        case SQLITE_CANTOPEN: self = error(.cannotConnect, "the file cannot be opened")
        case SQLITE_NOTADB: self = error(.notADatabase, "the file is not an SQLite database")
        case SQLITE_CORRUPT: self = error(.notADatabase, "the file is damaged")
        case SQLITE_PERM, SQLITE_AUTH: self = error(.permissionDenied, meaning)
        case SQLITE_FULL: self = error(.diskFull, "the disk is full")
        case SQLITE_INTERRUPT: self = error(.timeout, "the statement was interrupted")
        case SQLITE_CONSTRAINT:
            let isUnique = [SQLITE_CONSTRAINT_UNIQUE_, SQLITE_CONSTRAINT_PRIMARYKEY_, SQLITE_CONSTRAINT_ROWID_]
                .contains(status)
            self = error(isUnique ? .uniqueViolation : .constraint, message)
        case SQLITE_MISMATCH: self = error(.malformedValue, "a given value does not fit its column")
        default: self = error(.internal, meaning)
        }
    }
}

/// Extended results are macros with arithmetic in them, which Swift does not see.
private let SQLITE_CONSTRAINT_PRIMARYKEY_: Int32 = SQLITE_CONSTRAINT | 6 << 8
private let SQLITE_CONSTRAINT_UNIQUE_: Int32 = SQLITE_CONSTRAINT | 8 << 8
private let SQLITE_CONSTRAINT_ROWID_: Int32 = SQLITE_CONSTRAINT | 10 << 8

extension String {
    fileprivate func after(_ prefix: String) -> String? {
        hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
    }

    /// The name in `table t has no column named c`.
    fileprivate var columnOfInsert: String? {
        guard hasPrefix("table "), let range = ranges(of: " has no column named ").first else { return nil }
        return String(self[range.upperBound...])
    }
}
