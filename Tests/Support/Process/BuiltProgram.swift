import Foundation

/// A program of this package, as the build that the running tests belong to has made it.
public struct BuiltProgram: Sendable {
    /// Where it is.
    public let path: String

    /// The program `name`, which stands in the folder of the tests' own executable.
    ///
    /// - Throws: ``SetupError`` when it was not built.
    public init(_ name: String) throws {
        let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        // The tests either are an executable, or are loaded by one whose command line names them.
        let candidates = [tests] + CommandLine.arguments
        let folders = candidates.map { URL(fileURLWithPath: $0).deletingLastPathComponent().path }
        let found = folders.map { "\($0)/\(name)" }.first(where: FileManager.default.isExecutableFile)
        guard let found else { throw SetupError("\(name) was not built beside \(tests)") }
        path = found
    }

    /// The same program as the release build of this package has it.
    ///
    /// - Throws: ``SetupError`` when it was not built.
    public init(release name: String) throws {
        let own = try BuiltProgram(name).path
        path = own.replacingOccurrences(of: "/debug/", with: "/release/")
        guard FileManager.default.isExecutableFile(atPath: path) else {
            throw SetupError("the tests need the release build: make test builds it")
        }
    }

    /// Starts the program; the caller decides when to look at it and when to end it.
    ///
    /// - Parameters:
    ///   - environment: all variables of the process; nothing is inherited.
    ///   - launcher: the beginning of a command line that in the end executes what stands after it, such as
    ///     ``shell(_:)``.
    public func start(
        _ arguments: [String], environment: [String: String] = [:], launcher: [String] = []
    ) throws -> RunningProgram {
        let words = launcher + [path] + arguments
        return try RunningProgram(words[0], Array(words.dropFirst()), environment: environment)
    }

    /// Runs the program to its end; the parameters are those of ``start(_:environment:launcher:)``.
    ///
    /// Only a few run at a time, whatever the number of tests, so that none waits for the processor until a time limit.
    public func run(
        _ arguments: [String], environment: [String: String] = [:], launcher: [String] = []
    ) async throws -> ProgramResult {
        try await Turnstile.programs.pass {
            try await start(arguments, environment: environment, launcher: launcher).finish()
        }
    }

    /// A launcher under which the modes of files count, also when the tests run as root.
    public static let withoutPrivileges =
        getuid() == 0 ? ["/usr/bin/setpriv", "--bounding-set=-all", "--inh-caps=-all"] : []

    /// A launcher that runs shell commands first, such as `umask 077` or `ulimit -f 8`.
    public static func shell(_ commands: String) -> [String] {
        ["/bin/sh", "-c", "\(commands); exec \"$@\"", "sh"]
    }
}
