import Bytes
import Command
import Publisher
import Snapshot
import Store

/// Renders drafts again whenever the database, a template or the file with texts changes, until it is stopped: the one command that stays.
struct PreviewWatch: Sendable {
    private let job: PreviewJob
    private let invocation: Invocation

    /// How often is looked for a change: what somebody saves is to be seen within a second.
    private static let pause = Duration.milliseconds(250)
    /// The longest time between two tries while something is wrong.
    private static let longestPause = Duration.seconds(5)

    init(_ job: PreviewJob, _ invocation: Invocation) {
        self.job = job
        self.invocation = invocation
    }

    /// What a look shows.
    private struct Sight: Equatable {
        let database: ChangeMarker
        let templates: Digest
        let texts: FileStamp?
    }

    /// What is known between two looks.
    private struct State {
        /// What was seen before the last try, whether it succeeded or not.
        var tried: Sight?
        /// What the preview that is there was made from.
        var input: PreviewJob.Input?
        /// When the clock alone changes a page.
        var nextChange: Timestamp?
        var renders = 0
        /// Tries in a row that failed, the last one's problem, and when the next one is due without a change.
        var failures = 0
        /// Whether not even a look succeeds.
        var isBlind = false
        var problem: String?
        var nextTry = Duration.zero

        mutating func take(_ result: PreviewJob.Result) {
            input = result.input
            nextChange = result.nextChange
            renders += 1
        }
    }

    /// Ends when it is stopped. A first render that fails ends it too: its command line is wrong, or its database.
    func run() async throws -> Outcome {
        var state = State()
        do {
            let sight = try await look()
            let first = try await job.render()
            try invocation.print(job.text(of: first) + "\n  watching for changes; Ctrl-C ends it") {
                job.write(first, into: &$0)
            }
            // While another process has the output, every look tries again.
            if !first.isBusy {
                state.tried = sight
                state.take(first)
            }
            while true {
                try await Task.sleep(for: state.isBlind ? pause(after: state.failures) : Self.pause)
                await step(&state)
                try Task.checkCancellation()
            }
        } catch is CancellationError {
            return Outcome(summary: ["renders": .int(state.renders)])
        }
    }

    private func look() async throws -> Sight {
        Sight(
            database: try await job.database.changeMarker(),
            templates: try TemplateFolder(invocation[BuildSettings.templates]).stamp(),
            texts: try invocation[BuildSettings.copyFile].map { FileStamp($0) })
    }

    /// One look, and a render if there is something new. What goes wrong is said once, and tried again.
    private func step(_ state: inout State) async {
        state.isBlind = true
        do {
            let sight = try await look()
            state.isBlind = false
            let isDue = state.nextChange.map { $0 <= job.now } ?? false
            // What the clock makes due fails as long as anything else does: it waits for its turn too.
            let isTurn = state.failures > 0 ? invocation.time.steady() >= state.nextTry : isDue
            guard sight != state.tried || isTurn else { return }
            let start = invocation.time.steady()
            // Whatever comes of it: a try that failed is not made again at once, unless something else changes.
            let before = state.tried
            state.tried = sight
            let result = try await job.render(unlessFrom: isDue ? nil : state.input)
            if result.isBusy {
                state.tried = before
                return
            }
            if state.failures > 0 { invocation.log.info("preview_works_again") }
            (state.failures, state.problem) = (0, nil)
            guard result.snapshotID != nil else { return }
            state.take(result)
            var fields = result.fields
            fields.append("milliseconds", .int(Int((invocation.time.steady() - start) / .milliseconds(1))))
            invocation.log.info("preview_rendered", fields)
        } catch is CancellationError {
            return
        } catch {
            fail(&state, because: error)
        }
    }

    private func fail(_ state: inout State, because error: any Error) {
        state.failures += 1
        state.nextTry = invocation.time.steady() + pause(after: state.failures)
        let problem = (error as? Failure ?? FailureMeaning.of(error))?.message ?? "\(type(of: error))"
        guard problem != state.problem else { return }
        state.problem = problem
        invocation.log.warning("preview_failed", ["problem": .string(problem)])
    }

    private func pause(after failures: Int) -> Duration {
        min(Self.pause * (1 << min(failures, 6)), Self.longestPause)
    }
}
