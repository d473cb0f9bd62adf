/// What a transaction may do.
enum AccessMode {
    case read, write
}

/// The seam between the two drivers and the rest: one connection, one transaction at a time.
protocol Connection: AnyObject {
    var dialect: Dialect { get }

    /// Begins a transaction; connects first where needed.
    func begin(_ mode: AccessMode) throws(StoreError)
    func commit() throws(StoreError)
    /// Ends the transaction as if it had not been. Cannot fail: a connection that does not obey is given up.
    func rollback()

    /// A text that changes whenever something is committed that another connection wrote; outside a transaction.
    func changeMarker() throws -> String

    /// Runs one statement, hands each row to `body`, and returns the number of changed rows.
    func run(_ statement: Statement, _ body: (borrowing Row) throws -> Void) throws -> Int

    /// Inserts the rows that `fill` adds, in one go, and returns their number.
    func insert(into table: String, columns: [String], _ fill: (_ add: ([Bind]) throws -> Void) throws -> Void) throws
        -> Int
}
