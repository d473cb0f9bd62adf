import Foundation

/// The folder that a measurement works in, on the file system that it is about.
struct WorkFolder {
    let path: String
    private static let prefix = "mitxonline-bench-"

    /// A new folder below `parent`. Those that earlier measurements were ended in are removed.
    init(below parent: String) throws {
        let manager = FileManager.default
        try manager.createDirectory(atPath: parent, withIntermediateDirectories: true)
        for name in try manager.contentsOfDirectory(atPath: parent) where name.hasPrefix(Self.prefix) {
            guard let owner = pid_t(name.dropFirst(Self.prefix.count)), kill(owner, 0) != 0, errno == ESRCH else {
                continue
            }
            try? manager.removeItem(atPath: "\(parent)/\(name)")
        }
        path = "\(parent)/\(Self.prefix)\(getpid())"
        try manager.createDirectory(atPath: path, withIntermediateDirectories: false)
    }

    func remove() { try? FileManager.default.removeItem(atPath: path) }

    /// Free bytes of the file system that holds `path`.
    static func room(at path: String) -> Int {
        var system = statvfs()
        return statvfs(path, &system) == 0 ? Int(system.f_bavail) * Int(system.f_frsize) : 0
    }

    /// Whether `path` lies in memory.
    static func isMemory(_ path: String) -> Bool {
        var status = stat()
        guard stat(path, &status) == 0 else { return false }
        let (major, minor) = (status.st_dev >> 8 & 0xfff, status.st_dev & 0xff | status.st_dev >> 12 & 0xfff00)
        let mounts = (try? String(contentsOfFile: "/proc/self/mountinfo", encoding: .utf8)) ?? ""
        return mounts.split(separator: "\n").contains { line in
            line.contains(" \(major):\(minor) ") && line.contains(" - tmpfs ")
        }
    }
}
