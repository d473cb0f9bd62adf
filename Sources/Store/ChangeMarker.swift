/// Stands for the state of a database at one moment: unequal markers of one ``Database`` mean that something may have been
/// committed between them, equal ones that nothing was.
public struct ChangeMarker: Hashable, Sendable {
    let text: String
}

extension Database {
    /// The state of the database now, for whoever waits for changes: cheap, whatever the size, and its own reading changes
    /// nothing.
    ///
    /// SQLite: the file and its counter of commits. PostgreSQL: which of the server's transactions have ended; those of its
    /// other databases count too.
    ///
    /// - Throws: ``StoreError``; the next call connects anew where needed.
    public func changeMarker() async throws -> ChangeMarker {
        try currentMarker()
    }
}
