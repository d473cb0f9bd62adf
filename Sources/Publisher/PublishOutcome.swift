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
        /// Nothing: another process is publishing into the same output.
        case busy
    }

    /// What was done.
    public let action: Action
    /// The id of the snapshot that was to be published.
    public let snapshotID: String
    /// The id of the snapshot that was served before; nil when there was none, or when that is not known (`busy`).
    public let previousID: String?
    /// How many files were written, files that only became a further name of an equal file not counted.
    public let filesWritten: Int
    /// How many bytes were written into them.
    public let bytesWritten: Int
}
