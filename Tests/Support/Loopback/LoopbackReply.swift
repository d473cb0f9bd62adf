/// What a fake service answers, and how well the answer travels.
public struct LoopbackReply: Sendable {
    /// How the answer, or what takes its place, comes back.
    public enum Delivery: Sendable {
        /// At once and whole; the connection stays open.
        case whole
        /// At once and whole; then the connection closes without a word of it.
        case wholeThenClosed
        /// The body in two chunks, without its length.
        case chunked
        /// Whole, after so long.
        case delayed(Duration)
        /// Never: the connection is reset.
        case reset
        /// The head announces the whole body; after so many bytes of it the connection closes.
        case truncated(after: Int)
        /// Something that is not HTTP.
        case garbage
        /// Nothing, until the other side or the server closes the connection.
        case silence
        /// A byte at a time, each after so long.
        case trickle(Duration)
    }

    /// The status: 200.
    public var status: Int
    /// Header fields; the length is added by itself.
    public var headers: [(name: String, value: String)]
    /// The body.
    public var body: [UInt8]
    /// How it travels.
    public var delivery = Delivery.whole

    /// An answer with any body.
    public init(
        _ status: Int = 200, headers: [(name: String, value: String)] = [], body: [UInt8] = [],
        delivery: Delivery = .whole
    ) {
        self.status = status
        self.headers = headers
        self.body = body
        self.delivery = delivery
    }

    /// An answer whose body is a text of that type.
    public static func text(
        _ text: String, status: Int = 200, type: String = "text/plain; charset=utf-8"
    ) -> LoopbackReply {
        LoopbackReply(status, headers: [("Content-Type", type)], body: Array(text.utf8))
    }

    /// An answer with a JSON document.
    public static func json(_ text: String, status: Int = 200) -> LoopbackReply {
        .text(text, status: status, type: "application/json")
    }

    /// A redirect to another address.
    public static func redirect(to location: String, status: Int = 302) -> LoopbackReply {
        LoopbackReply(status, headers: [("Location", location)])
    }

    /// The same answer, travelling in another way.
    public func delivered(_ delivery: Delivery) -> LoopbackReply {
        var reply = self
        reply.delivery = delivery
        return reply
    }
}
