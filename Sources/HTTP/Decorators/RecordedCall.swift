import Command

/// A call as a ``RecordingTransport`` keeps it. Its description names call, host and outcome alone.
public struct RecordedCall: Sendable, CustomStringConvertible, CustomReflectable {
    /// The fields whose values hold no secret; of every other one only the name is kept.
    private static let openHeaders: Set<String> = [
        "accept", "content-type", "content-length", "idempotency-key", "retry-after", "x-requested-with",
    ]

    /// What the call is called.
    public let call: StaticString
    /// The method.
    public let method: Request.Method
    /// The address; its description names the host alone.
    public let url: RequestURL
    /// The header fields that were sent, `[redacted]` in place of what may be secret.
    public let headers: [(name: String, value: String)]
    /// The body that was sent unless it was read piece by piece; it may hold learners' data and secrets.
    public let body: [UInt8]
    /// The answer, or why there is none; its body may hold learners' data and secrets.
    public let outcome: Result<Response, TransportError>

    init(_ request: Request, _ outcome: Result<Response, TransportError>) {
        call = request.call
        method = request.method
        url = request.url
        headers = request.headers.map { header in
            let isOpen = RecordedCall.openHeaders.contains(header.name.lowercased())
            return (name: header.name, value: isOpen ? header.value.revealed : Secret.redaction)
        }
        body = request.body ?? []
        self.outcome = outcome
    }

    /// `GET enrollment list at https://courses.learn.mit.edu: 200`.
    public var description: String {
        switch outcome {
        case .success(let response): "\(method.rawValue) \(call) at \(url): \(response.status)"
        case .failure(let error): "\(method.rawValue) \(error)"
        }
    }

    /// A mirror without children: `dump` prints the description alone.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
