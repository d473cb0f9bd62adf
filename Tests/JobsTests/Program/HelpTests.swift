import Support
import Testing

@testable import Jobs

@Suite("Help and version of mitxonline-jobs")
struct HelpTests {
    private static let commands = MITxOnlineJobs.program.subcommands.map(\.name)

    @Test(
        "--help prints the text of the program or of the command, wherever it stands",
        arguments: commands.map { ([$0, "--help"], $0) } + [
            (["--help"], "program"), (["-h"], "program"), (["--help", "run"], "run"),
            (["run", "nonsense", "--limit", "x", "--bogus", "-h"], "run"),
        ])
    func help(arguments: [String], file: String) async throws {
        let result = try await JobsProgram().run(arguments)
        result.expect(output: try FixtureFiles.text("help/jobs/\(file).txt"), log: [])
    }

    @Test("--version prints name and version")
    func version() async throws {
        try await JobsProgram().run(["--version"]).expect(output: "mitxonline-jobs 0.1.0\n", log: [])
    }
}
