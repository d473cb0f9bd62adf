import Bytes
import Glibc

/// What reading every file of a snapshot came to.
public struct Verification: Sendable {
    /// The snapshot.
    public let snapshotID: String
    /// How many files were read.
    public internal(set) var files = 0
    /// How many bytes they have.
    public internal(set) var bytes = 0
    /// Everything that is not as it was published, in the order of paths; empty for a sound snapshot.
    public internal(set) var differences: [SnapshotDifference] = []

    init(snapshotID: String) {
        self.snapshotID = snapshotID
    }
}

/// One thing in a snapshot's folder that is not as it was published.
public struct SnapshotDifference: Hashable, Sendable, CustomStringConvertible {
    /// The path below the snapshot's folder.
    public let path: String
    /// What is wrong with it, in words that follow the path: `is missing`.
    public let problem: String

    /// The path and what is wrong with it.
    public var description: String { "\(path) \(problem)" }
}

extension OutputFolder {
    /// Reads every file of the snapshot `id`, on all cores, and compares it with the manifest, and the manifest with the id,
    /// which is a digest of it: neither files nor manifest can be changed unnoticed.
    func verify(_ id: String) async throws(PublishError) -> Verification {
        let reader = FileVerifier(folder: try snapshots.openFolder(id), id: id)
        var result = Verification(snapshotID: id)
        let manifest = reader.manifest(&result)
        var sha = SHA256()
        var expected: Set<ByteKey> = [ByteKey(SnapshotFiles.manifest), ByteKey(SnapshotFiles.document)]
        for file in await reader.check(manifest) {
            expected.insert(ByteKey(file.path))
            result.files += file.size == nil ? 0 : 1
            result.bytes += file.size ?? 0
            if let problem = file.problem { result.report(file.path, problem) }
            if let digest = file.digest { SnapshotID.add(path: file.path, digest: digest, to: &sha) }
        }
        if result.differences.isEmpty, SnapshotID.text(of: sha.finalize()) != id {
            result.report(
                SnapshotFiles.manifest, "does not belong to this snapshot: its id does not follow from these files")
        }
        reader.checkDocument(&result)
        // Without a manifest, every file would be a stranger.
        if !manifest.lines.isEmpty { try result.lookForForeign(in: reader.folder, prefix: "", expected: expected) }
        result.differences.sort { ByteKey($0.path) < ByteKey($1.path) }
        return result
    }
}

extension Verification {
    mutating func report(_ path: String, _ problem: String) {
        differences.append(SnapshotDifference(path: path, problem: problem))
    }

    /// Reports every file and link below `folder` that is not `expected`.
    fileprivate mutating func lookForForeign(
        in folder: Folder, prefix: String, expected: Set<ByteKey>
    ) throws(PublishError) {
        for name in try folder.names() {
            let path = prefix + name
            guard let status = try folder.status(of: name) else { continue }
            if status.st_mode & S_IFMT == S_IFDIR {
                try lookForForeign(in: try folder.openFolder(name), prefix: path + "/", expected: expected)
            } else if !expected.contains(ByteKey(path)) {
                report(path, "was not published")
            }
        }
    }
}
