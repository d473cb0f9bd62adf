import Foundation
import Support
import Testing

/// `mitxonline-build` as the tests start it: with settings that suit Fixture F, and canaries all around.
struct BuildProgram: Sendable {
    static let name = "mitxonline-build"

    /// The instant of Fixture F.
    static let now = "2026-11-23T20:45:00Z"

    /// The variables of every run.
    static let environment = Canaries.environment.merging([
        "PATH": "/usr/bin:/bin",
        "MITX_ONLINE_BASE_URL": "https://mitxonline.mit.edu",
        "OPENEDX_COURSE_BASE_URL": "http://edx.odl.local:18000/learn/course/",
    ]) { first, _ in first }

    private let program: BuiltProgram
    private let environment: [String: String]

    /// The program with the usual variables, apart from `changes`; nil takes a variable away.
    init(_ changes: [String: String?] = [:]) throws {
        program = try BuiltProgram(Self.name)
        var environment = Self.environment
        for (name, value) in changes { environment[name] = value }
        self.environment = environment
    }

    /// Runs the program, and records an issue if it shows a canary.
    func run(
        _ arguments: [String], launcher: [String] = [], sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> ProgramResult {
        let result = try await program.run(arguments, environment: environment, launcher: launcher)
        Canaries.check(result.output, "standard output", sourceLocation: sourceLocation)
        Canaries.check(result.errors, "standard error", sourceLocation: sourceLocation)
        return result
    }

    /// Starts the program and leaves the rest to the test.
    func start(_ arguments: [String]) throws -> RunningProgram {
        try program.start(arguments, environment: environment)
    }

    /// The words of a render of `locator` into the workspace's output at the instant of Fixture F.
    static func rendering(_ locator: String, into workspace: Workspace, _ options: [String] = []) -> [String] {
        ["render", "--database", locator, "--output", workspace.output]
            + (options.contains("--now") ? [] : ["--now", now]) + options
    }
}
