import Glibc

/// The output folder while this process alone publishes into it; the lock is given up when the value goes out of use.
public final class LockedOutput: Sendable {
    let folder: OutputFolder
    private let lock: OutputLock

    /// The name under `snapshots` of what this process has not finished yet.
    let temporaryName = "\(OutputFolder.temporaryPrefix)\(getpid())"

    /// Opens and locks the output folder at `path`, created first if it is missing; nil while another process holds it.
    static func open(at path: String) throws(PublishError) -> LockedOutput? {
        try create(path)
        let opened = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard opened >= 0 else { throw PublishError(doing: "open", path: "") }
        let root = Folder(descriptor: opened, path: "")
        guard let lock = try OutputLock.take(in: root) else { return nil }
        let snapshots = try root.openOrCreateFolder(OutputFolder.snapshotsName)
        return LockedOutput(folder: OutputFolder(root: root, snapshots: snapshots), lock: lock)
    }

    private init(folder: OutputFolder, lock: consuming OutputLock) {
        self.folder = folder
        self.lock = lock
    }

    var root: Folder { folder.root }
    var snapshots: Folder { folder.snapshots }

    /// Creates the folder at `path` and those above it that are missing.
    static func create(_ path: String) throws(PublishError) {
        if try makeFolder(path) { return }
        let trimmed = path.utf8.last == UInt8(ascii: "/") ? path.dropLast() : path[...]
        let parent = trimmed.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(trimmed[..<$0]) }
        guard let parent, !parent.isEmpty else { throw PublishError(doing: "create", path: "", systemError: ENOENT) }
        try create(parent)
        guard try makeFolder(path) else { throw PublishError(doing: "create", path: "", systemError: ENOENT) }
    }

    /// Creates the folder at `path` unless something is there; false when the folder above it is missing.
    private static func makeFolder(_ path: String) throws(PublishError) -> Bool {
        guard mkdir(path, 0o755) == 0 else {
            if errno == EEXIST { return true }
            if errno == ENOENT { return false }
            throw PublishError(doing: "create", path: "")
        }
        // A web server must be able to enter it whatever the umask is.
        guard chmod(path, 0o755) == 0 else { throw PublishError(doing: "set the mode of", path: "") }
        return true
    }
}
