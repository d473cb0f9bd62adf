import Bytes

extension LockedOutput {
    private static let century: Int64 = 3_155_760_000

    /// Removes old snapshots: all but the last few, those served lately, and the served one.
    ///
    /// A snapshot first loses its name, so that what is only half removed is never taken for one.
    func prune(
        _ options: PublishOptions, pass: (PublishStep) -> Void, removed: (String) -> Void
    ) throws(PublishError) {
        let oldest = options.now.adding(seconds: -min(options.keepSeconds, Self.century))
        for snapshot in try folder.kept().dropFirst(options.keepCount)
        where !snapshot.isServed && snapshot.lastServed < oldest {
            let retired = "\(temporaryName)-\(snapshot.id)"
            try snapshots.rename(snapshot.id, to: retired, in: snapshots)
            pass(.retired)
            try snapshots.remove(retired)
            removed(snapshot.id)
        }
    }
}

extension PublishOutcome {
    /// Prunes, and remembers why if that fails: what was published is published.
    mutating func prune(_ output: LockedOutput, _ options: PublishOptions, _ pass: (PublishStep) -> Void) {
        pruneProblem = output.removeLeftovers()
        var removed: [String] = []
        do {
            try output.prune(options, pass: pass) { removed.append($0) }
        } catch {
            pruneProblem = error
        }
        pruned = removed
    }
}
