import Glibc

/// The advisory lock on an output folder; it is given up when the value goes out of use, or the process ends.
///
/// Only its owner may open the file: whoever can, could hold the lock and keep everybody else from publishing.
struct OutputLock: ~Copyable {
    static let name = ".lock"

    private let descriptor: Int32

    deinit {
        // Said, not left to closing: a program that is started at this moment has the descriptor too, until it runs.
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }

    /// The lock on the output folder `root`; nil while another process holds it.
    static func take(in root: Folder) throws(PublishError) -> OutputLock? {
        let opened = openat(root.descriptor, name, O_RDONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard opened >= 0 else { throw PublishError(doing: "open", path: name) }
        if flock(opened, LOCK_EX | LOCK_NB) == 0 { return OutputLock(descriptor: opened) }
        let error = errno
        close(opened)
        guard error == EWOULDBLOCK else { throw PublishError(doing: "lock", path: name, systemError: error) }
        return nil
    }
}
