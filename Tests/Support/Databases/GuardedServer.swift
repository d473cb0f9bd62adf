import Foundation

/// A server that lives in a temporary folder and ends, folder included, with the process that started it.
///
/// A small shell beside it waits for the end of a pipe that only this process holds: however this process ends, the
/// pipe closes, and the shell ends the server.
final class GuardedServer: Sendable {
    /// The folder of its data and its socket.
    let folder: String
    private let lifeline: Int32

    /// Starts `command` in `folder` as an unprivileged user; it finds the folder's path in `$1`.
    ///
    /// Returns when `isReady` says so. `ending` is the signal that ends it. A server whose folder the tests too write
    /// into is started with `asUnprivileged` false, so that all of it can be removed, and lowers its rights itself.
    init(
        folder: String, command: String, name: String, ending: String, asUnprivileged: Bool = true,
        isReady: () -> Bool
    ) throws {
        self.folder = folder
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0, fcntl(ends[1], F_SETFD, FD_CLOEXEC) == 0 else {
            throw SetupError("no pipe for \(name)")
        }
        defer { close(ends[0]) }
        lifeline = ends[1]
        // Of files that this process has open, the server must keep none: their other ends wait for it to close them.
        let script = """
            for file in /proc/$BASHPID/fd/*; do n=${file##*/}; [ "$n" -gt 2 ] && eval "exec $n>&-"; done
            { \(command); } >"$1/\(name).log" 2>&1 &
            server=$!
            cat >/dev/null
            kill -\(ending) $server; wait $server
            rm -rf "$1"
            """
        let shell = ["/bin/bash", "-c", script, name, folder]
        _ = try spawn(asUnprivileged ? unprivileged(shell) : shell, input: ends[0], session: true)
        let deadline = Date(timeIntervalSinceNow: 60)
        while !isReady() {
            guard Date() < deadline else {
                let log = (try? String(contentsOfFile: "\(folder)/\(name).log", encoding: .utf8)) ?? ""
                throw SetupError("\(name) does not start: \(log)")
            }
            usleep(10_000)
        }
    }
}

/// A test database could not be set up.
struct SetupError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// The command line that runs `arguments` as an unprivileged user. Database servers refuse to run as root.
func unprivileged(_ arguments: [String]) -> [String] {
    guard getuid() == 0 else { return arguments }
    return ["/usr/bin/setpriv", "--reuid=\(serverUser)", "--regid=\(serverUser)", "--clear-groups"] + arguments
}

/// The user that servers run as when the tests run as root.
let serverUser = getpwnam("postgres") == nil ? "nobody" : "postgres"

/// Whether there is a file system in memory with room for test databases.
let hasRoomInMemory: Bool = {
    var memory = statvfs()
    return statvfs("/dev/shm", &memory) == 0 && UInt(memory.f_bavail) * memory.f_frsize > 2 << 30
}()

/// A new folder that the servers' user owns, in memory if there is room: on a disk, each new database costs a second.
///
/// Its path is short: a socket's path may have 107 bytes.
func makeServerFolder() throws -> String {
    var template = Array("\(hasRoomInMemory ? "/dev/shm" : "/tmp")/flows-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw SetupError("no temporary folder") }
    let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    if getuid() == 0, let user = getpwnam(serverUser) {
        guard chown(path, user.pointee.pw_uid, user.pointee.pw_gid) == 0 else { throw SetupError("chown \(path)") }
    }
    return path
}
