import CLinux
import Glibc

/// An open folder. Everything in it is named relative to it, and symbolic links at the end of a name are not followed.
final class Folder: Sendable {
    let descriptor: Int32
    /// Where the folder stands below the output, for messages; empty for the output itself.
    let path: String
    /// The mode that folders created in this one are to be given: set only if the umask, or a rule of the folder above,
    /// takes away bits that a web server needs.
    let modeToSet: mode_t?

    /// Takes over the open `descriptor`.
    init(descriptor: Int32, path: String, modeToSet: mode_t? = nil) {
        self.descriptor = descriptor
        self.path = path
        self.modeToSet = modeToSet
    }

    deinit {
        close(descriptor)
    }

    /// The place of `name`, for messages.
    func place(of name: String) -> String {
        path.isEmpty ? name : "\(path)/\(name)"
    }

    /// Opens the folder `name` in this one.
    func openFolder(_ name: String) throws(PublishError) -> Folder {
        let opened = openat(descriptor, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW)
        guard opened >= 0 else { throw PublishError(doing: "open the folder", path: place(of: name)) }
        return Folder(descriptor: opened, path: place(of: name))
    }

    /// Creates the folder `name` with mode 0755 whatever the umask is, and opens it.
    func createFolder(_ name: String) throws(PublishError) -> Folder {
        guard mkdirat(descriptor, name, 0o755) == 0 else {
            throw PublishError(doing: "create the folder", path: place(of: name))
        }
        return try openFolder(name).correctingMode()
    }

    /// This folder with mode 0755, and the bits above as they are; if that had to be set, so it has for what is created in it.
    private func correctingMode() throws(PublishError) -> Folder {
        let mode = try mode()
        guard mode & 0o777 != 0o755 else { return self }
        let wanted = mode & 0o7000 | 0o755
        guard fchmod(descriptor, wanted) == 0 else { throw PublishError(doing: "set the mode of", path: path) }
        let own = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
        guard own >= 0 else { throw PublishError(doing: "open the folder", path: path) }
        return Folder(descriptor: own, path: path, modeToSet: wanted)
    }

    /// Opens the folder `name`, created first if nothing is there.
    func openOrCreateFolder(_ name: String) throws(PublishError) -> Folder {
        if try status(of: name) == nil { return try createFolder(name) }
        return try openFolder(name)
    }

    /// The permission bits of this folder, with the bits above them.
    func mode() throws(PublishError) -> mode_t {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw PublishError(doing: "look at", path: path) }
        return status.st_mode & 0o7777
    }

    /// What stands at `name`, without following a link; nil for nothing.
    func status(of name: String) throws(PublishError) -> stat? {
        var status = stat()
        if fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 { return status }
        guard errno == ENOENT || errno == ENOTDIR else { throw PublishError(doing: "look at", path: place(of: name)) }
        return nil
    }

    /// Whether a regular file stands at `name`.
    func hasFile(_ name: String) throws(PublishError) -> Bool {
        try status(of: name).map { $0.st_mode & S_IFMT == S_IFREG } ?? false
    }

    /// Where the symbolic link `name` leads; nil when nothing is there.
    func target(ofLink name: String) throws(PublishError) -> String? {
        let result = withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(PATH_MAX)) { buffer in
            buffer.baseAddress.map { base in
                let length = readlinkat(descriptor, name, base, buffer.count)
                return (
                    length: length, error: errno,
                    text: String(decoding: UnsafeRawBufferPointer(buffer).prefix(max(0, length)), as: UTF8.self)
                )
            }
        }
        guard let result, result.length < 0 else { return result?.text }
        switch result.error {
        case ENOENT: return nil
        case EINVAL: throw PublishError(obstructedBy: "it is no symbolic link", path: place(of: name))
        default: throw PublishError(doing: "read the link", path: place(of: name), systemError: result.error)
        }
    }

    /// Gives `name` the new name `newName` in `folder`, in place of what is there.
    func rename(_ name: String, to newName: String, in folder: Folder) throws(PublishError) {
        guard renameat(descriptor, name, folder.descriptor, newName) == 0 else {
            throw PublishError(doing: "rename a finished \(name) to", path: folder.place(of: newName))
        }
    }

    /// Exchanges what stands at `name` and at `other`.
    func exchange(_ name: String, with other: String) throws(PublishError) {
        if renameat2(descriptor, name, descriptor, other, UInt32(rename_exchange)) == 0 { return }
        guard errno == EINVAL || errno == ENOSYS else {
            throw PublishError(doing: "exchange a finished \(name) with", path: place(of: other))
        }
        // The file system cannot do it in one step.
        let aside = name + "-aside"
        try rename(other, to: aside, in: self)
        try rename(name, to: other, in: self)
        try rename(aside, to: name, in: self)
    }

    /// Waits until the names in this folder are on disk.
    func synchronize() throws(PublishError) {
        guard fsync(descriptor) == 0 else { throw PublishError(doing: "write to disk", path: path) }
    }
}
