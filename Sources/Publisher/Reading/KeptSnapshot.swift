import Bytes

/// One of the snapshots that an output folder keeps.
public struct KeptSnapshot: Sendable {
    /// Its id.
    public let id: String
    /// What it says about itself; nil when that cannot be read, since the snapshot is damaged.
    public let document: SnapshotDocument?
    /// Whether it is the one that is served.
    public let isServed: Bool
    /// The instant at which it was last known to be served, or was written if it never was.
    public let lastServed: Timestamp
    /// The second that its own files bear, with which no later snapshot's begin.
    let written: Timestamp?
}

extension OutputFolder {
    /// The snapshots that are kept, the one served now first, then the one served last.
    func kept() throws(PublishError) -> [KeptSnapshot] {
        let served = try currentID()
        var kept: [KeptSnapshot] = []
        for id in try ids() {
            guard let lastServed = try snapshots.time(of: id), try holds(id) else { continue }
            kept.append(
                KeptSnapshot(
                    id: id, document: (try? document(of: id)).flatMap(\.self), isServed: id == served,
                    lastServed: lastServed, written: try snapshots.time(of: "\(id)/\(SnapshotFiles.manifest)")))
        }
        return kept.sorted { left, right in
            if left.isServed != right.isServed { return left.isServed }
            return left.lastServed == right.lastServed ? left.id < right.id : left.lastServed > right.lastServed
        }
    }
}
