/// The snapshots kept in one output folder, of which one is served (`spec/catalog.md` §5.1, §5.5).
public struct SnapshotStore: Sendable {
    /// The output folder.
    public let directory: String

    /// The store in the output folder `directory`, which need not exist yet.
    public init(directory: String) {
        self.directory = directory
    }

    /// Makes `snapshot` the one that is served, all or nothing; snapshots that are kept are never changed.
    ///
    /// - Parameter pass: called at each step when it is done.
    /// - Throws: ``PublishError``; the snapshot served before is still served then, unless all that failed was to wait
    ///   until the switch itself is on disk.
    public func publish(
        _ snapshot: FinishedSnapshot, document: SnapshotDocument, pass: (PublishStep) -> Void = { _ in }
    ) throws(PublishError) -> PublishOutcome {
        guard let output = try OutputFolder.open(at: directory) else {
            return PublishOutcome(
                action: .busy, snapshotID: snapshot.id, previousID: nil, filesWritten: 0, bytesWritten: 0)
        }
        try output.removeLeftovers()
        let previous = try output.currentID()
        let isKept = try output.holds(snapshot.id)
        if isKept, previous == snapshot.id {
            return PublishOutcome(
                action: .unchanged, snapshotID: snapshot.id, previousID: previous, filesWritten: 0, bytesWritten: 0)
        }
        do throws(PublishError) {
            var written = (files: 0, bytes: 0)
            if !isKept {
                let files = try output.write(snapshot, document: document, pass: pass)
                written = (files.filesWritten, files.bytesWritten)
                pass(.written)
                try output.synchronize(files)
                pass(.synchronized)
                try output.install(snapshot.id)
                pass(.installed)
            }
            try output.switchCurrent(to: snapshot.id, pass: pass)
            return PublishOutcome(
                action: isKept ? .switched : .published, snapshotID: snapshot.id, previousID: previous,
                filesWritten: written.files, bytesWritten: written.bytes)
        } catch {
            // What cannot be removed now, the next run removes.
            try? output.removeLeftovers()
            throw error
        }
    }
}
