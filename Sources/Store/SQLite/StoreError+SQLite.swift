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
            } else if ["near ", "ambiguous column", "no such function", "table "].contains(where: message.hasPrefix) {
                self = error(.invalidStatement, message)
            } else {
                self = error(.invalidStatement, "the statement failed")
            }
        case SQLITE_BUSY, SQLITE_LOCKED: self = error(.busy, "another program holds the lock on the file")
        case SQLITE_READONLY
        where [Extended.recovery, Extended.rollback, Extended.noInit, Extended.directory].contains(status):
            self = error(.readOnly, "the file has a journal that must be written to, and may not be written here")
        case SQLITE_READONLY: self = error(.readOnly, "the file or the transaction is read-only")
        case SQLITE_CANTOPEN: self = error(.permissionDenied, "the file cannot be opened")
        case SQLITE_IOERR: self = error(.storageFailed, meaning)
        case SQLITE_NOTADB: self = error(.notADatabase, "the file is not an SQLite database")
        case SQLITE_CORRUPT: self = error(.notADatabase, "the file is damaged")
        case SQLITE_PERM, SQLITE_AUTH: self = error(.permissionDenied, meaning)
        case SQLITE_FULL: self = error(.diskFull, "the disk is full")
        case SQLITE_INTERRUPT: self = error(.timeout, "the statement was interrupted")
        case SQLITE_CONSTRAINT:
            if status == Extended.foreignKey {
                // SQLite does not say which one: it only counts them until the transaction ends.
                self = error(.constraint, "a row names another one that does not exist")
                return
            }
            let isUnique = [Extended.primaryKey, Extended.unique, Extended.rowID].contains(status)
            let name = message.after(" constraint failed: ")
            if let name, let dot = name.firstIndex(of: "."), !name.contains(",") {
                place.table = String(name[..<dot])
                place.column = String(name[name.index(after: dot)...])
                self = error(isUnique ? .uniqueViolation : .constraint, "a constraint forbids the row")
            } else {
                let name = name.map { " \($0)" } ?? ""
                self = error(isUnique ? .uniqueViolation : .constraint, "the constraint\(name) forbids the row")
            }
        case SQLITE_MISMATCH: self = error(.malformedValue, "a given value does not fit its column")
        default: self = error(.internal, meaning)
        }
    }
}

/// Extended results are macros with arithmetic in them, which Swift does not see.
private enum Extended {
    static let recovery = SQLITE_READONLY | 1 << 8
    static let rollback = SQLITE_READONLY | 3 << 8
    static let noInit = SQLITE_READONLY | 5 << 8
    static let directory = SQLITE_READONLY | 6 << 8
    static let foreignKey = SQLITE_CONSTRAINT | 3 << 8
    static let primaryKey = SQLITE_CONSTRAINT | 6 << 8
    static let unique = SQLITE_CONSTRAINT | 8 << 8
    static let rowID = SQLITE_CONSTRAINT | 10 << 8
}

extension String {
    /// What stands after the first occurrence of `words`.
    fileprivate func after(_ words: String) -> String? {
        firstRange(of: words).map { String(self[$0.upperBound...]) }
    }

    /// The name in `table t has no column named c`.
    fileprivate var columnOfInsert: String? {
        hasPrefix("table ") ? after(" has no column named ") : nil
    }
}
