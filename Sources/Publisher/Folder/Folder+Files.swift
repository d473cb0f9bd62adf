import Bytes
import Glibc

extension Folder {
    /// Creates the file `name` with mode 0644 and `bytes`; it must not be there yet.
    ///
    /// - Parameters:
    ///   - stamp: the instant that it is to bear; nil for the clock's.
    ///   - synchronized: whether to wait until it is on disk.
    func createFile(
        _ name: String, _ bytes: UnsafeBufferPointer<UInt8>, stamp: Timestamp?, synchronized: Bool = false
    ) throws(PublishError) {
        let opened = openat(descriptor, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o644)
        guard opened >= 0 else { throw PublishError(doing: "create the file", path: place(of: name)) }
        var failed =
            !writeAll(bytes, to: opened) || (modeToSet != nil && fchmod(opened, 0o644) != 0)
            || !setTime(of: opened, to: stamp) || (synchronized && fsync(opened) != 0)
        var error = errno
        // Some file systems report only here that a block could not be written.
        if close(opened) != 0, !failed {
            failed = true
            error = errno
        }
        if failed { throw PublishError(doing: "write", path: place(of: name), systemError: error) }
    }

    private func setTime(of file: Int32, to stamp: Timestamp?) -> Bool {
        guard let stamp else { return true }
        let time = timespec(stamp)
        return futimens(file, [time, time]) == 0
    }

    private func writeAll(_ bytes: UnsafeBufferPointer<UInt8>, to file: Int32) -> Bool {
        var rest = UnsafeRawBufferPointer(bytes)
        while !rest.isEmpty {
            let count = Glibc.write(file, rest.baseAddress, rest.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { return false }
            rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        }
        return true
    }

    /// Creates the folders above the file `path`, beginning with the part that is not shared with `other`, a path whose
    /// folders are there.
    func createFolders(of path: String, after other: String) throws(PublishError) {
        var start = path.utf8.startIndex
        for (index, byte) in zip(path.utf8.indices, other.utf8) {
            guard path.utf8[index] == byte else { break }
            if byte == UInt8(ascii: "/") { start = path.utf8.index(after: index) }
        }
        while let slash = path.utf8[start...].firstIndex(of: UInt8(ascii: "/")) {
            let folder = String(path[..<slash])
            guard mkdirat(descriptor, folder, 0o755) == 0, setMode(ofFolder: folder) else {
                throw PublishError(doing: "create the folder", path: place(of: folder))
            }
            start = path.utf8.index(after: slash)
        }
    }

    private func setMode(ofFolder name: String) -> Bool {
        modeToSet.map { fchmodat(descriptor, name, $0, 0) == 0 } ?? true
    }
}
