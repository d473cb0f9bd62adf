import Glibc

extension Folder {
    /// The names in this folder, sorted by bytes, `.` and `..` left out.
    func names() throws(PublishError) -> [String] {
        // A descriptor of its own, since the stream closes it and moves its position.
        let opened = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard opened >= 0, let stream = fdopendir(opened) else {
            let error = errno
            if opened >= 0 { close(opened) }
            throw PublishError(doing: "list", path: path, systemError: error)
        }
        defer { closedir(stream) }
        var names: [String] = []
        while true {
            errno = 0
            guard let entry = readdir(stream) else {
                guard errno == 0 else { throw PublishError(doing: "list", path: path) }
                return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            }
            let name = withUnsafeBytes(of: &entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
    }

    /// Removes `name` with everything below it; links are removed, not followed.
    func remove(_ name: String) throws(PublishError) {
        if unlinkat(descriptor, name, 0) == 0 || errno == ENOENT { return }
        guard errno == EISDIR else { throw PublishError(doing: "remove", path: place(of: name)) }
        try openFolder(name).removeContents()
        guard unlinkat(descriptor, name, AT_REMOVEDIR) == 0 else {
            throw PublishError(doing: "remove the folder", path: place(of: name))
        }
    }

    private func removeContents() throws(PublishError) {
        for name in try names() { try remove(name) }
    }
}
