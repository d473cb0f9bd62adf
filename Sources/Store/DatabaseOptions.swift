/// How long a database may take, and whether it may be created.
public struct DatabaseOptions: Hashable, Sendable {
    /// Whether a missing SQLite file is created by the first write. Reading never creates anything.
    public var createsFile = false
    /// The longest wait for one step of connecting, in seconds. PostgreSQL only.
    public var connectTimeout = 5
    /// The longest time for one statement, in milliseconds. PostgreSQL only.
    public var statementTimeout = 60_000
    /// The longest wait for a lock, in milliseconds.
    public var lockTimeout = 5_000

    /// The limits that suit every program.
    public init() {}
}
