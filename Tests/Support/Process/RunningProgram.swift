import Foundation

/// A program that a test has started. It is killed when the test lets go of it before its end.
public struct RunningProgram: ~Copyable, Sendable {
    /// Its process id.
    public let pid: pid_t
    private let events: AsyncStream<Event>
    private var output: [UInt8] = []
    private var errors: [UInt8] = []
    private var status: Int32?

    private enum Event: Sendable {
        case output([UInt8])
        case errors([UInt8])
        /// With the status of `wait(2)`.
        case ended(Int32)
    }

    /// Starts `path` with standard input empty, no signal blocked or ignored, and no variables but those of
    /// `environment`.
    init(_ path: String, _ arguments: [String], environment: [String: String]) throws {
        let outputPipe = try NamedPipe()
        let errorPipe = try NamedPipe()
        pid = try RunningProgram.spawn(
            path, arguments, environment: environment, output: outputPipe.path, errors: errorPipe.path)
        let (stream, continuation) = AsyncStream.makeStream(of: Event.self)
        events = stream
        let descriptors = (output: outputPipe.descriptor, errors: errorPipe.descriptor, pid: pid)
        Thread.detachNewThread { RunningProgram.watch(descriptors, continuation) }
    }

    /// Runs a program of the system to its end.
    public static func run(
        _ path: String, _ arguments: [String], environment: [String: String] = ["PATH": "/usr/bin:/bin"]
    ) async throws -> ProgramResult {
        try await RunningProgram(path, arguments, environment: environment).finish()
    }

    deinit {
        if status == nil { kill(pid, SIGKILL) }
    }

    private static func spawn(
        _ path: String, _ arguments: [String], environment: [String: String], output: String, errors: String
    ) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output, O_WRONLY, 0)
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, errors, O_WRONLY, 0)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        var all = sigset_t()
        sigfillset(&all)
        // The threads of tests have signals blocked, which a process would inherit.
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        let words = ([path] + arguments).map { strdup($0) } + [nil]
        let variables = environment.sorted { $0.key < $1.key }.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for word in words + variables { free(word) } }
        var pid: pid_t = 0
        let error = posix_spawn(&pid, path, &actions, &attributes, words, variables)
        guard error == 0 else { throw SetupError("\(path): \(String(cString: strerror(error)))") }
        return pid
    }

    /// Hands on what the process writes, and at last its end.
    private static func watch(
        _ process: (output: Int32, errors: Int32, pid: pid_t), _ continuation: AsyncStream<Event>.Continuation
    ) {
        var open = [process.output, process.errors]
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while !open.isEmpty {
            var waits = open.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            guard poll(&waits, nfds_t(waits.count), -1) > 0 else { continue }
            for wait in waits where wait.revents != 0 {
                let count = read(wait.fd, &buffer, buffer.count)
                if count > 0 {
                    let bytes = Array(buffer[..<count])
                    continuation.yield(wait.fd == process.output ? .output(bytes) : .errors(bytes))
                } else if count == 0 {
                    close(wait.fd)
                    open.removeAll { $0 == wait.fd }
                }
            }
        }
        var status: Int32 = 0
        while waitpid(process.pid, &status, 0) < 0, errno == EINTR {}
        continuation.yield(.ended(status))
        continuation.finish()
    }

    /// Sends a signal.
    public func send(_ signal: Int32) {
        kill(pid, signal)
    }

    /// Waits until the program has written a line with `text` to standard error; false when it ended before.
    public mutating func waits(forErrorWith text: String) async -> Bool {
        while true {
            let whole = errors.prefix(through: errors.lastIndex(of: UInt8(ascii: "\n")) ?? -1)
            if String(decoding: whole, as: UTF8.self).contains(text) { return true }
            guard await takeEvent() else { return false }
        }
    }

    /// Waits for the program's end.
    public consuming func finish() async -> ProgramResult {
        while await takeEvent() {}
        return ProgramResult(output: output, errors: errors, waitStatus: status ?? 0)
    }

    private mutating func takeEvent() async -> Bool {
        var iterator = events.makeAsyncIterator()
        switch await iterator.next() {
        case .output(let bytes): output += bytes
        case .errors(let bytes): errors += bytes
        case .ended(let status): self.status = status
        case nil: return false
        }
        return true
    }
}

/// A pipe whose writing end only ever exists in the program: a copy of it, inherited by a process that another test
/// starts at that moment, would keep the pipe from ever being read to its end.
private struct NamedPipe: ~Copyable {
    let path: String
    /// The reading end, which the reader closes.
    let descriptor: Int32

    init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("flows-\(UUID().uuidString)").path
        guard mkfifo(path, 0o600) == 0 else { throw SetupError("no pipe at \(path)") }
        descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    }

    /// Started programs have opened it by then.
    deinit {
        unlink(path)
    }
}

extension Array {
    /// Everything up to and with the element at `index`; nothing for -1.
    fileprivate func prefix(through index: Int) -> ArraySlice<Element> {
        self[..<(index + 1)]
    }
}
