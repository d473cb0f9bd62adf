import Command
import HTTP

/// Where an answer sends its reader: a host and what is asked for there.
struct Redirect: Hashable, Sendable {
    /// Host and port in lower case, without the port that the scheme has anyway.
    let host: String
    /// Path and query, percent-encoded, beginning with a slash; a fragment is left out.
    let target: String

    /// More redirects than this lead nowhere (`spec/openedx.md` §2.3).
    static let limit = 30

    /// The redirect of an answer to `request`; nil when the answer is none, or leads to no web address.
    init?(_ response: Response, to request: Request) {
        guard [301, 302, 303, 307, 308].contains(response.status), let location = response["location"] else {
            return nil
        }
        self.init(location, from: request.url)
    }

    /// The reference `location` as seen from `base` (RFC 3986 §5.2, without dot segments).
    init?(_ location: String, from base: RequestURL) {
        let reference = Redirect.encoded(location.prefix { $0 != "#" })
        let basePath = base.target.prefix { $0 != "?" }
        let scheme = base.origin.prefix { $0 != ":" }
        if reference.hasPrefix("//") {
            self.init(absolute: "\(scheme):\(reference)")
        } else if reference.hasPrefix("/") {
            self.init(absolute: base.origin + reference)
        } else if reference.hasPrefix("?") {
            self.init(absolute: base.origin + basePath + reference)
        } else if reference.isEmpty {
            self.init(absolute: base.text)
        } else if reference.prefix(while: { $0 != "/" && $0 != "?" }).contains(":") {
            self.init(absolute: reference)
        } else {
            let folder = basePath.lastIndex(of: "/").map { basePath[...$0] } ?? "/"
            self.init(absolute: base.origin + folder + reference)
        }
    }

    private init?(absolute: String) {
        guard let schemeEnd = absolute.firstRange(of: "://") else { return nil }
        let rest = absolute[schemeEnd.upperBound...]
        let authorityEnd = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
        // What is no plain host, such as one with a user's name before it, is refused here.
        guard let url = WebURL(String(absolute[..<authorityEnd])) else { return nil }
        host = url.hostWithoutDefaultPort
        let path = rest[authorityEnd...]
        target = path.hasPrefix("/") ? String(path) : "/" + path
    }

    /// The address of this redirect at the one of `services` that has its host, with the scheme and port that the
    /// service is configured with; nil when it leads to none of them.
    ///
    /// An LMS behind a proxy may send `http` addresses of its own; neither token nor cookie may follow them in clear.
    func url(at services: [WebURL]) -> RequestURL? {
        services.first { $0.hostWithoutDefaultPort == host }.map { RequestURL($0, target) }
    }

    /// The text with everything encoded that cannot stand in an address.
    private static func encoded(_ text: Substring) -> String {
        FormEncoding.component(String(text), keeping: ":/?#[]@!$&'()*+,;=%")
    }
}

extension WebURL {
    /// Host and port; the port only when it is not the one that `http` or `https` has anyway.
    fileprivate var hostWithoutDefaultPort: String {
        for port in [":443", ":80"] where host.hasSuffix(port) { return String(host.dropLast(port.count)) }
        return host
    }
}

extension OpenEdXClient {
    /// Sends a request that reads, and follows redirects within the LMS; the answer of 200 to 299 or the error it is.
    ///
    /// The LMS answers the own info with a redirect. Anywhere else the token has no business: a redirect to another
    /// host is returned as it is.
    func followed(_ request: Request, _ call: OpenEdXCall) async throws(ServiceError) -> Response {
        var current = request
        for _ in 0...Redirect.limit {
            let response = try await send(current, call)
            guard let url = Redirect(response, to: current)?.url(at: [settings.lms]), url != current.url else {
                return response
            }
            var next = Request(call.name, current.method, url)
            next.headers = current.headers
            next.responseLimit = current.responseLimit
            next.grace = current.grace
            current = next
        }
        throw call.error("more than \(Redirect.limit) redirects", status: nil)
    }
}
