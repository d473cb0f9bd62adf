/// Something that runs transactions: a database, or a job's view of it, which refuses to write once the job lost its lease.
public protocol Transactions: Sendable {
    /// Runs `body` on one consistent snapshot of the database, read only.
    ///
    /// - Throws: ``StoreError``, or what `body` throws.
    func read<T: Sendable>(_ body: @Sendable (inout Session) throws -> T) async throws -> T

    /// Runs `body` in one transaction, which is committed when `body` returns and undone when it throws.
    ///
    /// - Throws: ``StoreError``, or what `body` throws.
    @discardableResult func write<T: Sendable>(_ body: @Sendable (inout Session) throws -> T) async throws -> T
}

extension Database: Transactions {}
