import Bytes
import Command
import Testing

@Suite("Command line")
struct CommandLineTests {
    /// Runs a command that prints what it got.
    private func run(_ arguments: [String]) async -> Harness.Result {
        let program = SampleProgram.program(
            render: { invocation in
                let check = try invocation[SampleProgram.check]
                let now = try invocation[SampleProgram.now]
                let limit = try invocation[SampleProgram.limit]
                let pageSize = try invocation[SampleProgram.pageSize]
                try invocation.print("\(check) \(now?.description ?? "-") \(limit) \(pageSize)") { _ in }
                return Outcome()
            },
            import: { invocation in
                let directory = try invocation[SampleProgram.directory]
                let label = try invocation[SampleProgram.label]
                try invocation.print("\(directory) \(label ?? "-")") { _ in }
                return Outcome()
            })
        var harness = Harness()
        harness.environment["MITXONLINE_SITE_BASE_URL"] = "https://mitxonline.example"
        return await harness.run(program, arguments)
    }

    @Test(
        "what is written in a known form is understood",
        arguments: [
            (["render"], "false - 10 100"),
            (["render", "--check", "--limit", "3", "--page-size=20"], "true - 3 20"),
            (["render", "--now", "2026-11-23T20:45:00Z"], "false 2026-11-23T20:45:00Z 10 100"),
            (["render", "--limit", "-5"], "false - -5 100"),
            (["--log-level", "debug", "render"], "false - 10 100"),
            (["import", "a"], "a -"),
            (["import", "a", "b", "--database", "sqlite:x"], "a b"),
            (["import", "--", "--odd", "-h"], "--odd -h"),
            (["import", "-"], "- -"),
        ])
    func accepted(words: [String], output: String) async {
        let result = await run(words)
        #expect(result == Harness.Result(status: .done, output: output + "\n", diagnostics: ""))
    }

    @Test(
        "what is wrong is said in one line that says what to do",
        arguments: [
            ([], "a command is missing, one of: import, render; see 'sample --help'"),
            (["rendr"], "unknown command 'rendr'; did you mean 'render'? See 'sample --help'"),
            (["publish"], "unknown command 'publish'; see 'sample --help'"),
            (
                ["render", "--pagesize", "5"],
                "unknown option '--pagesize'; did you mean '--page-size'? See 'sample render --help'"
            ),
            (["render", "--chekc"], "unknown option '--chekc'; did you mean '--check'? See 'sample render --help'"),
            (["render", "--che"], "unknown option '--che'; did you mean '--check'? See 'sample render --help'"),
            (["render", "--frobnicate=1"], "unknown option '--frobnicate'; see 'sample render --help'"),
            (["render", "-x"], "unknown option '-x'; see 'sample render --help'"),
            (
                ["import", "a", "--page-size", "5"],
                "'--page-size' is an option of 'render', not of 'import'; see 'sample import --help'"
            ),
            (
                ["--page-size", "5", "render"],
                "'--page-size' is an option of 'render' and stands after it; see 'sample --help'"
            ),
            (["render", "--limit"], "the option '--limit' needs a value: --limit N; see 'sample render --help'"),
            (
                ["render", "--limit", "--check"],
                "the option '--limit' needs a value: --limit N; see 'sample render --help'"
            ),
            (["render", "--limit=1", "--limit=1"], "the option '--limit' is given twice; see 'sample render --help'"),
            (["render", "--check", "--check"], "the option '--check' is given twice; see 'sample render --help'"),
            (["render", "--check=yes"], "the option '--check' takes no value; see 'sample render --help'"),
            (["render", "x"], "unexpected argument 'x'; see 'sample render --help'"),
            (["import", "a", "b", "c"], "unexpected argument 'c'; see 'sample import --help'"),
            (["import"], "the argument DIR is missing; see 'sample import --help'"),
            (["import", ""], "DIR: '' is not a path"),
            (["render", "--limit", "many"], "--limit: many is not a whole number"),
            (["render", "--now=noon"], "--now: noon is not an instant such as 2026-11-23T20:45:00Z"),
            (
                ["render", "--fastly-token=t0ken"],
                "'--fastly-token' is no option, since others can read command lines: set FASTLY_AUTH_TOKEN or provide the credential; see 'sample render --help'"
            ),
            (["render", "one\ntwo\u{1b}[2J"], "unexpected argument 'one\\ntwo\\u{1b}[2J'; see 'sample render --help'"),
            (["render", "--log-format=xml"], "--log-format: xml is not json or text"),
        ])
    func refused(words: [String], message: String) async {
        let result = await run(words)
        #expect(result == Harness.Result(status: .usage, output: "", diagnostics: "sample: \(message)\n"))
    }
}
