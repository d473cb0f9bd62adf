import Foundation

/// A program of the distribution.
public struct InstalledProgram: Sendable {
    /// Where it is.
    public let path: String

    /// The program `name`, from the first folder that has it.
    ///
    /// - Throws: ``SetupError``, which names the Debian package to install, when none has it.
    public init(
        _ name: String, in folders: [String] = ["/usr/sbin", "/usr/local/bin", "/usr/bin"], package: String
    ) throws {
        let found = folders.map { "\($0)/\(name)" }.first(where: FileManager.default.isExecutableFile)
        guard let found else {
            throw SetupError("the tests need \(name), which is not installed: apt install \(package)")
        }
        path = found
    }

    /// Runs the program to its end.
    ///
    /// - Parameter environment: all variables of the process; nothing is inherited.
    public func run(_ arguments: [String], environment: [String: String] = [:]) async throws -> ProgramResult {
        try await Turnstile.programs.pass {
            try await RunningProgram(path, arguments, environment: environment).finish()
        }
    }
}
