import Command
import Testing

@Suite("Failures")
struct FailureTests {
    private struct Unknown: Error {
        let datum = "learner@example.edu"
    }

    private struct Known: Error {}

    private func run(_ harness: Harness = Harness(), throwing error: any Error) async -> Harness.Result {
        let program = SampleProgram.program(
            import: { _ in throw error },
            failure: { error in error is Known ? Failure(.unavailable, "the database is down; start it") : nil })
        return await harness.run(program, ["import", "x"])
    }

    @Test("a failure is one line and its status")
    func failure() async {
        #expect(
            await run(throwing: Failure(.data, "course.json:3:7: a value is expected\nhere"))
                == .init(
                    status: .data, output: "",
                    diagnostics: "sample: course.json:3:7: a value is expected\\nhere\n"))
    }

    @Test("without a terminal it is a JSON line")
    func json() async {
        var harness = Harness()
        harness.terminal = nil
        #expect(
            await run(harness, throwing: Failure(.data, "no \"id\"")).diagnostics
                == #"{"time":"2026-11-23T20:45:00Z","level":"error","program":"sample","command":"import","#
                + #""event":"failed","status":65,"seconds":0.0,"message":"no \"id\""}"# + "\n")
        let usage = await harness.run(SampleProgram.program(), ["import"])
        #expect(usage.status == .usage)
        #expect(usage.diagnostics.hasPrefix(#"{"time":"2026-11-23T20:45:00Z","level":"error","program":"sample","#))
    }

    @Test("an error of a module means what the program says")
    func known() async {
        #expect(
            await run(throwing: Known())
                == .init(status: .unavailable, output: "", diagnostics: "sample: the database is down; start it\n"))
    }

    @Test("an unknown error is a bug, and shows nothing of what it holds")
    func unknown() async {
        let result = await run(throwing: Unknown())
        #expect(result.status == .bug)
        #expect(result.diagnostics.hasPrefix("sample: unexpected error CommandTests.FailureTests."))
        #expect(result.diagnostics.hasSuffix("; this is a bug, please report it\n"))
        #expect(!result.diagnostics.contains("learner"))
    }

    @Test("a result that cannot be written is a failure")
    func closedOutput() async {
        let diagnostics = Recorder()
        let context = ProcessContext(
            arguments: ["--version"], environment: [:],
            output: ByteSink { _ throws(Failure) in throw Failure(.cannotCreate, "standard output is full") },
            diagnostics: diagnostics.sink, terminal: Terminal(columns: 80), time: ManualClock().source)
        #expect(await SampleProgram.program().run(in: context) == .cannotCreate)
        #expect(diagnostics.text == "sample: standard output is full\n")
    }

    @Test("with --json the result is one JSON object on standard output")
    func result() async {
        let program = SampleProgram.program(import: { invocation in
            try invocation.print("3 files\nin all") { $0.member("files", 3) }
            return Outcome()
        })
        #expect(await Harness().run(program, ["import", "x"]).output == "3 files\nin all\n")
        #expect(await Harness().run(program, ["--json", "import", "x"]).output == "{\"files\":3}\n")
    }
}
