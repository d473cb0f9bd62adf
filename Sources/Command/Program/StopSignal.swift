import Dispatch
import Glibc
import Synchronization

/// A signal that asks a program to stop.
public enum StopSignal: Int32, CaseIterable, Sendable {
    case interrupt = 2
    case terminate = 15

    /// The name: `SIGTERM`.
    public var name: String {
        switch self {
        case .interrupt: "SIGINT"
        case .terminate: "SIGTERM"
        }
    }

    /// The signals that reach this process: the first is delivered, a second one ends the process at once with the status
    /// 128 + its number, whatever the program is doing.
    static func received() -> AsyncStream<StopSignal> {
        let (stream, continuation) = AsyncStream.makeStream(of: StopSignal.self)
        let first = First()
        let queue = DispatchQueue(label: "stop signals")
        for stopSignal in allCases {
            signal(stopSignal.rawValue, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: stopSignal.rawValue, queue: queue)
            // The handler holds its own source, which is to live as long as the process.
            source.setEventHandler {
                withExtendedLifetime(source) {
                    if !first.take() { _exit(128 + stopSignal.rawValue) }
                    continuation.yield(stopSignal)
                }
            }
            source.resume()
        }
        return stream
    }

    private final class First: Sendable {
        private let isTaken = Atomic(false)

        /// True for the first caller only.
        func take() -> Bool { !isTaken.exchange(true, ordering: .relaxed) }
    }
}
