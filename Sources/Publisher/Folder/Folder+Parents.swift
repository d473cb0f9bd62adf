import Glibc

extension Folder {
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
            // Another task may have created it for another file, and not yet set its mode.
            guard mkdirat(descriptor, folder, 0o755) == 0 || errno == EEXIST, setMode(ofFolder: folder) else {
                throw PublishError(doing: "create the folder", path: place(of: folder))
            }
            start = path.utf8.index(after: slash)
        }
    }

    private func setMode(ofFolder name: String) -> Bool {
        modeToSet.map { fchmodat(descriptor, name, $0, 0) == 0 } ?? true
    }
}
