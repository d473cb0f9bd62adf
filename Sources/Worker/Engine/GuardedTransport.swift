import HTTP

/// Sends only as long as a condition holds.
struct GuardedTransport: Transport {
    let base: any Transport
    let maySend: @Sendable () -> Bool

    func send(_ request: Request, within deadline: Deadline) async throws(TransportError) -> Response {
        guard maySend() else { throw TransportError(.stopped, request, mayHaveArrived: false) }
        return try await base.send(request, within: deadline)
    }
}
