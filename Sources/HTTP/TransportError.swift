/// Why a request has no answer. The description is safe to log.
public struct TransportError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kinds of failure.
    public enum Code: String, Hashable, Sendable, CaseIterable {
        /// The name of the host is not known, or nothing listens there: nothing was sent.
        case cannotConnect
        /// The certificate of the other side is not to be trusted, or the encryption failed: nothing was sent.
        case insecure
        /// The time was over before the answer was whole.
        case timeout
        /// The connection broke before the answer was whole.
        case connectionLost
        /// The answer is larger than the request allows.
        case tooLarge
        /// What came back is not HTTP.
        case malformed
        /// The request cannot be written as HTTP: a line break in a header field, a space in the target.
        case invalidRequest
        /// The body could not be read from its source, or the answer's not be put into its sink.
        case bodyFailed
        /// A rate limit does not let the request out before the deadline: nothing was sent.
        case limited
        /// A dry run keeps the request back: nothing was sent.
        case withheld
        /// The program is stopping, and the call was not begun or was cut off.
        case stopped
    }

    /// The kind of failure.
    public let code: Code
    /// The call and the host: `enrollment list at https://courses.learn.mit.edu`.
    public let place: String
    /// Whether the other side may have received the request.
    public internal(set) var mayHaveArrived: Bool
    /// When a rate limit lets the request out at the earliest, for ``Code/limited``; nil when that is not known.
    public let retryAfter: Duration?
    /// What happened in fixed words of the library below, nothing of the request: `Couldn't resolve host name`.
    public let detail: String?

    /// A failure of `request`.
    ///
    /// - Parameter detail: fixed words, never anything that was sent or received.
    public init(
        _ code: Code, _ request: Request, mayHaveArrived: Bool, retryAfter: Duration? = nil, detail: String? = nil
    ) {
        self.code = code
        place = "\(request.call) at \(request.url)"
        self.mayHaveArrived = mayHaveArrived
        self.retryAfter = retryAfter
        self.detail = detail
    }

    /// One sentence without a full stop.
    public var description: String {
        let problem =
            switch code {
            case .cannotConnect: "cannot connect"
            case .insecure: "the certificate or the encryption is not to be trusted"
            case .timeout: "no answer in time"
            case .connectionLost: "the connection broke"
            case .tooLarge: "the answer is too large"
            case .malformed: "the answer is not HTTP"
            case .invalidRequest: "the request cannot be written as HTTP"
            case .bodyFailed: "a body cannot be read or kept"
            case .limited: "the rate limit is reached"
            case .withheld: "kept back by the dry run"
            case .stopped: "stopped"
            }
        return detail.map { "\(place): \(problem) (\($0))" } ?? "\(place): \(problem)"
    }
}
