import Bytes
import Glibc
import Snapshot

extension Folder {
    /// Creates the file `name` with mode 0644 and `bytes`; it must not be there yet. Waits until it is on disk.
    func createFile(_ name: String, onDisk bytes: [UInt8]) throws(PublishError) {
        try create(name) { file in
            bytes.withUnsafeBytes { writeAll($0, to: file) } && fchmod(file, 0o644) == 0 && fsync(file) == 0
        }
    }

    /// Creates the file `name` with `bytes`; it must not be there yet.
    func createFile(_ name: String, _ bytes: [UInt8], mode: mode_t) throws(PublishError) {
        try create(name) { file in
            bytes.withUnsafeBytes { writeAll($0, to: file) } && fchmod(file, mode) == 0
        }
    }

    /// Creates the file `name` with mode 0644 and what `body` holds; it must not be there yet. Returns how many bytes it has.
    ///
    /// - Parameters:
    ///   - id: what stands for the snapshot's id.
    ///   - stamp: the instant that the file is to bear.
    func createFile(
        _ name: String, _ body: ArtifactBody, snapshotID id: [UInt8], stamp: Timestamp
    ) throws(PublishError) -> Int {
        let time = timespec(stamp)
        var size = 0
        try create(name) { file in
            writeBody(body, snapshotID: id, to: file, size: &size) && futimens(file, [time, time]) == 0
        }
        return size
    }

    private func create(_ name: String, _ fill: (Int32) -> Bool) throws(PublishError) {
        let opened = openat(descriptor, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o644)
        guard opened >= 0 else { throw PublishError(doing: "create the file", path: place(of: name)) }
        var failed = !fill(opened) || (modeToSet != nil && fchmod(opened, 0o644) != 0)
        var error = errno
        // Some file systems report only here that a block could not be written.
        if close(opened) != 0, !failed {
            failed = true
            error = errno
        }
        if failed { throw PublishError(doing: "write", path: place(of: name), systemError: error) }
    }

    /// The most bytes that are collected for one call of the kernel.
    private static let chunk = 1 << 17

    private func writeBody(_ body: ArtifactBody, snapshotID id: [UInt8], to file: Int32, size: inout Int) -> Bool {
        withUnsafeTemporaryAllocation(byteCount: Self.chunk, alignment: 16) { buffer in
            var filled = 0
            var isFine = true
            body.forEachRun(snapshotID: id) { run in
                guard isFine else { return }
                size += run.count
                if filled + run.count > buffer.count {
                    isFine = writeAll(UnsafeRawBufferPointer(rebasing: buffer[..<filled]), to: file)
                    filled = 0
                }
                if run.count > buffer.count {
                    isFine = isFine && writeAll(run, to: file)
                } else {
                    UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]).copyMemory(from: run)
                    filled += run.count
                }
            }
            return isFine && writeAll(UnsafeRawBufferPointer(rebasing: buffer[..<filled]), to: file)
        }
    }

    private func writeAll(_ bytes: UnsafeRawBufferPointer, to file: Int32) -> Bool {
        var rest = bytes
        while !rest.isEmpty {
            let count = Glibc.write(file, rest.baseAddress, rest.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { return false }
            rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        }
        return true
    }
}
