import Foundation

/// A program of this package.
public struct BuiltProgram: Sendable {
    /// Where it is.
    public let path: String
    /// Where the build is that has fault points.
    private let faulty: String

    /// The program `name` of the build that the running tests belong to, or when the variable `PROGRAMS` is `release`, the one
    /// that is delivered: that is what ought to be tested, and it is many times as quick.
    ///
    /// - Throws: ``SetupError`` when it was not built.
    public init(_ name: String) throws {
        faulty = try Self.besideTests(name)
        let isRelease = ProcessInfo.processInfo.environment["PROGRAMS"] == "release"
        path = try isRelease ? Self.released(name) : faulty
    }

    /// The program as it is delivered.
    ///
    /// - Throws: ``SetupError`` when it was not built.
    public init(release name: String) throws {
        path = try Self.released(name)
        faulty = path
    }

    /// The tests either are an executable, or are loaded by one whose command line names them.
    private static func besideTests(_ name: String) throws -> String {
        let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let folders = ([tests] + CommandLine.arguments).map {
            URL(fileURLWithPath: $0).deletingLastPathComponent().path
        }
        let found = folders.map { "\($0)/\(name)" }.first(where: FileManager.default.isExecutableFile)
        guard let found else { throw SetupError("\(name) was not built beside \(tests)") }
        return found
    }

    private static func released(_ name: String) throws -> String {
        let path = Repository.root.appending(path: ".build/release/\(name)").path(percentEncoded: false)
        guard FileManager.default.isExecutableFile(atPath: path) else {
            throw SetupError("the tests need the release build: make test builds it")
        }
        return path
    }

    /// Starts the program; the caller decides when to look at it and when to end it. With a variable `FAULT` it is always the
    /// one of the tests' own build.
    ///
    /// - Parameters:
    ///   - environment: all variables of the process; nothing is inherited.
    ///   - launcher: the beginning of a command line that in the end executes what stands after it, such as
    ///     ``shell(_:)``.
    public func start(
        _ arguments: [String], environment: [String: String] = [:], launcher: [String] = []
    ) throws -> RunningProgram {
        let words = launcher + [environment["FAULT"] == nil ? path : faulty] + arguments
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
