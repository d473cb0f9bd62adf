import Bytes
import Glibc

/// The snapshot before, whose files a new one takes over as further names of them.
struct Predecessor: Sendable {
    let folder: Folder
    let manifest: Manifest
    /// The second that its own files bear; all others in it are older.
    private let written: Int

    /// The snapshot `id`; nil when it is not kept, or damaged.
    init?(_ id: String, in output: OutputFolder) throws(PublishError) {
        guard try output.holds(id), let manifest = output.manifest(of: id),
            let status = try output.snapshots.status(of: "\(id)/\(SnapshotFiles.manifest)")
        else { return nil }
        folder = try output.snapshots.openFolder(id)
        self.manifest = manifest
        written = status.st_mtim.tv_sec
    }

    /// Gives the file at `path`, which has `size` bytes, the same path in `target`; false when it is not as it was written
    /// or the file system allows no further name.
    func link(_ path: String, size: Int, into target: Folder) -> Bool {
        guard linkat(folder.descriptor, path, target.descriptor, path, 0) == 0 else { return false }
        var status = stat()
        if fstatat(target.descriptor, path, &status, AT_SYMLINK_NOFOLLOW) == 0, status.st_mode & S_IFMT == S_IFREG,
            status.st_mode & 0o777 == 0o644, status.st_size == size, status.st_mtim.tv_sec <= written
        {
            return true
        }
        unlinkat(target.descriptor, path, 0)
        return false
    }
}
