import Foundation

/// The folder that a measurement works in, on the file system that it is about.
///
/// It is locked as long as this process lives, so that the next measurement can tell one that was left behind.
struct WorkFolder {
    let path: String
    private let lock: Int32
    private static let prefix = "mitxonline-bench-"

    /// A new folder below `parent`. Those that measurements were ended in are removed.
    init(below parent: String) throws {
        let manager = FileManager.default
        try manager.createDirectory(atPath: parent, withIntermediateDirectories: true)
        for name in try manager.contentsOfDirectory(atPath: parent) where name.hasPrefix(Self.prefix) {
            guard let lock = Self.lock("\(parent)/\(name)", creating: false) else { continue }
            try? manager.removeItem(atPath: "\(parent)/\(name)")
            close(lock)
        }
        path = "\(parent)/\(Self.prefix)\(UUID().uuidString)"
        try manager.createDirectory(atPath: path, withIntermediateDirectories: false)
        guard let lock = Self.lock(path, creating: true) else { throw BenchError("\(path) cannot be locked") }
        self.lock = lock
    }

    func remove() {
        try? FileManager.default.removeItem(atPath: path)
        close(lock)
    }

    /// The open lock file, nil while another process holds it or when there is none.
    private static func lock(_ folder: String, creating: Bool) -> Int32? {
        let file = open("\(folder)/.lock", O_RDWR | O_CLOEXEC | (creating ? O_CREAT : 0), 0o600)
        guard file >= 0 else { return nil }
        if flock(file, LOCK_EX | LOCK_NB) == 0 { return file }
        close(file)
        return nil
    }

    /// Whether so many bytes fit into the file system of `path`, and into memory.
    static func hasRoom(for bytes: Int, at path: String) -> Bool {
        var system = statvfs()
        guard statvfs(path, &system) == 0, Int(system.f_bavail) * Int(system.f_frsize) > bytes else { return false }
        let memory = (try? String(contentsOfFile: "/proc/meminfo", encoding: .utf8)) ?? ""
        let available = memory.split(separator: "\n").first { $0.hasPrefix("MemAvailable:") }
        return available?.split(separator: " ").compactMap { Int($0) }.first.map { $0 * 1024 > bytes } ?? false
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
