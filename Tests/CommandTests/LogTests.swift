import Bytes
import Command
import Testing

@Suite("Log")
struct LogTests {
    private func run(
        _ harness: Harness, _ words: [String] = ["import", "x"],
        body: @escaping @Sendable (Invocation) async throws -> Outcome
    ) async -> Harness.Result {
        await harness.run(SampleProgram.program(import: body), words)
    }

    private var piped: Harness {
        var harness = Harness()
        harness.terminal = nil
        return harness
    }

    @Test("without a terminal each event is one JSON object, its fields typed and in order")
    func json() async {
        let result = await run(piped) { invocation in
            invocation.log.with(["job": "sync"]).info(
                "rows_read",
                [
                    "rows": 12, "complete": true, "price": .decimal(Decimal64(units: 14950, scale: 2)),
                    "until": .timestamp(Timestamp(microseconds: 0)), "token": .secret(Secret("canary")),
                    "path": .string("a \"b\"\n"),
                ])
            return Outcome()
        }
        #expect(
            result
                == .init(
                    status: .done, output: "",
                    diagnostics:
                        #"{"time":"2026-11-23T20:45:00Z","level":"info","program":"sample","command":"import","#
                        + #""event":"rows_read","job":"sync","rows":12,"complete":true,"price":149.5,"#
                        + #""until":"1970-01-01T00:00:00Z","token":"[redacted]","path":"a \"b\"\n"}"# + "\n"))
    }

    @Test("on a terminal each event is one line for a person, without control characters")
    func text() async {
        let result = await run(Harness()) { invocation in
            invocation.log.warning(
                "row_skipped",
                [
                    "id": 7, "live": false, "title": .string("Glass Physics"), "text": .string("\u{1b}[2J\nx"),
                    "empty": "",
                ])
            invocation.log.info("done")
            return Outcome()
        }
        #expect(
            result.diagnostics
                == "warning: row skipped: id=7 live=no title=\"Glass Physics\" text=\\u{1b}[2J\\nx empty=\"\"\ndone\n")
    }

    @Test(
        "events below the level are left out",
        arguments: [
            ("debug", "debug: a\nb\nwarning: c\nerror: d\n"), ("info", "b\nwarning: c\nerror: d\n"),
            ("WARNING", "warning: c\nerror: d\n"), ("Critical", "error: d\n"),
        ])
    func levels(level: String, expected: String) async {
        var harness = Harness()
        harness.environment["MITX_ONLINE_LOG_LEVEL"] = level
        let result = await run(harness) { invocation in
            invocation.log.debug("a")
            invocation.log.info("b")
            invocation.log.warning("c")
            invocation.log.error("d")
            return Outcome()
        }
        #expect(result.diagnostics == expected)
    }

    @Test("the format can be asked for")
    func format() async {
        let body: @Sendable (Invocation) async throws -> Outcome = { invocation in
            invocation.log.info("hello")
            return Outcome()
        }
        #expect(await run(piped, ["import", "x", "--log-format=text"], body: body).diagnostics == "hello\n")
        #expect(
            await run(Harness(), ["--log-format=json", "import", "x"], body: body).diagnostics.hasPrefix("{\"time\":"))
    }

    @Test("the last line sums the run up")
    func summary() async {
        let body: @Sendable (ManualClock) -> @Sendable (Invocation) async throws -> Outcome = { clock in
            { _ in
                clock.advance(by: .milliseconds(1500))
                return Outcome(.partly, summary: ["files": 3])
            }
        }
        let harness = piped
        #expect(
            await run(harness, body: body(harness.clock))
                == .init(
                    status: .partly, output: "",
                    diagnostics:
                        #"{"time":"2026-11-23T20:45:01.500000Z","level":"info","program":"sample","command":"import","#
                        + #""event":"finished","status":3,"seconds":1.5,"files":3}"# + "\n"))
        let shown = Harness()
        #expect(
            await run(shown, body: body(shown.clock)).diagnostics == "import finished in part in 1.500 s: files=3\n")
    }

    @Test("a line is one write, also with a progress bar in the way")
    func oneWrite() async throws {
        let recorder = Recorder()
        let clock = ManualClock()
        let program = SampleProgram.program(import: { invocation in
            invocation.log.progress("reading", total: 200) { bar in
                bar.advance(by: 2)
                bar.advance()
                clock.advance(by: .milliseconds(99))
                bar.advance()
                invocation.log.info("half_way")
                clock.advance(by: .milliseconds(1))
                bar.advance(by: 196)
            }
            invocation.log.progress("counting", total: 0) { bar in bar.advance(by: 5) }
            return Outcome()
        })
        let context = ProcessContext(
            arguments: ["import", "x"], environment: [:], output: recorder.sink, diagnostics: recorder.sink,
            terminal: Terminal(columns: 60), time: clock.source)
        #expect(await program.run(in: context) == .done)
        let erase = "\r\u{1b}[K"
        let first = "reading [" + String(repeating: ".", count: 37) + "]   1 % 2/200"
        #expect(
            recorder.pieces == [
                erase + first,
                erase + "half way\n" + first,
                erase + "reading [" + String(repeating: "#", count: 35) + "] 100 % 200/200",
                erase,
                erase + "counting 5",
                erase,
            ])
    }

    @Test("without a terminal, or with JSON on one, there is no progress bar")
    func noBar() async {
        let body: @Sendable (Invocation) async throws -> Outcome = { invocation in
            await invocation.log.progress("reading", total: 2) { bar in
                await Task.yield()
                bar.advance()
            }
            return Outcome()
        }
        #expect(await run(piped, body: body).diagnostics == "")
        #expect(await run(piped, ["import", "x", "--log-format=text"], body: body).diagnostics == "")
        #expect(await run(Harness(), ["import", "x", "--log-format=json"], body: body).diagnostics == "")
    }

    @Test("a log that cannot be written does not stop the work")
    func closed() async {
        let output = Recorder()
        let context = ProcessContext(
            arguments: ["import", "x"], environment: [:], output: output.sink,
            diagnostics: ByteSink { _ throws(Failure) in throw Failure(.cannotCreate, "closed") },
            time: ManualClock().source)
        let program = SampleProgram.program(import: { invocation in
            invocation.log.info("hello")
            try invocation.print("result") { _ in }
            return Outcome()
        })
        #expect(await program.run(in: context) == .done)
        #expect(output.text == "result\n")
    }
}
