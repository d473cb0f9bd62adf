import CPostgres

/// The PostgreSQL driver.
final class PostgresConnection: Connection {
    let dialect = Dialect.postgres

    init(url: String, environment: [String: String], options: DatabaseOptions) throws(StoreError) {
    }

    func begin(_ mode: AccessMode) throws(StoreError) {
        throw StoreError(.internal, "not there yet")
    }

    func commit() throws(StoreError) {
    }

    func rollback() {
    }

    func run(_ statement: Statement, _ body: (borrowing Row) throws -> Void) throws -> Int {
        0
    }

    func insert(
        into table: String, columns: [String], _ fill: (_ add: ([Bind]) throws -> Void) throws -> Void
    ) throws -> Int {
        0
    }
}
