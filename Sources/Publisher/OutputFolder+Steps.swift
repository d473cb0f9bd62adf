import CLinux
import Glibc

// The steps of publishing, in their order. A process that dies between or within any two of them leaves `current` as it
// was or as it shall be, and at most something named `.tmp-*`.

extension OutputFolder {
    /// Removes what processes that were killed have left behind.
    func removeLeftovers() throws(PublishError) {
        for name in try snapshots.names() where name.hasPrefix(Self.temporaryPrefix) { try snapshots.remove(name) }
    }

    /// The id of the snapshot that is served; nil when there is none.
    func currentID() throws(PublishError) -> String? {
        guard let target = try root.target(ofLink: Self.currentName) else { return nil }
        let prefix = Self.snapshotsName + "/"
        return target.hasPrefix(prefix) ? String(target.dropFirst(prefix.count)) : nil
    }

    /// Whether the snapshot `id` is kept, complete: a snapshot gets its name only when all its files are on disk, so it
    /// is damaged only if somebody else took files away.
    func holds(_ id: String) throws(PublishError) -> Bool {
        guard let status = try snapshots.status(of: id), status.st_mode & S_IFMT == S_IFDIR else { return false }
        for name in [SnapshotFiles.document, SnapshotFiles.manifest] {
            guard try snapshots.hasFile("\(id)/\(name)") else { return false }
        }
        return true
    }

    /// Writes all files of `snapshot` into the temporary folder.
    func write(
        _ snapshot: FinishedSnapshot, document: SnapshotDocument, pass: (PublishStep) -> Void
    ) throws(PublishError) -> SnapshotFiles {
        var files = SnapshotFiles(root: try snapshots.createFolder(temporaryName))
        try files.write(snapshot, document: document, pass: pass)
        return files
    }

    /// Waits until every file of the temporary folder is on disk.
    func synchronize(_ files: borrowing SnapshotFiles) throws(PublishError) {
        guard syncfs(files.root.descriptor) == 0 else {
            throw PublishError(doing: "write to disk", path: files.root.path)
        }
    }

    /// Gives the temporary folder its name; a damaged snapshot of that name gives way.
    func install(_ id: String) throws(PublishError) {
        let damaged = temporaryName + "-damaged"
        if try snapshots.status(of: id) != nil { try snapshots.rename(id, to: damaged, in: snapshots) }
        try snapshots.rename(temporaryName, to: id, in: snapshots)
        try snapshots.synchronize()
        try snapshots.remove(damaged)
    }

    /// Points `current` at the snapshot `id`, in one step for whoever reads it.
    func switchCurrent(to id: String, pass: (PublishStep) -> Void) throws(PublishError) {
        guard symlinkat("\(Self.snapshotsName)/\(id)", snapshots.descriptor, temporaryName) == 0 else {
            throw PublishError(doing: "create the link", path: snapshots.place(of: temporaryName))
        }
        pass(.linked)
        try snapshots.rename(temporaryName, to: Self.currentName, in: root)
        pass(.switched)
        try root.synchronize()
    }
}
