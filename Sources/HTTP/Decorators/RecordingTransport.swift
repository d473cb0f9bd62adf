import Synchronization

/// Keeps what was sent and what came back, in memory, for tests and for looking into a problem.
public struct RecordingTransport: Transport {
    private let base: any Transport
    private let recording: Recording

    /// Records the calls of `base` into `recording`.
    public init(_ base: any Transport, into recording: Recording) {
        self.base = base
        self.recording = recording
    }

    /// Sends the request and records it with its outcome.
    public func send(_ request: Request, within deadline: Deadline) async throws(TransportError) -> Response {
        let outcome = await base.outcome(of: request, within: deadline)
        recording.append(RecordedCall(request, outcome))
        return try outcome.get()
    }
}

/// The calls of a ``RecordingTransport`` in the order they ended.
public final class Recording: Sendable {
    private let recorded = Mutex<[RecordedCall]>([])

    /// Nothing yet.
    public init() {}

    /// The calls so far.
    public var calls: [RecordedCall] { recorded.withLock { $0 } }

    func append(_ call: RecordedCall) {
        recorded.withLock { $0.append(call) }
    }
}
