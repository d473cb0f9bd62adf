/// The ways to a test database.
public enum Engine: String, CaseIterable, Sendable {
    case sqlite
    case postgres
    /// PostgreSQL behind a proxy that gives each transaction another server connection.
    case pgbouncer

    /// The two engines. What concerns the connection itself also runs ``everyRoute``.
    public static let allCases: [Engine] = [.sqlite, .postgres]

    /// Every way, that through the proxy included.
    public static let everyRoute: [Engine] = [.sqlite, .postgres, .pgbouncer]
}
