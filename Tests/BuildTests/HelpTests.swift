import Support
import Testing

@Suite("help and version")
struct HelpTests {
    @Test(
        "--help prints the text of the program or of the command, wherever it stands",
        arguments: [
            (["--help"], "program"), (["-h"], "program"), (["render", "--help"], "render"),
            (["--help", "render"], "render"),
            (["render", "--now", "never", "--bogus", "-h"], "render"), (["import", "--help"], "import"),
            (["check", "--help"], "check"), (["preview", "--help"], "preview"), (["list", "--help"], "list"),
            (["verify", "--help"], "verify"),
            (["rollback", "--help"], "rollback"), (["template", "--help"], "template"),
        ])
    func help(arguments: [String], file: String) async throws {
        let result = try await BuildProgram().run(arguments)
        #expect(result.output == (try FixtureFiles.text("help/\(file).txt")))
        #expect(result.errors == "")
        #expect(result.ending == .exit(0))
    }

    @Test("--version prints name and version")
    func version() async throws {
        let result = try await BuildProgram().run(["--version"])
        #expect(result.output == "mitxonline-build 0.1.0\n")
        #expect(result.errors == "")
        #expect(result.ending == .exit(0))
    }
}
