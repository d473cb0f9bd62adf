import Support
import Testing

/// The program as it is delivered: the compiler's optimiser makes another program of the same source.
@Suite("The release build")
struct ReleaseTests {
    @Test("does what every command is for")
    func commands() async throws {
        let program = try BuiltProgram(release: BuildProgram.name)
        let workspace = try Workspace()
        try Fixture.golden().write(into: workspace, folder: "tables")
        let database = "sqlite:\(workspace.path("catalog.sqlite"))"
        let render = BuildProgram.rendering(database, into: workspace)
        let output = ["--output", workspace.output]
        let runs: [([String], String)] = [
            (["import", workspace.path("tables"), "--database", database], "imported "),
            (["render", "--check", "--database", database], "checked "), (render, "published snapshot "),
            (render, "unchanged: "), (render + ["--if-stale"], "unchanged: "),
            (render + ["--compat", "strict"], "published snapshot "), (["list"] + output, "SNAPSHOT "),
            (["verify", "--all"] + output, "snapshot "), (["rollback"] + output, "serves snapshot "),
            (render + ["--compat", "strict", "--if-stale"], "held: "),
            (["rollback", "--release"] + output, "released: "),
            (render + ["--compat", "strict"], "switched back "), (["render", "--help"], "Usage: "),
        ]
        for (words, head) in runs {
            let result = try await program.run(words, environment: BuildProgram.environment)
            #expect(result.ending == .exit(0), "\(words): \(result.errors)")
            #expect(result.output.hasPrefix(head), "\(words): \(result.output)")
        }
        let failed = try await program.run(
            ["render", "--database", "sqlite:/nowhere"] + output, environment: BuildProgram.environment)
        #expect(failed.ending == .exit(78))
    }
}
