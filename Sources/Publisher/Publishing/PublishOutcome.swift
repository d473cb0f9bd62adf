/// What publishing a snapshot came to.
public struct PublishOutcome: Hashable, Sendable {
    /// What was done.
    public enum Action: String, Hashable, Sendable {
        /// Nothing: the snapshot is the one that is served.
        case unchanged
        /// The snapshot was kept from an earlier time; `current` points at it again.
        case switched
        /// The snapshot was written and `current` points at it.
        case published
        /// The snapshot is there, but a hold keeps another one served.
        case held
    }

    /// What was done.
    public let action: Action
    /// The id of the snapshot that was to be published.
    public let snapshotID: String
    /// The id of the snapshot that was served before; nil when there was none.
    public let previousID: String?
    /// How many files were written; those that became a further name of an equal file are not counted.
    public var filesWritten = 0
    /// How many files became a further name of a file of the snapshot before.
    public var filesKept = 0
    /// How many bytes were written into files.
    public var bytesWritten = 0
    /// What the snapshot says about itself, when nothing was rendered that says it; else nil.
    public var document: SnapshotDocument?
    /// What caches are to forget, sorted: `mitxonline:course:<readable id>` (`spec/catalog.md` §5.5.7).
    public var purgeKeys: [String] = []
    /// The ids of the snapshots that were removed since they are old.
    public var pruned: [String] = []
    /// Why old snapshots could not be removed; nil when they could.
    public var pruneProblem: PublishError?

    init(_ action: Action, _ snapshotID: String, previousID: String?) {
        self.action = action
        self.snapshotID = snapshotID
        self.previousID = previousID
    }

    /// Whether readers see something new.
    public var isNews: Bool { action == .published || action == .switched }
}
