import Bytes
import Command
import HTTP

/// The calls to Open edX (`spec/openedx.md` §2 and §3).
///
/// It holds no state but the tokens of OAuth clients, which its copies share.
public struct OpenEdXClient: Sendable {
    static let service: StaticString = "Open edX"

    /// The settings it works with.
    public let settings: OpenEdXSettings
    let transport: any Transport
    let time: TimeSource
    let clientTokens = ClientTokens()
    private var limit: Deadline?

    /// A client that sends through `transport`, which limits and repeats
    /// (``transport(over:limiter:log:time:random:sleep:)``).
    public init(_ settings: OpenEdXSettings, over transport: any Transport, time: TimeSource) {
        self.settings = settings
        self.transport = transport
        self.time = time
    }

    /// The same client, whose calls end at `deadline` even when their own time limit is later.
    public func before(_ deadline: Deadline) -> OpenEdXClient {
        var copy = self
        copy.limit = limit.map { min($0, deadline) } ?? deadline
        return copy
    }

    /// Sends a request within the time limit of a call and returns the answer, whatever its status.
    func send(_ request: Request, _ call: OpenEdXCall) async throws(ServiceError) -> Response {
        let ownDeadline = Deadline(at: time.steady() + settings.timeout)
        do {
            return try await transport.send(request, within: limit.map { min($0, ownDeadline) } ?? ownDeadline)
        } catch {
            throw call.error(error)
        }
    }

    /// A request to the LMS. Usernames and the like stand in `query`, which is encoded; `path` is sent as it is.
    func request(
        _ call: OpenEdXCall, _ method: Request.Method, _ path: String, query: [(name: String, value: String)] = []
    ) -> Request {
        var request = Request(call.name, method, RequestURL(settings.lms, path, query: query))
        request.isSafe = !call.hasEffect
        return request
    }

    /// The header field that carries the token of the service worker.
    func serviceWorker(_ call: OpenEdXCall) throws(ServiceError) -> Header {
        guard let token = settings.serviceWorkerToken else { throw call.missing("OPENEDX_SERVICE_WORKER_API_TOKEN") }
        return Header("Authorization", "Bearer ", token)
    }

    /// The JSON body of an answer of 200.
    func document(_ response: Response, _ call: OpenEdXCall) throws(ServiceError) -> JSONValue {
        guard response.status == 200, let document = response.json else {
            throw call.error(response, from: settings.lms.origin, now: time.now())
        }
        return document
    }
}

extension Request {
    /// Sets a JSON body.
    mutating func setJSON(_ body: (inout JSONObjectWriter) -> Void) {
        var buffer = ByteBuffer()
        buffer.object(body)
        headers.append(Header("Content-Type", "application/json"))
        self.body = Array(buffer.bytes)
    }

    /// Sets a form body.
    mutating func setForm(_ fields: [(name: String, value: String)]) {
        headers.append(Header("Content-Type", "application/x-www-form-urlencoded"))
        body = Array(FormEncoding.text(fields).utf8)
    }
}

/// The variable parts of paths, encoded (`spec/openedx.md` §2.1).
enum OpenEdXPath {
    /// A username as one segment.
    static func username(_ name: String) -> String { FormEncoding.component(name) }

    /// The key of a run as one segment; the LMS wants its `:` and `+` as they are.
    static func run(_ key: String) -> String { FormEncoding.component(key, keeping: ":+") }
}
