import Bytes
import Command
import Synchronization

/// Runs a program within the test and keeps what it wrote.
struct Harness {
    var environment: [String: String] = [:]
    var terminal: Terminal? = Terminal(columns: 80)
    var clock = ManualClock()
    var stopSignals = AsyncStream<StopSignal> { $0.finish() }

    struct Result: Equatable {
        let status: ExitStatus
        let output: String
        let diagnostics: String
    }

    func run(_ program: Program, _ arguments: [String]) async -> Result {
        let output = Recorder()
        let diagnostics = Recorder()
        let status = await program.run(
            in: ProcessContext(
                arguments: arguments, environment: environment, output: output.sink, diagnostics: diagnostics.sink,
                terminal: terminal, time: clock.source, stopSignals: stopSignals))
        return Result(status: status, output: output.text, diagnostics: diagnostics.text)
    }
}

/// A sink that remembers every write.
final class Recorder: Sendable {
    private let writes = Mutex<[[UInt8]]>([])

    var sink: ByteSink {
        ByteSink { [self] bytes throws(Failure) in writes.withLock { $0.append(bytes) } }
    }

    /// Each write by itself.
    var pieces: [String] { writes.withLock { $0.map { String(decoding: $0, as: UTF8.self) } } }

    var text: String { pieces.joined() }
}

/// A clock that stands still until it is moved; it starts at 2026-11-23T20:45:00Z.
final class ManualClock: Sendable {
    private let elapsed = Mutex(Duration.zero)

    func advance(by duration: Duration) {
        elapsed.withLock { $0 += duration }
    }

    var source: TimeSource {
        TimeSource(
            now: { [self] in
                let (seconds, attoseconds) = elapsed.withLock { $0 }.components
                return Timestamp(microseconds: 1_795_466_700_000_000)
                    .adding(seconds: seconds).adding(microseconds: attoseconds / 1_000_000_000_000)
            },
            steady: { [self] in elapsed.withLock { $0 } })
    }
}

extension Timestamp {
    fileprivate func adding(microseconds count: Int64) -> Timestamp {
        Timestamp(microseconds: microseconds + count)
    }
}
