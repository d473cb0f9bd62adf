extension StoreError {
    /// The kinds of failure, the same for both engines.
    public enum Code: String, Hashable, Sendable, CaseIterable {
        /// The locator is neither `sqlite:PATH` nor `postgresql://…`, or is malformed.
        case unsupportedLocator
        /// The locator holds a password.
        case passwordInLocator
        /// No server answers, or it takes no more connections.
        case cannotConnect
        /// The server refused the user or the password.
        case authentication
        /// There is no such database or file.
        case notFound
        /// The file is not an SQLite database, or is damaged.
        case notADatabase
        /// The role or the file's mode does not allow it.
        case permissionDenied
        /// The server went away.
        case connectionLost
        /// The statement names a table that does not exist.
        case missingTable
        /// The statement names a column that does not exist, or the row has no column of the name that was asked for.
        case missingColumn
        /// A stored value is not of the form that its column requires, or a bound one does not fit its column.
        case malformedValue
        /// A primary key or unique index forbids the row.
        case uniqueViolation
        /// A foreign key, check or NOT NULL forbids the row.
        case constraint
        /// Another transaction got in between; the same transaction may succeed when repeated.
        case serialization
        /// A statement or an answer took too long.
        case timeout
        /// A lock was not to be had in time.
        case busy
        /// Something wanted to write in a read-only transaction or file.
        case readOnly
        /// The disk of the database is full.
        case diskFull
        /// The disk or the file system of the database failed.
        case storageFailed
        /// The engine does not understand the statement.
        case invalidStatement
        /// Anything else.
        case `internal`

        /// Whether the same call may succeed later with nothing changed.
        public var isTemporary: Bool {
            switch self {
            case .cannotConnect, .connectionLost, .serialization, .timeout, .busy, .diskFull: true
            default: false
            }
        }

        var advice: String {
            switch self {
            case .unsupportedLocator: "Give the database as sqlite:PATH or postgresql://USER@HOST/NAME"
            case .passwordInLocator:
                "Remove it and give the password by PGPASSFILE, PGPASSWORD or a systemd credential named PGPASSFILE"
            case .cannotConnect: "Check that the server runs and that host and port are right"
            case .authentication: "Check the user and the password (PGUSER, PGPASSFILE, PGPASSWORD, pg_hba.conf)"
            case .notFound: "Check the name of the database"
            case .notADatabase: "Check the path, or restore the file"
            case .permissionDenied: "Grant the right to the role, or to the user of this program"
            case .connectionLost: "Run it again; nothing of this transaction was kept"
            case .missingTable, .missingColumn: "Check that the database has the schema this version expects"
            case .malformedValue: "Correct the value"
            case .uniqueViolation, .constraint: "Nothing of this transaction was kept"
            case .serialization, .busy: "Run it again"
            case .timeout: "Run it again, or look for what keeps the database busy"
            case .readOnly: "Check the rights on the database, or that it is not a standby"
            case .diskFull: "Make room"
            case .storageFailed: "Check the disk, its file system and the limits on the size of files"
            case .invalidStatement, .internal: "This is a fault of the program or the engine; please report it"
            }
        }
    }
}
