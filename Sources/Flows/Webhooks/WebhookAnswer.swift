import Bytes

/// What the sender of a webhook is told (`spec/openedx.md` §12.1).
public struct WebhookAnswer: Hashable, Sendable {
    /// A header field.
    public struct Field: Hashable, Sendable {
        /// The name.
        public let name: String
        /// The value.
        public let value: String
    }

    /// The status: 200.
    public let status: Int
    /// The header fields in the order they are sent.
    public let headers: [Field]
    /// The body; empty when there is nothing to say.
    public let body: [UInt8]

    private init(_ status: Int, _ fields: [Field] = [], body: [UInt8]) {
        self.status = status
        let type = body.isEmpty ? [] : [Field(name: "Content-Type", value: "application/json")]
        headers = [Field(name: "Cache-Control", value: "private, no-store")] + type + fields
        self.body = body
    }

    /// An answer without a body.
    static func empty(_ status: Int) -> WebhookAnswer { WebhookAnswer(status, body: []) }

    /// An answer whose body is a JSON object.
    static func json(
        _ status: Int, _ fields: [Field] = [], _ body: (inout JSONObjectWriter) -> Void
    ) -> WebhookAnswer {
        var buffer = ByteBuffer()
        buffer.object(body)
        return WebhookAnswer(status, fields, body: Array(buffer.bytes))
    }

    /// What is wrong in the words of the framework.
    static func detail(_ status: Int, _ text: String, _ fields: [Field] = []) -> WebhookAnswer {
        json(status, fields) { $0.member("detail", text) }
    }

    /// What is wrong in the words of a webhook.
    static func error(_ status: Int, _ text: String) -> WebhookAnswer {
        json(status) { $0.member("error", text) }
    }

    /// Nobody who is known sent it; `isInvalid` says that there was a token.
    static func unauthorized(isInvalid: Bool) -> WebhookAnswer {
        let challenge = isInvalid ? #"Bearer realm="api",error="invalid_token""# : #"Bearer realm="api""#
        return detail(
            401, "Authentication credentials were not provided.",
            [Field(name: "WWW-Authenticate", value: challenge)])
    }

    /// Whoever sent it may not.
    static let forbidden = detail(403, "You do not have permission to perform this action.")

    /// Webhooks take POST alone.
    static func notAllowed(_ method: String) -> WebhookAnswer {
        detail(405, "Method \"\(method)\" not allowed.", [Field(name: "Allow", value: "POST")])
    }
}
