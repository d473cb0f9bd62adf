import Glibc

/// What the file system says of a file without reading it: writing or replacing the file changes it.
public struct FileStamp: Equatable, CustomStringConvertible {
    private let inode: UInt
    private let size: Int
    private let seconds: Int
    private let nanoseconds: Int

    /// The stamp of what is at `path`; of nothing, all zeros.
    public init(_ path: String) {
        var status = stat()
        _ = stat(path, &status)
        inode = status.st_ino
        size = status.st_size
        (seconds, nanoseconds) = (status.st_mtim.tv_sec, status.st_mtim.tv_nsec)
    }

    /// All of it in one line: equal stamps, equal texts.
    public var description: String { "\(inode) \(size) \(seconds).\(nanoseconds)" }
}
