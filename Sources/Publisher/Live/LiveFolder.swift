import CLinux
import Glibc

/// A folder of files that are replaced one by one, each in one step for whoever reads it; snapshots, where all change together,
/// are another thing (``SnapshotStore``).
///
/// Files may be read by everybody who knows their names; the folders above those that hold them list names to nobody but the owner,
/// since a name may be all that is needed to read. One process at a time writes: of two, the one that reads the database later also writes later.
public final class LiveFolder: Sendable {
    private let root: Folder
    private let lock: OutputLock
    private static let temporary = ".tmp-file"

    /// The folder at `path`, created if it is missing, for this process alone; nil while another process has it.
    ///
    /// - Throws: ``PublishError``.
    public static func open(at path: String) throws(PublishError) -> LiveFolder? {
        try LockedOutput.create(path)
        let opened = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard opened >= 0 else { throw PublishError(doing: "open", path: "") }
        let root = Folder(descriptor: opened, path: "")
        guard let lock = try OutputLock.take(in: root) else { return nil }
        // What a process left behind that was killed.
        try root.remove(temporary)
        return LiveFolder(root: root, lock: lock)
    }

    private init(root: Folder, lock: consuming OutputLock) {
        self.root = root
        self.lock = lock
    }

    /// The names in the folder at `path`, sorted by bytes; none when it is not there.
    ///
    /// - Throws: ``PublishError``.
    public func names(in path: String) throws(PublishError) -> [String] {
        guard try root.status(of: path) != nil else { return [] }
        return try root.openFolder(path).names()
    }

    /// The bytes of the file at `path`; nil when there is none.
    ///
    /// - Throws: ``PublishError``.
    public func contents(of path: String) throws(PublishError) -> [UInt8]? {
        try root.contents(of: path)
    }

    /// Gives the file at `path` these bytes, in one step, and makes the folders above it; false when it has them already, and is
    /// not touched.
    ///
    /// - Parameter isPrivate: whether nobody but the owner may read it.
    /// - Throws: ``PublishError``.
    public func replace(_ path: String, with bytes: [UInt8], isPrivate: Bool = false) throws(PublishError) -> Bool {
        if try root.contents(of: path) == bytes { return false }
        try createFolders(of: path)
        try root.createFile(Self.temporary, bytes, mode: isPrivate ? 0o600 : 0o644)
        try root.rename(Self.temporary, to: path, in: root)
        return true
    }

    /// Removes what is at `path`, and everything below it; false when nothing is there.
    ///
    /// - Throws: ``PublishError``.
    public func remove(_ path: String) throws(PublishError) -> Bool {
        guard try root.status(of: path) != nil else { return false }
        let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
        guard let slash else {
            try root.remove(path)
            return true
        }
        try root.openFolder(String(path[..<slash])).remove(String(path[path.utf8.index(after: slash)...]))
        return true
    }

    /// Waits until everything that was written is on disk.
    ///
    /// - Throws: ``PublishError``.
    public func synchronize() throws(PublishError) {
        guard syncfs(root.descriptor) == 0 else { throw PublishError(doing: "write to disk", path: root.path) }
    }

    private func createFolders(of path: String) throws(PublishError) {
        var start = path.utf8.startIndex
        while let slash = path.utf8[start...].firstIndex(of: UInt8(ascii: "/")) {
            let folder = String(path[..<slash])
            start = path.utf8.index(after: slash)
            let mode: mode_t = path.utf8[start...].contains(UInt8(ascii: "/")) ? 0o711 : 0o755
            if mkdirat(root.descriptor, folder, mode) == 0 {
                // Whatever the umask is, a web server must be able to pass.
                guard fchmodat(root.descriptor, folder, mode, 0) == 0 else {
                    throw PublishError(doing: "set the mode of", path: folder)
                }
            } else if errno != EEXIST {
                throw PublishError(doing: "create the folder", path: folder)
            }
        }
    }
}
