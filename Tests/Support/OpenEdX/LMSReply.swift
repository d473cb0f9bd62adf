import Bytes

/// What the fake LMS answers, and how well the answer travels.
public struct LMSReply: Sendable {
    /// How an answer comes back, or what takes its place.
    public enum Delivery: Hashable, Sendable {
        /// Whole.
        case whole
        /// Whole, after so long.
        case delayed(Duration)
        /// Cut off after so many bytes of the body.
        case truncated(Int)
        /// Never: the connection is refused; nothing was read.
        case refused
        /// Never: the connection breaks before or after the request was read.
        case reset
        /// Never: nothing comes until the time is over.
        case silence
    }

    /// The status: 200.
    public var status: Int
    /// The header fields.
    public var headers: [(name: String, value: String)]
    /// The body.
    public var body: [UInt8]
    /// How it travels.
    public var delivery = Delivery.whole

    /// An answer with any body.
    public init(_ status: Int, headers: [(name: String, value: String)] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// An answer with a JSON document.
    public static func json(_ value: JSONValue, status: Int = 200) -> LMSReply {
        var buffer = ByteBuffer()
        buffer.appendJSON(value)
        return LMSReply(status, headers: [("Content-Type", "application/json")], body: Array(buffer.bytes))
    }

    /// A page for people.
    public static func html(_ text: String = "A page", status: Int = 200) -> LMSReply {
        LMSReply(
            status, headers: [("Content-Type", "text/html; charset=utf-8")],
            body: Array("<!DOCTYPE html><title>\(text)</title>".utf8))
    }

    /// A redirect that sets cookies.
    static func redirect(to location: String, cookies: [String] = []) -> LMSReply {
        LMSReply(302, headers: [("Location", location)] + cookies.map { ("Set-Cookie", "\($0); HttpOnly; Path=/") })
    }

    /// The same, travelling in another way.
    func delivered(_ delivery: Delivery) -> LMSReply {
        var reply = self
        reply.delivery = delivery
        return reply
    }
}

extension JSONValue {
    /// An object with those members.
    static func members(_ pairs: KeyValuePairs<String, JSONValue>) -> JSONValue {
        .object(pairs.map { Member(key: $0.key, value: $0.value) })
    }
}
