import Foundation

/// A process that was run to its end.
struct Child {
    /// From before its start until after its end, in seconds.
    let wall: Double
    /// Seconds of processor time, its own and the system's for it.
    let processor: Double
    /// The most memory it had resident, in bytes.
    ///
    /// The system counts from the start of the child, when it still shares the memory of this process: what is smaller than
    /// that cannot be seen. So this process stays small; databases are written by another one.
    let peak: Int
    /// What it wrote to standard output.
    let output: [UInt8]
    /// Its exit status, or 128 and the number of the signal that ended it.
    let status: Int32

    /// Runs a command line with no settings but those given; errors go where this process's go, or nowhere.
    ///
    /// - Throws: ``BenchError`` when it cannot be started.
    static func run(
        _ words: [String], environment settings: [String: String] = [:], quietly: Bool = false
    ) throws -> Child {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw BenchError("no pipe: \(String(cString: strerror(errno)))") }
        var files = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&files)
        defer { posix_spawn_file_actions_destroy(&files) }
        posix_spawn_file_actions_adddup2(&files, ends[1], 1)
        posix_spawn_file_actions_addclose(&files, ends[0])
        posix_spawn_file_actions_addclose(&files, ends[1])
        if quietly { posix_spawn_file_actions_addopen(&files, 2, "/dev/null", O_WRONLY, 0) }
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        var environment: [UnsafeMutablePointer<CChar>?] =
            [strdup("PATH=/usr/bin:/bin")] + settings.map { strdup("\($0)=\($1)") } + [nil]
        defer { for word in arguments + environment { free(word) } }

        let clock = ContinuousClock()
        let start = clock.now
        var identifier: pid_t = 0
        let failure = posix_spawn(&identifier, words[0], &files, nil, &arguments, &environment)
        close(ends[1])
        defer { close(ends[0]) }
        guard failure == 0 else { throw BenchError("\(words[0]): \(String(cString: strerror(failure)))") }
        let output = FileHandle(fileDescriptor: ends[0]).readDataToEndOfFile()
        var status: Int32 = 0
        var usage = rusage()
        while wait4(identifier, &status, 0, &usage) < 0, errno == EINTR {}
        let elapsed = (clock.now - start).components
        return Child(
            wall: Double(elapsed.seconds) + Double(elapsed.attoseconds) / 1e18,
            processor: usage.ru_utime.inSeconds + usage.ru_stime.inSeconds, peak: Int(usage.ru_maxrss) * 1024,
            output: Array(output), status: status & 0x7f == 0 ? status >> 8 & 0xff : 128 + status & 0x7f)
    }

    /// The same; a failure of the process is one of the measurement.
    static func succeed(
        _ words: [String], environment: [String: String] = [:], quietly: Bool = false
    ) throws -> Child {
        let child = try run(words, environment: environment, quietly: quietly)
        guard child.status == 0 else {
            throw BenchError("status \(child.status) of: \(words.joined(separator: " "))")
        }
        return child
    }
}

extension timeval {
    fileprivate var inSeconds: Double { Double(tv_sec) + Double(tv_usec) / 1e6 }
}
