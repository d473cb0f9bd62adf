import Bytes
import CLinux
import Glibc

// The steps of publishing, in their order. A process that dies between or within any two of them leaves `current` as it
// was or as it shall be, and at most something named `.tmp-*`.

extension LockedOutput {
    /// Removes what processes that were killed have left behind.
    func removeLeftovers() throws(PublishError) {
        for name in try snapshots.names() where name.hasPrefix(OutputFolder.temporaryPrefix) {
            try snapshots.remove(name)
        }
    }

    /// Writes all files of `snapshot` into the temporary folder; a file that `predecessor` has becomes a further name of it.
    func write(
        _ snapshot: FinishedSnapshot, document: SnapshotDocument, after predecessor: borrowing Predecessor?,
        stamp: Timestamp, pass: (PublishStep) -> Void
    ) throws(PublishError) -> SnapshotFiles {
        var files = SnapshotFiles(root: try snapshots.createFolder(temporaryName), stamp: stamp)
        try files.write(snapshot, document: document, after: predecessor, pass: pass)
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

    /// Replaces what the snapshot `id` says about itself, in one step for whoever reads it.
    func describe(_ id: String, as document: SnapshotDocument) throws(PublishError) -> Int {
        let bytes = document.json(snapshotID: id)
        try replace(SnapshotFiles.document, in: try snapshots.openFolder(id), with: bytes)
        return bytes.count
    }

    /// Gives the file `name` in `folder` new bytes, in one step and on disk.
    func replace(_ name: String, in folder: borrowing Folder, with bytes: [UInt8]) throws(PublishError) {
        let temporary = "\(temporaryName)-file"
        try bytes.withUnsafeBufferPointer { (buffer) throws(PublishError) in
            try snapshots.createFile(temporary, buffer, stamp: nil, synchronized: true)
        }
        try snapshots.rename(temporary, to: name, in: folder)
        try folder.synchronize()
    }

    /// Points `current` at the snapshot `id`, in one step for whoever reads it.
    func switchCurrent(to id: String, pass: (PublishStep) -> Void) throws(PublishError) {
        guard symlinkat("\(OutputFolder.snapshotsName)/\(id)", snapshots.descriptor, temporaryName) == 0 else {
            throw PublishError(doing: "create the link", path: snapshots.place(of: temporaryName))
        }
        pass(.linked)
        try snapshots.rename(temporaryName, to: OutputFolder.currentName, in: root)
        pass(.switched)
        try root.synchronize()
    }
}
