import Store

extension JobContext {
    /// Works on the items of a page together. When what the database has of one of them is in the way, its halves are worked on
    /// by themselves, and so on, until only the items that fail alone are left out.
    ///
    /// - Parameter body: what is done with some of the items; all of it must be undone when it throws.
    /// - Returns: the items that failed, each with what was the matter.
    /// - Throws: what `body` throws when it concerns all items.
    public func together<Item: Sendable>(
        _ items: [Item], _ body: ([Item]) async throws -> Void
    ) async throws -> [(item: Item, error: StoreError)] {
        var failed: [(item: Item, error: StoreError)] = []
        var waiting = [items[...]]
        while let part = waiting.popLast() {
            guard let first = part.first else { continue }
            do {
                try await body(Array(part))
            } catch let error as StoreError {
                guard !error.code.concernsAll else { throw error }
                guard part.count > 1 else {
                    failed.append((first, error))
                    continue
                }
                let middle = part.startIndex + part.count / 2
                waiting += [part[middle...], part[..<middle]]
            }
        }
        return failed
    }
}
