import HTTP
import Synchronization

/// A fake content delivery network: it keeps what was purged, and goes wrong on demand.
public final class FakeFastly: Sendable {
    /// Its address.
    public static let origin = "https://fastly.test"
    /// The service and the token it knows.
    public static let service = "svc-1", token = "canary-fastly-token"

    private let inside = Mutex<(purged: [String], requests: Int, statuses: [Int])>(
        (purged: [], requests: 0, statuses: []))

    /// One that has purged nothing.
    public init() {}

    /// The keys that were purged, in their order.
    public var purged: [String] { inside.withLock(\.purged) }

    /// How many requests came.
    public var requestCount: Int { inside.withLock(\.requests) }

    /// Answers the next requests with those statuses, and purges nothing.
    public func fail(with statuses: [Int]) {
        inside.withLock { $0.statuses += statuses }
    }

    /// Answers a request.
    func answer(_ request: LMSRequest) -> Response {
        inside.withLock { inside in
            inside.requests += 1
            if !inside.statuses.isEmpty { return Response(status: inside.statuses.removeFirst()) }
            guard request["fastly-key"] == FakeFastly.token else { return Response(status: 401) }
            let prefix = "/service/\(FakeFastly.service)/purge/"
            guard request.method == "POST", request.path.hasPrefix(prefix), request["fastly-soft-purge"] == "1" else {
                return Response(status: 400)
            }
            inside.purged.append(String(request.path.dropFirst(prefix.count)))
            return Response(status: 200, body: Array(#"{"status": "ok"}"#.utf8))
        }
    }

    /// A transport that leads to Fastly what is meant for it, and all else to `other`.
    public func transport(beside other: any Transport) -> some Transport {
        FakeFastlyTransport(fastly: self, other: other)
    }
}

private struct FakeFastlyTransport: Transport {
    let fastly: FakeFastly
    let other: any Transport

    func send(_ request: Request, within deadline: Deadline) async throws(TransportError) -> Response {
        guard request.url.origin == FakeFastly.origin else { return try await other.send(request, within: deadline) }
        return fastly.answer(LMSRequest(request))
    }
}
