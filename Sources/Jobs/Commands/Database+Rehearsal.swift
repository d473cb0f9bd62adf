import Store

extension Database {
    /// What `body` returns, its changes undone again when they are not to be committed.
    func rehearsing<T: Sendable>(
        _ isCommitted: Bool, _ body: @Sendable (inout Session) throws -> T
    ) async throws -> T {
        do {
            return try await write { session in
                let result = try body(&session)
                guard isCommitted else { throw Rehearsed(result: result) }
                return result
            }
        } catch let rehearsed as Rehearsed<T> {
            return rehearsed.result
        }
    }

    private struct Rehearsed<T: Sendable>: Error {
        let result: T
    }
}
