import Bytes
import Glibc

/// The output folder as everybody may read it.
///
///     snapshots/<id>/    the snapshots, each complete
///     snapshots/.tmp-*   what a process is writing, or left behind when it was killed
///     current            a symbolic link to the snapshot that is served
///     purge.txt          what caches are to forget
///     .lock              the file that is locked; it is never removed, since a waiting process may have it open
struct OutputFolder: Sendable {
    let root: Folder
    let snapshots: Folder

    static let currentName = "current"
    static let snapshotsName = "snapshots"
    static let temporaryPrefix = ".tmp-"

    /// Opens the output folder at `path`.
    ///
    /// - Throws: ``PublishError`` with the code `noOutput` when nothing was ever published there.
    static func open(at path: String) throws(PublishError) -> OutputFolder {
        let opened = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard opened >= 0 else {
            if errno == ENOENT { throw PublishError(.noOutput, "look into", because: "it does not exist", path: "") }
            throw PublishError(doing: "open", path: "")
        }
        let root = Folder(descriptor: opened, path: "")
        guard try root.status(of: snapshotsName) != nil else {
            throw PublishError(
                .noOutput, "look into", because: "it holds no folder \(snapshotsName)", path: "")
        }
        let snapshots = try root.openFolder(snapshotsName)
        return OutputFolder(root: root, snapshots: snapshots)
    }

    /// The id of the snapshot that is served; nil when there is none.
    func currentID() throws(PublishError) -> String? {
        guard let target = try root.target(ofLink: Self.currentName) else { return nil }
        let prefix = Self.snapshotsName + "/"
        let id = target.dropFirst(prefix.count)
        guard target.hasPrefix(prefix), Self.isID(String(id)) else {
            throw PublishError(obstructedBy: "it leads to no snapshot of this folder", path: Self.currentName)
        }
        return String(id)
    }

    /// The ids of the snapshots that are kept, sorted; whatever else stands beside them is not looked at.
    func ids() throws(PublishError) -> [String] {
        try snapshots.names().filter(Self.isID)
    }

    /// Whether `text` has the form of a snapshot's id: sixteen lower-case hexadecimal digits.
    static func isID(_ text: String) -> Bool {
        text.utf8.count == 16
            && text.utf8.allSatisfy {
                UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 || UInt8(ascii: "a")...UInt8(ascii: "f") ~= $0
            }
    }

    /// Whether the snapshot `id` is kept.
    func holds(_ id: String) throws(PublishError) -> Bool {
        try snapshots.status(of: id).map { $0.st_mode & S_IFMT == S_IFDIR } ?? false
    }

    /// What the snapshot `id` says about itself; nil when it is not there.
    ///
    /// - Throws: ``PublishError`` with the code `damaged` when it cannot be understood.
    func document(of id: String) throws(PublishError) -> SnapshotDocument? {
        let name = "\(id)/\(SnapshotFiles.document)"
        guard let bytes = try snapshots.contents(of: name) else { return nil }
        guard let document = SnapshotDocument(parsing: bytes, snapshotID: id) else {
            throw PublishError(
                .damaged, "read", because: "it is not what this program writes", path: snapshots.place(of: name))
        }
        return document
    }

    /// The same; an error when it is not there.
    func knownDocument(of id: String) throws(PublishError) -> SnapshotDocument {
        guard let document = try document(of: id) else { throw PublishError(undescribed: id) }
        return document
    }

    /// The list of the snapshot's files; nil when it is missing or cannot be read or understood.
    func manifest(of id: String) -> Manifest? {
        (try? snapshots.contents(of: "\(id)/\(SnapshotFiles.manifest)")).flatMap(\.self)
            .flatMap { Manifest(parsing: $0) }
    }
}
