import Bytes

/// How each file of a snapshot comes into its folder.
struct FilePlan: Sendable {
    enum Way: Sendable {
        /// The snapshot before has it at the same path, and it becomes a further name of that.
        case unchanged
        /// It is written.
        case write
        /// It becomes a further name of the file at this place of the list, which is written.
        case link(Int)
    }

    private let ways: [Way]

    init(_ snapshot: FinishedSnapshot, since older: Manifest?) {
        var ways = Array(repeating: Way.write, count: snapshot.files.count)
        snapshot.manifest.compare(with: older ?? Manifest()) { change in
            if case .unchanged(let place) = change { ways[place] = .unchanged }
        }
        // A file is never linked to one that is taken over from the snapshot before: the time of that, and so its ETag, could
        // be one that the other's path has had with other bytes.
        var written: [Digest: Int] = [:]
        for (place, file) in snapshot.files.enumerated() {
            guard case .write = ways[place] else { continue }
            if let first = written[file.digest] {
                ways[place] = .link(first)
            } else {
                written[file.digest] = place
            }
        }
        self.ways = ways
    }

    subscript(place: Int) -> Way { ways[place] }

    /// Whether the file needs another one of the same snapshot first.
    func isLink(_ place: Int) -> Bool {
        if case .link = ways[place] { true } else { false }
    }
}
