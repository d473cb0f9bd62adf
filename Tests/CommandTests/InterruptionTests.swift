import Command
import Testing

@Suite("Stop signals")
struct InterruptionTests {
    private func harness(_ signals: StopSignal...) -> Harness {
        var harness = Harness()
        harness.stopSignals = AsyncStream { continuation in
            for signal in signals { continuation.yield(signal) }
            continuation.finish()
        }
        return harness
    }

    /// Ends by the cancellation alone.
    private static func waitForCancellation() async {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
        await withTaskCancellationHandler {
            for await _ in stream {}
        } onCancel: {
            continuation.finish()
        }
    }

    @Test("a signal cancels the work; what was cancelled is to be started again")
    func cancelled() async {
        let program = SampleProgram.program(import: { _ in
            await InterruptionTests.waitForCancellation()
            try Task.checkCancellation()
            return Outcome()
        })
        #expect(
            await harness(.terminate).run(program, ["import", "x"])
                == .init(
                    status: .temporary, output: "",
                    diagnostics: """
                        warning: stopping: signal=SIGTERM
                        sample: stopped by SIGTERM before the work was done; what was there before is unchanged, \
                        start it again

                        """))
    }

    @Test("work that finishes what it has in hand and returns was not interrupted")
    func finished() async {
        let program = SampleProgram.program(import: { _ in
            await InterruptionTests.waitForCancellation()
            return Outcome(summary: ["cancelled": .bool(Task.isCancelled)])
        })
        #expect(
            await harness(.interrupt).run(program, ["import", "x"])
                == .init(
                    status: .done, output: "",
                    diagnostics: """
                        warning: stopping: signal=SIGINT
                        import finished in 0.000 s: cancelled=yes

                        """))
    }

    @Test("without a signal nothing is cancelled")
    func undisturbed() async {
        let program = SampleProgram.program(import: { _ in Outcome(Task.isCancelled ? .partly : .done) })
        #expect(await harness().run(program, ["import", "x"]).status == .done)
    }
}
