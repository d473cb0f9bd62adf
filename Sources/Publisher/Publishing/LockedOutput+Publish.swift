import Bytes
import Snapshot

extension LockedOutput {
    /// The outcome of a render that need not take place, since a kept snapshot is what it would give; nil when it must.
    ///
    /// - Parameters:
    ///   - input: the digest of all that the documents follow from but the clock.
    ///   - instant: the instant that the documents would be rendered for.
    public func outcomeWithoutRender(
        of input: Digest, at instant: Timestamp, options: PublishOptions, pass: (PublishStep) -> Void = { _ in }
    ) throws(PublishError) -> PublishOutcome? {
        guard let served = try folder.currentID(), let document = try? folder.document(of: served) else { return nil }
        var outcome: PublishOutcome?
        if document.describesRender(of: input, at: instant) {
            outcome = PublishOutcome(.unchanged, served, previousID: served)
            outcome?.document = document
        } else if document.heldSince != nil {
            let waiting = try folder.list().first {
                $0.document?.describesRender(of: input, at: instant) ?? false
            }
            outcome = waiting.map { PublishOutcome(.held, $0.id, previousID: served) }
            outcome?.document = waiting?.document
        }
        outcome?.prune(self, options, pass)
        return outcome
    }

    /// Makes `snapshot` the one that is served, all or nothing; a hold leaves the one before served.
    ///
    /// - Parameters:
    ///   - spill: where fragments of the snapshot are kept, if not in memory.
    ///   - pass: called at each step when it is done.
    /// - Throws: ``PublishError``; the snapshot served before is still served then, unless all that failed was to wait
    ///   until the switch itself is on disk.
    public func publish(
        _ snapshot: FinishedSnapshot, document: SnapshotDocument, options: PublishOptions, spill: SpillFile? = nil,
        pass: @escaping @Sendable (PublishStep) -> Void = { _ in }
    ) async throws(PublishError) -> PublishOutcome {
        removeLeftovers()
        do throws(PublishError) {
            var outcome = try await place(snapshot, document: document, options: options, spill: spill, pass: pass)
            outcome.prune(self, options, pass)
            return outcome
        } catch {
            // What cannot be removed now, the next run removes.
            removeLeftovers()
            throw error
        }
    }

    private func place(
        _ snapshot: FinishedSnapshot, document: SnapshotDocument, options: PublishOptions, spill: SpillFile?,
        pass: @escaping @Sendable (PublishStep) -> Void
    ) async throws(PublishError) -> PublishOutcome {
        try spill?.check()
        let previous = try folder.currentID()
        let isKept = try await isIntact(snapshot)
        if previous == snapshot.id, isKept, let known = try folder.document(of: snapshot.id) {
            return try refresh(snapshot.id, known: known, document: document, options: options, pass: pass)
        }
        let served = try servedDocument(previous, replacedBy: snapshot.id, options: options)
        var document = document
        document.previousID = previous == snapshot.id ? served?.previousID : previous
        document.heldSince = previous == snapshot.id ? served?.heldSince : nil
        if let previous, let served, previous != snapshot.id, !options.allowsShrink {
            try ShrinkGuard(before: served, after: document)
                .check { (kind) throws(PublishError) in try lost(kind, from: previous, to: snapshot) }
        }
        let isHeld = served?.heldSince != nil && previous != snapshot.id
        if isHeld { document.previousID = nil }

        var outcome = PublishOutcome(
            isHeld ? .held : isKept ? .switched : .published, snapshot.id, previousID: previous)
        if !isKept {
            // Not from the snapshot itself: if it is written anew, it is damaged.
            let predecessor = try previous.flatMap { (id) throws(PublishError) in
                id == snapshot.id ? nil : try Predecessor(id, in: folder)
            }
            let files = SnapshotFiles(
                root: try snapshots.createFolder(temporaryName), id: snapshot.id, stamp: try stamp(options.now),
                predecessor: predecessor)
            outcome.count(try await files.write(snapshot, document: document, pass: pass))
            try spill?.check()
            pass(.written)
            try synchronize(files.root)
            pass(.synchronized)
            try install(snapshot.id)
            try snapshots.setTime(of: snapshot.id, to: options.now)
            pass(.installed)
        }
        if isHeld { return outcome }
        try serve(
            snapshot.id, describedAs: isKept ? document : nil, manifest: snapshot.manifest, instead: previous,
            outcome: &outcome, now: options.now, pass: pass)
        return outcome
    }

    /// The snapshot is served already; only what it says about itself may have to be told anew.
    private func refresh(
        _ id: String, known: SnapshotDocument, document: SnapshotDocument, options: PublishOptions,
        pass: (PublishStep) -> Void
    ) throws(PublishError) -> PublishOutcome {
        var outcome = PublishOutcome(.unchanged, id, previousID: id)
        var document = document
        document.previousID = known.previousID
        document.heldSince = known.heldSince
        let isUpToDate = known.saysTheSame(as: document)
        // The clock may also have been set back, before the instant that the snapshot was rendered for.
        if isUpToDate, known.renderedAt <= document.renderedAt { return outcome }
        outcome.bytesWritten = try describe(id, as: document)
        outcome.filesWritten = 1
        try snapshots.setTime(of: id, to: options.now)
        pass(.described)
        return outcome
    }

    /// What the served snapshot says about itself; nil when none is served.
    ///
    /// - Throws: ``PublishError`` with the code `shrunk` when it cannot be read: then nobody knows how much would vanish, nor
    ///   whether somebody wants another snapshot to stay.
    private func servedDocument(
        _ id: String?, replacedBy replacement: String, options: PublishOptions
    ) throws(PublishError) -> SnapshotDocument? {
        guard let id else { return nil }
        if let document = (try? folder.document(of: id)).flatMap(\.self) { return document }
        // The same snapshot, written anew, takes nothing away.
        if id == replacement || options.allowsShrink { return nil }
        throw PublishError(
            .shrunk, "replace",
            because: "its \(SnapshotFiles.document) cannot be read, which would say how much it holds",
            path: snapshots.place(of: id))
    }

    /// Whether the snapshot is kept, byte for byte; every file is read.
    private func isIntact(_ snapshot: FinishedSnapshot) async throws(PublishError) -> Bool {
        guard try folder.holds(snapshot.id) else { return false }
        return try await folder.verify(snapshot.id).differences.isEmpty
    }

    /// The second for the files of a new snapshot: now, but later than that of every snapshot kept, also when the clock was
    /// set back. Of two different bodies of one URL no two then have the same ETag.
    private func stamp(_ now: Timestamp) throws(PublishError) -> Timestamp {
        let last = try folder.kept().compactMap(\.written).map(\.wholeSeconds).max()
        return Timestamp(microseconds: max(now.wholeSeconds, (last ?? .min / 2) + 1) * 1_000_000)
    }
}

extension PublishOutcome {
    fileprivate mutating func count(_ tally: SnapshotFiles.Tally) {
        filesWritten += tally.written
        filesKept += tally.kept
        bytesWritten += tally.bytes
    }
}
