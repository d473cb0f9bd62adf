/// A MITx Online database: a PostgreSQL server's or an embedded SQLite file.
///
/// Transactions of one `Database` run one after the other, on a thread of their own. It connects when first used, and
/// again after a lost connection.
public actor Database {
    private let executor = DatabaseExecutor()
    private let connection: any Connection

    /// How many statements were run so far in transactions that ended well, those that begin and end them not counted.
    public private(set) var statementCount = 0

    /// The executor of the blocking calls.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// The database at `locator`; nothing is opened yet.
    ///
    /// Locators: `sqlite:PATH`, `sqlite:///ABSOLUTE/PATH`, `postgresql://…` and `postgres://…` as libpq reads them.
    /// From `environment` come libpq's own variables (`PGPASSWORD`, `PGPASSFILE`, `PGSSLMODE` …), and the systemd
    /// credential `PGPASSFILE` in `$CREDENTIALS_DIRECTORY`.
    ///
    /// - Throws: ``StoreError`` `unsupportedLocator`, or `passwordInLocator` since locators end up in process lists.
    public init(
        _ locator: String, environment: [String: String] = [:], options: DatabaseOptions = DatabaseOptions()
    ) throws(StoreError) {
        switch try Locator(locator) {
        case .sqlite(let path):
            connection = SQLiteConnection(path: path, options: options)
        case .postgres(let url):
            connection = try PostgresConnection(url: url, environment: environment, options: options)
        }
    }

    /// Runs `body` on one consistent snapshot of the database, read only.
    ///
    /// PostgreSQL: `REPEATABLE READ READ ONLY`. SQLite: one read transaction on a file opened read-only.
    ///
    /// - Throws: ``StoreError``, or what `body` throws.
    public func read<T: Sendable>(_ body: @Sendable (inout Session) throws -> T) async throws -> T {
        try transaction(.read, body)
    }

    /// Runs `body` in one transaction, which is committed when `body` returns and undone when it throws.
    ///
    /// - Throws: ``StoreError``, or what `body` throws.
    @discardableResult public func write<T: Sendable>(_ body: @Sendable (inout Session) throws -> T) async throws -> T {
        try transaction(.write, body)
    }

    /// What ``changeMarker()`` returns.
    func currentMarker() throws -> ChangeMarker {
        ChangeMarker(text: try connection.changeMarker())
    }

    private func transaction<T>(_ mode: AccessMode, _ body: (inout Session) throws -> T) throws -> T {
        try connection.begin(mode)
        do {
            var session = Session(connection)
            let result = try body(&session)
            try session.checkUsable()
            try connection.commit()
            statementCount += session.statementCount
            return result
        } catch {
            connection.rollback()
            throw error
        }
    }
}
