import Bytes
import Glibc
import Snapshot

/// The media storage: the folder with the images and documents of the content management system. It is only read.
public final class MediaFolder: Sendable {
    private let folder: Folder

    /// Opens the folder at `path`.
    ///
    /// - Throws: ``PublishError`` when there is no folder that can be read.
    public init(_ path: String) throws(PublishError) {
        let opened = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard opened >= 0 else { throw PublishError(mediaFolder: path) }
        folder = Folder(descriptor: opened, path: path)
    }

    /// Whether `key`, such as `original_images/dome.png`, names a file that can be read. A key that could leave the folder
    /// names none.
    public func has(_ key: String) -> Bool {
        Self.isInside(key) && faccessat(folder.descriptor, key, R_OK, 0) == 0 && isFile(key)
    }

    /// The file that `key` names; nil when there is none, or it cannot be read to its end.
    ///
    /// - Parameters:
    ///   - path: where the snapshot will have it, `public/media/original_images/dome.png`.
    ///   - known: what was published before; a file that it has under `path` is not read again.
    public func file(_ key: String, at path: String, knownFrom known: KnownFiles?) -> MediaFile? {
        guard Self.isInside(key) else { return nil }
        return MediaFile(key, of: folder) { status in known?.digest(of: status, at: path) }
    }

    private func isFile(_ key: String) -> Bool {
        var status = stat()
        return fstatat(folder.descriptor, key, &status, AT_SYMLINK_NOFOLLOW) == 0 && status.st_mode & S_IFMT == S_IFREG
    }

    /// Whether the key leads down only.
    private static func isInside(_ key: String) -> Bool {
        !key.isEmpty && !key.utf8.contains(0)
            && key.split(separator: "/", omittingEmptySubsequences: false)
                .allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." && $0.utf8.count <= 255 }
    }
}

/// The digests of files that a snapshot before has a name of.
public struct KnownFiles: Sendable {
    private let folder: Folder
    private let digests: [ByteKey: (size: Int, digest: Digest)]
    /// The second in which the snapshot was written; what was written into since then is another file.
    private let written: Int

    /// What the served snapshot of `output` has below `public/media/` and `public/documents/`; nil when there is none.
    public init?(servedBy output: LockedOutput) {
        guard let id = try? output.folder.currentID(), let manifest = output.folder.manifest(of: id),
            let folder = try? output.snapshots.openFolder(id),
            let status = try? folder.status(of: SnapshotFiles.manifest)
        else { return nil }
        self.folder = folder
        written = status.st_mtim.tv_sec
        var digests: [ByteKey: (size: Int, digest: Digest)] = [:]
        for line in manifest.lines {
            let path = manifest.path(of: line)
            guard Self.roots.contains(where: path.starts(with:)) else { continue }
            guard let size = manifest.size(of: line), let digest = manifest.digest(of: line) else { continue }
            digests[ByteKey(manifest.pathText(of: line))] = (size, digest)
        }
        self.digests = digests
    }

    private static let roots = ["public/media/", "public/documents/", "preview/media/", "preview/documents/"].map {
        Array($0.utf8)
    }

    /// The digest of the very file that `status` describes, if the snapshot has it at `path`.
    fileprivate func digest(of status: stat, at path: String) -> Digest? {
        guard let file = digests[ByteKey(path)], file.size == status.st_size, status.st_mtim.tv_sec < written else {
            return nil
        }
        var known = stat()
        guard fstatat(folder.descriptor, path, &known, AT_SYMLINK_NOFOLLOW) == 0, known.st_dev == status.st_dev,
            known.st_ino == status.st_ino
        else { return nil }
        return file.digest
    }
}
