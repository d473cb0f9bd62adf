import Bytes
import Glibc

/// The times of files and folders, which say something here and are therefore set, not left to the kernel.
///
/// A file bears the second of the snapshot that first wrote it: a web server makes the ETag of it. A snapshot's folder bears
/// the instant at which it was last known to be served, by which old ones are pruned.
extension Folder {
    /// The instant that the file or folder `name` bears; nil when nothing is there.
    func time(of name: String) throws(PublishError) -> Timestamp? {
        try status(of: name).map { Timestamp($0.st_mtim) }
    }

    /// Gives the file or folder `name` the instant.
    func setTime(of name: String, to instant: Timestamp) throws(PublishError) {
        let time = timespec(instant)
        guard utimensat(descriptor, name, [time, time], AT_SYMLINK_NOFOLLOW) == 0 else {
            throw PublishError(doing: "set the time of", path: place(of: name))
        }
    }
}

extension timespec {
    init(_ instant: Timestamp) {
        let seconds = instant.wholeSeconds
        self.init(tv_sec: Int(seconds), tv_nsec: Int(instant.microseconds - seconds * 1_000_000) * 1000)
    }
}

extension Timestamp {
    /// The instant that a file bears, cut to microseconds.
    init(_ time: timespec) {
        self.init(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)
    }
}
