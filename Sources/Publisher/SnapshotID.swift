import Bytes
import Snapshot

/// The id of a snapshot: sixteen lower-case hexadecimal digits, the beginning of the SHA-256 digest over, for each file in the
/// order of paths, path, a zero byte and the file's own SHA-256 (`spec/catalog.md` §5.5.1).
///
/// In the file's own digest a placeholder stands where the file names the id, which it only does in pinned links.
enum SnapshotID {
    /// What stands before the id in every link.
    static let linkPrefix = Array("/_s/".utf8)
    /// What stands for the id in the digest that it is made of.
    static let placeholder = ArtifactBody.placeholder

    /// Takes in one file; files come in the order of paths.
    static func add(path: String, digest: Digest, to sha: inout SHA256) {
        sha.update(path.utf8)
        sha.update(CollectionOfOne(0))
        sha.update(digest)
    }

    /// The id that follows from the digest over all files.
    static func text(of digest: Digest) -> String { String(digest.hex.prefix(16)) }
}
