import Glibc

extension Folder {
    /// The bytes of the regular file `name`; nil when nothing is there.
    ///
    /// - Throws: ``PublishError`` with the code `obstructed` when something else than a regular file is there.
    func contents(of name: String) throws(PublishError) -> [UInt8]? {
        let opened = openat(descriptor, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard opened >= 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw PublishError(doing: "read", path: place(of: name))
        }
        defer { close(opened) }
        var status = stat()
        guard fstat(opened, &status) == 0 else { throw PublishError(doing: "look at", path: place(of: name)) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw PublishError(obstructedBy: "it is no regular file", path: place(of: name))
        }
        // One byte more than the file has now, so that the end is seen without a further read.
        let capacity = Int(status.st_size) + 1
        var count = 0
        var error: Int32 = 0
        var bytes = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, initialized in
            while count < capacity {
                let added = read(opened, buffer.baseAddress?.advanced(by: count), capacity - count)
                if added < 0, errno == EINTR { continue }
                if added < 0 { error = errno }
                if added <= 0 { break }
                count += added
            }
            initialized = count
        }
        if error != 0 { throw PublishError(doing: "read", path: place(of: name), systemError: error) }
        // Longer than it was a moment ago: whoever writes there is not this program, and its bytes are not expected ones.
        if count == capacity { bytes.append(0) }
        return bytes
    }
}
