import Bytes
import Command

/// What came in over HTTP, as the gateway hands it over. Printed, it shows method and route alone.
public struct WebhookRequest: Sendable {
    /// The method: `POST`.
    public let method: String
    /// The route, which the path names.
    public let route: WebhookRoute
    /// The header fields; names in lower case.
    public let headers: [(name: String, value: Secret)]
    /// The body.
    public let body: [UInt8]

    /// A request; names of header fields may be in any letter case.
    public init(
        _ method: String, _ route: WebhookRoute, headers: [(name: String, value: String)], body: [UInt8]
    ) {
        self.method = method
        self.route = route
        self.headers = headers.map { (name: $0.name.lowercased(), value: Secret($0.value)) }
        self.body = body
    }

    /// The value of the first header field of that name, nil when there is none. `name` is in lower case.
    func header(_ name: String) -> String? {
        headers.first { $0.name == name }?.value.revealed
    }

    /// The token of the field `Authorization: Bearer …`; nil when there is none.
    var bearerToken: Secret? {
        let words = header("authorization")?.split(whereSeparator: \.isWhitespace) ?? []
        guard words.count == 2, words[0].lowercased() == "bearer" else { return nil }
        return Secret(String(words[1]))
    }
}

extension WebhookRequest: CustomStringConvertible, CustomReflectable {
    /// `POST certificate`.
    public var description: String { "\(method) \(route.rawValue)" }

    /// A mirror without children, so that `dump` prints no more than the description.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// The webhooks that Open edX knows (`spec/openedx.md` §12).
public enum WebhookRoute: String, Hashable, Sendable, CaseIterable {
    /// §12.2.
    case enrollment
    /// §12.3.
    case certificate

    /// The route of a path, with or without the final slash; nil when it is none of them.
    public init?(path: String) {
        let known = WebhookRoute.allCases.first { route in
            let own = "/api/openedx_webhook/\(route.rawValue)"
            return path == own || path == own + "/"
        }
        guard let known else { return nil }
        self = known
    }

    /// What the route's events tell.
    var kind: LearnerEvent.Kind {
        switch self {
        case .enrollment: .enrollment
        case .certificate: .certificate
        }
    }
}
