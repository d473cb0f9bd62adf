import Foundation

/// Starts a program without blocked signals; in a `session` of its own, the terminal's signals do not reach it.
///
/// Foundation's `Process` is no way to start a server: it takes a program for running until every descendant has closed
/// what it inherited, so that it never collects the dead child, and whoever waits for any child waits in vain.
func spawn(_ arguments: [String], input: Int32? = nil, errors: Int32? = nil, session: Bool = false) throws -> pid_t {
    var files = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&files)
    defer { posix_spawn_file_actions_destroy(&files) }
    if let input {
        posix_spawn_file_actions_adddup2(&files, input, 0)
    } else {
        posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0)
    }
    posix_spawn_file_actions_addopen(&files, 1, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_adddup2(&files, errors ?? 1, 2)

    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    // The last is POSIX_SPAWN_SETSID, a GNU extension that is not imported.
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | (session ? 0x80 : 0)))

    var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var child: pid_t = 0
    let status = posix_spawn(&child, arguments[0], &files, &attributes, &words, environ)
    guard status == 0 else { throw SetupError("\(arguments[0]): \(String(cString: strerror(status)))") }
    return child
}

/// Runs a program to its end and returns its exit status.
@discardableResult func runProgram(_ path: String, _ arguments: [String], expectSuccess: Bool = true) throws -> Int32 {
    let errors = Pipe()
    let child = try spawn([path] + arguments, errors: errors.fileHandleForWriting.fileDescriptor)
    try errors.fileHandleForWriting.close()
    let message = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    if expectSuccess, status != 0 { throw SetupError("\(path): \(message)") }
    return status
}
