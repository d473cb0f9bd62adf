import Bytes
import Snapshot

/// All files of a snapshot in the order of their paths, with their digests and the id that follows from them.
public struct FinishedSnapshot: Sendable {
    /// One file with all its bytes known.
    public struct File: Sendable {
        /// The path below the snapshot's folder, root included.
        public let path: String
        /// What the file holds.
        public let body: ArtifactBody
        /// The number of bytes on disk.
        public let size: Int
        /// The SHA-256 digest of the bytes on disk.
        public let digest: Digest
    }

    /// Sixteen lower-case hexadecimal digits that follow from the paths and bytes of all files (`spec/catalog.md` §5.5.1).
    public let id: String
    /// The files, sorted by the bytes of their paths.
    public let files: [File]
    /// The list of the files.
    let manifest: Manifest

    /// The snapshot that consists of `artifacts`, in whatever order they come.
    ///
    /// - Throws: ``PublishError`` with the code `invalidPath` for a path that could leave the snapshot's folder or that
    ///   two files share.
    public init(_ artifacts: [Artifact]) async throws(PublishError) {
        if let problem = SnapshotCheck.pathProblems(in: artifacts).first {
            throw PublishError(invalidPath: problem)
        }
        let sorted = artifacts.map { (key: ByteKey($0.path), body: $0.body) }.sorted { $0.key < $1.key }
        let open = await BodySummary.summaries(of: sorted.map(\.body), snapshotID: SnapshotID.placeholder)
        var sha = SHA256()
        for (artifact, summary) in zip(sorted, open) {
            SnapshotID.add(path: artifact.key.text, digest: summary.digest, to: &sha)
        }
        let id = SnapshotID.text(of: sha.finalize())
        self.id = id
        let naming = sorted.indices.filter { sorted[$0].body.namesSnapshot }
        let named = await BodySummary.summaries(of: naming.map { sorted[$0].body }, snapshotID: Array(id.utf8))
        var final = open
        for (place, summary) in zip(naming, named) { final[place] = summary }
        files = zip(sorted, final).map { artifact, summary in
            File(path: artifact.key.text, body: artifact.body, size: summary.size, digest: summary.digest)
        }
        manifest = Manifest(of: files)
    }
}
