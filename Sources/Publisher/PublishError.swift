import Glibc
import Snapshot

/// Why a snapshot could not be published. Until `current` is switched, the snapshot served before stays served.
public struct PublishError: Error, Hashable, Sendable {
    /// The kind of failure.
    public enum Code: String, Hashable, Sendable {
        /// The file system is full, or a quota or size limit is reached.
        case noSpace
        /// The user may not write there.
        case denied
        /// The file system is read-only.
        case readOnly
        /// A path or a part of it is longer than the file system allows.
        case pathTooLong
        /// Something stands where a file, folder or link of the output belongs.
        case obstructed
        /// The caller named a path that could leave the snapshot's folder; nothing was written.
        case invalidPath
        /// Any other refusal of the operating system.
        case system
        /// Nothing was ever published there.
        case noOutput
        /// The caller named a snapshot that is not kept.
        case unknownSnapshot
        /// No snapshot is served, or none was served before the one that is.
        case nothingServed
        /// A snapshot is not what was published.
        case damaged
        /// The media storage cannot be opened.
        case noMedia
        /// A file of the media storage was exchanged while it was published.
        case mediaChanged
        /// So much would vanish that it looks like a mistake (`spec/catalog.md` §5.5.4).
        case shrunk
    }

    /// The kind of failure.
    public let code: Code
    /// What the failure is about, below the output folder; empty for the output folder itself.
    public let path: String
    /// The number of the operating system's error; nil when it was not the one to refuse.
    public let systemError: Int32?
    /// What was being done, such as `write`, and why it failed.
    private let action: String
    let reason: String

    /// A failure that no system call reported.
    init(_ code: Code, _ action: String, because reason: String, path: String) {
        self.code = code
        self.path = path
        systemError = nil
        self.action = action
        self.reason = reason
    }

    /// A failed system call; reads `errno`.
    init(doing action: String, path: String, systemError: Int32 = errno) {
        code = Code(systemError: systemError)
        self.path = path
        self.systemError = systemError
        self.action = action
        reason = String(cString: strerror(systemError))
    }

    /// `path` is something else than the output needs there.
    init(obstructedBy found: String, path: String) {
        self.init(.obstructed, "use", because: found, path: path)
    }

    init(invalidPath problem: SnapshotProblem) {
        self.init(.invalidPath, "publish", because: problem.text, path: problem.path)
    }

    init(unknownSnapshot id: String) {
        self.init(
            .unknownSnapshot, "find", because: "no such snapshot is kept",
            path: OutputFolder.isID(id) ? "\(OutputFolder.snapshotsName)/\(id)" : "that snapshot")
    }

    /// The folder of the media storage cannot be opened; reads `errno`.
    init(mediaFolder path: String) {
        self.init(.noMedia, "open", because: String(cString: strerror(errno)), path: path)
    }

    init(changedMedia path: String) {
        self.init(.mediaChanged, "publish", because: "the media storage changed its file meanwhile", path: path)
    }

    /// What the snapshot says about itself is missing.
    init(undescribed id: String) {
        self.init(
            .damaged, "read", because: "it is missing",
            path: "\(OutputFolder.snapshotsName)/\(id)/\(SnapshotFiles.document)")
    }

    init(damaged differences: [SnapshotDifference], of id: String) {
        let more = differences.count > 1 ? " (and \(differences.count - 1) more)" : ""
        self.init(
            .damaged, "serve", because: differences.first.map { "\($0)\(more)" } ?? "",
            path: "\(OutputFolder.snapshotsName)/\(id)")
    }

    static let nothingServed = PublishError(
        .nothingServed, "look at", because: "no snapshot is served", path: OutputFolder.currentName)
}

extension PublishError.Code {
    /// The kind of the operating system's error `number`.
    init(systemError number: Int32) {
        switch number {
        case ENOSPC, EDQUOT, EFBIG: self = .noSpace
        case EACCES, EPERM: self = .denied
        case EROFS: self = .readOnly
        case ENAMETOOLONG: self = .pathTooLong
        case ENOTDIR, EISDIR, EEXIST, ENOTEMPTY, ELOOP: self = .obstructed
        default: self = .system
        }
    }

    fileprivate var advice: String {
        switch self {
        case .noSpace: "free some space or raise the limit, then run again"
        case .denied: "let the program's user read and write there, or choose another output folder"
        case .readOnly: "choose an output folder on a file system that can be written"
        case .pathTooLong: "choose an output folder with a shorter path, or shorten the id in the catalog"
        case .obstructed: "move it away, then run again"
        case .invalidPath: "this is a mistake of the program, not of the output folder"
        case .system: "look at the file system, then run again"
        case .noOutput: "check the path; nothing was published there"
        case .unknownSnapshot: "the command list shows which are"
        case .nothingServed: "render first, or name a snapshot"
        case .damaged: "render again, or roll back to another snapshot"
        case .noMedia: "check --media"
        case .mediaChanged: "run again"
        case .shrunk: "if this is meant, render with --allow-shrink"
        }
    }
}

extension PublishError: CustomStringConvertible {
    /// One sentence: what failed, where, why, and what to do.
    public var description: String {
        let place =
            switch code {
            case .noMedia: path
            default: path.isEmpty ? "the output folder" : "\(path) (in the output folder)"
            }
        return "cannot \(action) \(place): \(reason); \(code.advice)"
    }
}
