import Bytes

/// One of the snapshots that an output folder keeps.
public struct KeptSnapshot: Sendable {
    /// Its id.
    public let id: String
    /// Whether it is the one that is served.
    public let isServed: Bool
    /// The instant at which it was last known to be served, or was written if it never was.
    public let lastServed: Timestamp
    /// What it says about itself; nil when that cannot be read, since the snapshot is damaged.
    public let document: SnapshotDocument?
}

/// The same without what the snapshot says about itself, which may be long.
struct KeptFolder: Sendable {
    let id: String
    let isServed: Bool
    let lastServed: Timestamp
    /// The second that its own files bear, with which no later snapshot's begin.
    let written: Timestamp?
}

extension OutputFolder {
    /// The snapshots that are kept, the one served now first, then the one served last.
    func kept() throws(PublishError) -> [KeptFolder] {
        let served = try currentID()
        var kept: [KeptFolder] = []
        for id in try ids() {
            guard try holds(id), let lastServed = try snapshots.time(of: id) else { continue }
            kept.append(
                KeptFolder(
                    id: id, isServed: id == served, lastServed: lastServed,
                    written: try snapshots.time(of: "\(id)/\(SnapshotFiles.manifest)")))
        }
        return kept.sorted { left, right in
            if left.isServed != right.isServed { return left.isServed }
            return left.lastServed == right.lastServed ? left.id < right.id : left.lastServed > right.lastServed
        }
    }

    /// The same with what they say about themselves.
    func list() throws(PublishError) -> [KeptSnapshot] {
        try kept().map { folder in
            KeptSnapshot(
                id: folder.id, isServed: folder.isServed, lastServed: folder.lastServed,
                document: (try? document(of: folder.id)).flatMap(\.self))
        }
    }
}
