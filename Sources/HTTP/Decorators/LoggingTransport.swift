import Command

/// Writes a debug line for each call: which, to which host, its outcome, how long it took.
///
/// Nothing else of request and answer has a way into the line, so that no secret and no learner's datum does.
public struct LoggingTransport: Transport {
    private let base: any Transport
    private let log: Log
    private let time: TimeSource

    /// Logs the calls of `base`; outside the retries a call with its attempts is one line, inside each attempt is one.
    public init(_ base: any Transport, log: Log, time: TimeSource) {
        self.base = base
        self.log = log
        self.time = time
    }

    /// Sends the request and logs how it ended.
    public func send(_ request: Request, within deadline: Deadline) async throws(TransportError) -> Response {
        let start = time.steady()
        let outcome = await base.outcome(of: request, within: deadline)
        let (seconds, attoseconds) = (time.steady() - start).components
        var fields: LogFields = ["call": .string("\(request.call)"), "host": .string(request.url.origin)]
        switch outcome {
        case .success(let response): fields.append("status", .int(response.status))
        case .failure(let error): fields.append("error", .string(error.code.rawValue))
        }
        fields.append("milliseconds", .int(Int(seconds * 1000 + attoseconds / 1_000_000_000_000_000)))
        log.debug("http_call", fields)
        return try outcome.get()
    }
}
