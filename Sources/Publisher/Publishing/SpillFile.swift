import Bytes
import Glibc
import Snapshot
import Synchronization

/// A file without a name that fragments are kept in until they are written: its bytes are the file system's to keep or to put
/// aside, and are gone with the process however it ends.
public final class SpillFile: FragmentStore {
    private let descriptor: Int32
    private let state = Mutex(State())

    private struct State {
        var end = 0
        var error: Int32?
    }

    /// A new file in `folder`; nil when it cannot be made there, and memory must do.
    init?(in folder: Folder, temporaryName: String) {
        let name = temporaryName + "-spill"
        descriptor = openat(folder.descriptor, name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { return nil }
        unlinkat(folder.descriptor, name, 0)
    }

    deinit {
        close(descriptor)
    }

    /// Appends the bytes of `slices`; nil when the disk is full, and memory must do.
    public func fragment(of slices: [ArraySlice<UInt8>]) -> Fragment? {
        var bytes = slices.first ?? []
        for slice in slices.dropFirst() { bytes += slice }
        return bytes.withUnsafeBytes(append)
    }

    private func append(_ bytes: UnsafeRawBufferPointer) -> Fragment? {
        let place = state.withLock { state in
            defer { state.end += bytes.count }
            return state.end
        }
        var written = 0
        while written < bytes.count {
            let rest = UnsafeRawBufferPointer(rebasing: bytes[written...])
            let count = pwrite(descriptor, rest.baseAddress, rest.count, off_t(place + written))
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return nil }
            written += count
        }
        // Most fragments are a file each, whose digest would otherwise be computed by reading them back.
        var sha = SHA256()
        sha.update(bytes)
        return Fragment(in: self, place: place, count: bytes.count, digest: sha.finalize())
    }

    /// The bytes at `place`; zeros when they cannot be read, which ``check()`` then reports.
    public func bytes(at place: Int, count: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { bytes, filled in
            filled = count
            var rest = UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(bytes)[..<count])
            while !rest.isEmpty {
                let added = pread(descriptor, rest.baseAddress, rest.count, off_t(place + count - rest.count))
                if added < 0, errno == EINTR { continue }
                guard added > 0 else {
                    let error = added < 0 ? errno : EIO
                    state.withLock { $0.error = $0.error ?? error }
                    rest.initializeMemory(as: UInt8.self, repeating: 0)
                    return
                }
                rest = UnsafeMutableRawBufferPointer(rebasing: rest[added...])
            }
        }
    }

    /// Throws when any of the bytes could not be read back: what was made of them must not be published.
    public func check() throws(PublishError) {
        guard let error = state.withLock(\.error) else { return }
        throw PublishError(doing: "read back", path: OutputFolder.snapshotsName, systemError: error)
    }
}

extension LockedOutput {
    /// A place for fragments that are better not kept in memory; nil when there is none.
    public func spillFile() -> SpillFile? {
        SpillFile(in: snapshots, temporaryName: temporaryName)
    }
}
