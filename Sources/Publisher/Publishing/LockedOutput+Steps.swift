import Bytes
import CLinux
import Glibc

// The steps of publishing, in their order. A process that dies between or within any two of them leaves `current` as it
// was or as it shall be, and at most something named `.tmp-*`.

extension LockedOutput {
    /// Removes what processes that were killed have left behind; returns why something could not be removed. That is no
    /// reason not to publish.
    @discardableResult func removeLeftovers() -> PublishError? {
        var problem: PublishError?
        for name in (try? snapshots.names()) ?? [] where name.hasPrefix(OutputFolder.temporaryPrefix) {
            do throws(PublishError) {
                try snapshots.remove(name)
            } catch {
                problem = problem ?? error
            }
        }
        return problem
    }

    /// Waits until everything in `folder`, and on its file system, is on disk.
    func synchronize(_ folder: Folder) throws(PublishError) {
        guard syncfs(folder.descriptor) == 0 else { throw PublishError(doing: "write to disk", path: folder.path) }
    }

    /// Gives the temporary folder its name; a damaged snapshot of that name takes the temporary one, in one step.
    func install(_ id: String) throws(PublishError) {
        if try snapshots.status(of: id) == nil {
            try snapshots.rename(temporaryName, to: id, in: snapshots)
        } else {
            try snapshots.exchange(temporaryName, with: id)
        }
        try snapshots.synchronize()
        removeLeftovers()
    }

    /// Replaces what the snapshot `id` says about itself, in one step for whoever reads it.
    func describe(_ id: String, as document: SnapshotDocument) throws(PublishError) -> Int {
        let bytes = document.json(snapshotID: id)
        try replace(SnapshotFiles.document, in: try snapshots.openFolder(id), with: bytes)
        return bytes.count
    }

    /// Gives the file `name` in `folder` new bytes, in one step and on disk.
    func replace(_ name: String, in folder: Folder, with bytes: [UInt8]) throws(PublishError) {
        let temporary = "\(temporaryName)-file"
        try snapshots.createFile(temporary, onDisk: bytes)
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
