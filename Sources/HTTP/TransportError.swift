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
        /// The program is stopping, and the call was not begun or was cut off.
        case stopped
    }

    /// The kind of failure.
    public let code: Code
    /// The call and the host: `enrollment list at https://courses.learn.mit.edu`.
    public let place: String
    /// Whether the other side may have received the request.
    public let mayHaveArrived: Bool

    /// A failure of `request`.
    public init(_ code: Code, _ request: Request, mayHaveArrived: Bool) {
        self.code = code
        place = "\(request.call) at \(request.url)"
        self.mayHaveArrived = mayHaveArrived
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
            case .stopped: "stopped"
            }
        return "\(place): \(problem)"
    }
}
