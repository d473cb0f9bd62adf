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
    public init(_ artifacts: [Artifact]) throws(PublishError) {
        if let problem = SnapshotCheck.pathProblems(in: artifacts).first {
            throw PublishError(invalidPath: problem)
        }
        let sorted = artifacts.map { (key: ByteKey($0.path), body: $0.body) }.sorted { $0.key < $1.key }
        var summaries = BodySummaries()
        var sha = SHA256()
        let open = sorted.map { key, body in
            let summary = summaries.summary(of: body)
            SnapshotID.add(path: key.text, digest: summary.digest, to: &sha)
            return summary
        }
        let id = SnapshotID.text(of: sha.finalize())
        self.id = id
        files = zip(sorted, open).map { artifact, open in
            let final = artifact.body.namesSnapshot ? BodySummary(of: artifact.body, id: id.utf8) : open
            return File(path: artifact.key.text, body: artifact.body, size: final.size, digest: final.digest)
        }
        manifest = Manifest(of: files)
    }
}

/// Size and digest of a body.
private struct BodySummary {
    let size: Int
    let digest: Digest

    init(of body: ArtifactBody, id: some Collection<UInt8>) {
        var sha = SHA256()
        var size = 0
        for piece in body.pieces {
            switch piece {
            case .bytes(let slice):
                sha.update(slice)
                size += slice.count
            case .snapshotID:
                sha.update(id)
                size += id.count
            }
        }
        self.size = size
        digest = sha.finalize()
    }
}

/// The summaries of bodies whose id is still open, each computed once however many artifacts share the body.
private struct BodySummaries {
    private var known: [BodyIdentity: BodySummary] = [:]

    mutating func summary(of body: ArtifactBody) -> BodySummary {
        let identity = BodyIdentity(body)
        if let summary = known[identity] { return summary }
        let placeholder = UnsafeBufferPointer(
            start: ArtifactBody.placeholder.utf8Start, count: ArtifactBody.placeholder.utf8CodeUnitCount)
        let summary = BodySummary(of: body, id: placeholder)
        known[identity] = summary
        return summary
    }
}

extension ArtifactBody {
    fileprivate var namesSnapshot: Bool {
        pieces.contains { if case .snapshotID = $0 { true } else { false } }
    }
}
