import Bytes

extension LockedOutput {
    /// Makes the kept snapshot `id` the one that is served, in place of `previous`.
    ///
    /// - Parameter document: what the snapshot is to say about itself from now on; nil when it says it already.
    func serve(
        _ id: String, describedAs document: SnapshotDocument?, manifest: Manifest, instead previous: String?,
        outcome: inout PublishOutcome, now: Timestamp, pass: (PublishStep) -> Void
    ) throws(PublishError) {
        if let document {
            outcome.bytesWritten += try describe(id, as: document)
            outcome.filesWritten += 1
            pass(.described)
        }
        try snapshots.setTime(of: id, to: now)
        if let previous, previous != id, try folder.holds(previous) {
            outcome.purgeKeys = PurgeList.keys(from: folder.manifest(of: previous) ?? Manifest(), to: manifest)
            try addToPurgeList(outcome.purgeKeys)
            pass(.listed)
            // It is served until a moment from now, and kept for some time from then on. If another user wrote it, it is
            // kept for a shorter time; no reason not to publish.
            try? snapshots.setTime(of: previous, to: now)
        }
        guard previous != id else { return }
        try switchCurrent(to: id, pass: pass)
        // Who took the list away a moment ago may have told a cache that then saw the old documents once more.
        try addToPurgeList(outcome.purgeKeys)
    }

    /// Makes an earlier snapshot the one that is served and holds it: renders do not switch until ``release(now:pass:)``.
    ///
    /// - Parameter id: the snapshot; nil for the one that was served before the present one. The present one's own id only
    ///   holds it.
    /// - Throws: ``PublishError``; with the code `damaged` when the snapshot is not what was published.
    public func rollback(
        to id: String?, now: Timestamp, pass: (PublishStep) -> Void = { _ in }
    ) async throws(PublishError) -> PublishOutcome {
        removeLeftovers()
        guard let served = try folder.currentID() else { throw PublishError.nothingServed }
        var chosen = id
        if chosen == nil { chosen = try folder.knownDocument(of: served).previousID }
        guard let target = chosen else {
            throw PublishError(
                .nothingServed, "roll back from", because: "no snapshot was served before it",
                path: snapshots.place(of: served))
        }
        guard OutputFolder.isID(target), try folder.holds(target) else { throw PublishError(unknownSnapshot: target) }
        let differences = try await folder.verify(target).differences
        guard differences.isEmpty, var document = try folder.document(of: target),
            let manifest = folder.manifest(of: target)
        else { throw PublishError(damaged: differences, of: target) }
        document.heldSince = now
        var outcome = PublishOutcome(target == served ? .unchanged : .switched, target, previousID: served)
        try serve(
            target, describedAs: document, manifest: manifest, instead: served, outcome: &outcome, now: now, pass: pass)
        return outcome
    }

    /// Ends a hold: the next render switches again. False when there is none.
    public func release(now: Timestamp, pass: (PublishStep) -> Void = { _ in }) throws(PublishError) -> Bool {
        removeLeftovers()
        guard let served = try folder.currentID() else { throw PublishError.nothingServed }
        var document = try folder.knownDocument(of: served)
        guard document.heldSince != nil else { return false }
        document.heldSince = nil
        _ = try describe(served, as: document)
        try snapshots.setTime(of: served, to: now)
        pass(.described)
        return true
    }
}
