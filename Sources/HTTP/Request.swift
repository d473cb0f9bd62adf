import Command

/// A request to an outside system.
///
/// Its description names the call and the host alone: paths, queries, headers and bodies hold secrets and learners' data.
public struct Request: Sendable {
    /// The method of a request.
    public enum Method: String, Hashable, Sendable {
        case get = "GET"
        case head = "HEAD"
        case post = "POST"
        case put = "PUT"
        case patch = "PATCH"
        case delete = "DELETE"

        /// Whether a request that may have arrived can be sent again without asking first (RFC 9110 §9.2.2).
        public var isIdempotent: Bool { self != .post && self != .patch }

        /// Whether a request only asks and changes nothing (RFC 9110 §9.2.1).
        public var isSafe: Bool { self == .get || self == .head }
    }

    /// What the call is called in logs and errors: `enrollment list`.
    public let call: StaticString
    /// The method.
    public let method: Method
    /// The absolute address, percent-encoded.
    public let url: RequestURL
    /// The header fields in the order they are sent.
    public var headers: [Header] = []
    /// The body.
    public var body: [UInt8]?
    /// The body when it is read piece by piece, in place of ``body``.
    public var source: BodySource?
    /// Where the body of an answer 2xx goes; nil keeps it in the response. Other answers always keep theirs.
    public var sink: BodySink?
    /// Whether the call may be repeated when it may have arrived; by default the method says so. `true` for a POST that the
    /// other side treats as idempotent.
    public var isIdempotent: Bool
    /// Whether the call only asks, so that a dry run lets it out; by default the method says so. `true` for a POST that
    /// searches or fetches a token.
    public var isSafe: Bool
    /// How long the call goes on after its task was cancelled, when that is less than the transport's own grace: a call that
    /// only asks can be made again.
    public var grace: Duration?
    /// The largest body of a response that is taken, in bytes; of one with a sink too.
    public var responseLimit = 4 << 20

    /// A request without header fields and body.
    public init(_ call: StaticString, _ method: Method, _ url: RequestURL) {
        self.call = call
        self.method = method
        self.url = url
        isIdempotent = method.isIdempotent
        isSafe = method.isSafe
    }
}

extension Request: CustomStringConvertible, CustomReflectable {
    /// `GET enrollment list at https://courses.learn.mit.edu`.
    public var description: String { "\(method.rawValue) \(call) at \(url)" }

    /// A mirror without children, so that `dump` prints no more than the description.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// A header field; a secret value is never printed.
public struct Header: Sendable {
    /// The name; its letter case does not matter.
    public let name: String
    /// The value in clear, kept as a secret.
    public let value: Secret

    /// A header field.
    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = Secret(value)
    }

    /// A header field of which a part is secret: `Header("Authorization", "Bearer ", token)`.
    public init(_ name: String, _ prefix: String, _ value: Secret) {
        self.name = name
        self.value = Secret(prefix + value.revealed)
    }
}
