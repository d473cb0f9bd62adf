/// The work was stopped before it was done.
struct Interruption: Error, CustomStringConvertible {
    /// The signal that asked for it, nil when the program stopped itself.
    let signal: StopSignal?

    var description: String {
        let cause = signal.map { "stopped by \($0.name)" } ?? "stopped"
        return "\(cause) before the work was done; what was there before is unchanged, start it again"
    }

    /// Runs `body` and cancels it at the first of `signals`. What `body` returns counts, even then: a job that finishes the
    /// work in hand and returns was not interrupted.
    static func watch<Value: Sendable>(
        _ signals: AsyncStream<StopSignal>, _ log: Log, _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Event<Value>.self) { group in
            group.addTask {
                do {
                    return .finished(try await body())
                } catch is CancellationError {
                    return .cancelled
                }
            }
            group.addTask { .signal(await signals.first { _ in true }) }
            defer { group.cancelAll() }
            var received: StopSignal?
            for try await event in group {
                switch event {
                case .finished(let value): return value
                case .cancelled: throw Interruption(signal: received)
                case .signal(let signal):
                    guard let signal else { continue }
                    received = signal
                    log.warning("stopping", ["signal": .string(signal.name)])
                    group.cancelAll()
                }
            }
            throw Interruption(signal: received)
        }
    }

    private enum Event<Value: Sendable>: Sendable {
        case finished(Value)
        case cancelled
        case signal(StopSignal?)
    }
}
