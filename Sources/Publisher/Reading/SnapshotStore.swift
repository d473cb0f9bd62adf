/// The snapshots kept in one output folder, of which one is served (`spec/catalog.md` §5.1, §5.5).
public struct SnapshotStore: Sendable {
    /// The output folder.
    public let directory: String

    /// The store in the output folder `directory`, which need not exist yet.
    public init(directory: String) {
        self.directory = directory
    }

    /// The output folder, created if it is missing, for this process alone; nil while another process has it.
    ///
    /// Whoever publishes takes it before reading the database: of two processes the one that reads later then also publishes
    /// later, and no older state replaces a newer one.
    public func lock() throws(PublishError) -> LockedOutput? {
        try LockedOutput.open(at: directory)
    }

    /// The same, but an error when nothing was ever published there.
    public func lockExisting() throws(PublishError) -> LockedOutput? {
        _ = try OutputFolder.open(at: directory)
        return try lock()
    }

    /// The snapshots that are kept, the one served last first.
    public func list() throws(PublishError) -> [KeptSnapshot] {
        try OutputFolder.open(at: directory).list()
    }

    /// Reads every file of the snapshot `id`, or of the one that is served, and compares it with what was published.
    ///
    /// - Throws: ``PublishError`` with the code `unknownSnapshot` when there is no such snapshot.
    public func verify(_ id: String? = nil) async throws(PublishError) -> Verification {
        let output = try OutputFolder.open(at: directory)
        var chosen = id
        if chosen == nil { chosen = try output.currentID() }
        guard let id = chosen else { throw PublishError.nothingServed }
        guard OutputFolder.isID(id), try output.holds(id) else { throw PublishError(unknownSnapshot: id) }
        let result = try await output.verify(id)
        // Of a snapshot that was pruned meanwhile, everything is missing.
        guard try output.holds(id) else { throw PublishError(unknownSnapshot: id) }
        return result
    }
}
