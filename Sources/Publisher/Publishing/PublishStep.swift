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
    /// What the snapshot says about itself was replaced.
    case described
    /// The list of what caches are to forget names what changes.
    case listed
    /// The link that is to replace `current` is there.
    case linked
    /// `current` leads to the snapshot.
    case switched
    /// An old snapshot has lost its name and is still on disk.
    case retired
}
