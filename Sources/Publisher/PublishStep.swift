/// A moment of publishing at which the process may die: tests end it at each of them.
public enum PublishStep: String, CaseIterable, Sendable {
    /// A file of the snapshot is written; passed once for each.
    case file
    /// All files of the snapshot are written, and may not yet be on disk.
    case written
    /// All files are on disk.
    case synchronized
    /// The snapshot has its name.
    case installed
    /// The link that is to replace `current` is there.
    case linked
    /// `current` leads to the snapshot.
    case switched
}
