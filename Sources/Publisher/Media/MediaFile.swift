import Bytes
import Glibc
import Snapshot

/// A file of the media storage, of which snapshots take further names (hard links). It is never written into.
public final class MediaFile: ExistingFile {
    private let folder: Folder
    private let key: String
    /// The number of bytes.
    public let size: Int
    /// The SHA-256 digest of the bytes.
    public let digest: Digest
    private let status: stat

    /// The file `key` of `folder`; nil when it is no regular file or cannot be read to its end.
    ///
    /// - Parameter known: the digest of the file, if it is known without reading.
    init?(_ key: String, of folder: Folder, known: (stat) -> Digest?) {
        var status = stat()
        guard let file = OpenFile(key, in: folder), fstat(file.descriptor, &status) == 0,
            status.st_mode & S_IFMT == S_IFREG,
            let digest = known(status) ?? Self.digest(of: file, size: Int(status.st_size))
        else { return nil }
        self.folder = folder
        self.key = key
        self.status = status
        self.digest = digest
        size = Int(status.st_size)
    }

    /// Gives the file the further name `path` in `target`; false when the file system does not allow it, the file is another by
    /// now, or a web server could not read it by that name: then it must be copied.
    func link(to path: String, in target: Folder) -> Bool {
        guard status.st_mode & 0o444 == 0o444,
            linkat(folder.descriptor, key, target.descriptor, path, 0) == 0
        else { return false }
        var linked = stat()
        if fstatat(target.descriptor, path, &linked, AT_SYMLINK_NOFOLLOW) == 0, linked.isUnchanged(since: status) {
            return true
        }
        unlinkat(target.descriptor, path, 0)
        return false
    }

    /// Whether the file is the one whose digest was taken, as far as can be told without reading it again.
    var isUnchanged: Bool {
        var now = stat()
        return fstatat(folder.descriptor, key, &now, AT_SYMLINK_NOFOLLOW) == 0 && now.isUnchanged(since: status)
    }

    /// The bytes at `place`; zeros where there are none any more.
    public func bytes(at place: Int, count: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        guard let file = OpenFile(key, in: folder) else { return bytes }
        var done = 0
        while done < count {
            let added = bytes[done...].withUnsafeMutableBytes { file.read(into: $0, at: place + done) }
            guard added > 0 else { break }
            done += added
        }
        return bytes
    }

    /// Nothing is kept in files of others.
    public func fragment(of slices: [ArraySlice<UInt8>]) -> Fragment? { nil }

    private static func digest(of file: borrowing OpenFile, size: Int) -> Digest? {
        var sha = SHA256()
        var place = 0
        var buffer = [UInt8](repeating: 0, count: 1 << 17)
        while place < size {
            let count = buffer.withUnsafeMutableBytes { file.read(into: $0, at: place) }
            guard count > 0 else { return nil }
            sha.update(buffer[..<min(count, size - place)])
            place += count
        }
        return sha.finalize()
    }
}

/// A file that is open for reading as long as the value is in use.
private struct OpenFile: ~Copyable {
    let descriptor: Int32

    init?(_ key: String, in folder: Folder) {
        descriptor = openat(folder.descriptor, key, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        if descriptor < 0 { return nil }
    }

    deinit {
        close(descriptor)
    }

    /// How many bytes were read; 0 at the end, negative for an error.
    func read(into buffer: UnsafeMutableRawBufferPointer, at place: Int) -> Int {
        while true {
            let count = pread(descriptor, buffer.baseAddress, buffer.count, off_t(place))
            if count >= 0 || errno != EINTR { return count }
        }
    }
}

extension stat {
    /// Whether this is the same file with the same bytes, as far as can be told without reading them.
    fileprivate func isUnchanged(since other: stat) -> Bool {
        st_dev == other.st_dev && st_ino == other.st_ino && st_size == other.st_size
            && st_mtim.tv_sec == other.st_mtim.tv_sec && st_mtim.tv_nsec == other.st_mtim.tv_nsec
    }
}
