import Bytes
import Command
import HTTP
import Support
import Testing

/// What holds for every way to send requests: libcurl alone and each decorator around it.
@Suite("Transports") struct TransportConformanceTests {
    enum Kind: CaseIterable, Sendable {
        case curl, retrying, limited, dryRun, recording

        func make() -> any Transport {
            let curl = makeCurl()
            switch self {
            case .curl: return curl
            case .retrying:
                return RetryingTransport(
                    curl, policy: RetryPolicy(attempts: 1), time: .system, random: { 0 }, sleep: { _ in })
            case .limited:
                return LimitedTransport(curl, limiter: Unlimited(), time: .system) { _ in
                    RateLimit("test", perMinute: 1, burst: 1)
                }
            case .dryRun: return DryRunTransport(curl) { _ in }
            case .recording: return RecordingTransport(curl, into: Recording())
            }
        }
    }

    @Test("Method, target, fields and body are sent as they are, and nothing of its own", arguments: Kind.allCases)
    func exact(_ kind: Kind) async throws {
        let seen = Shared<[LoopbackRequest]>([])
        let server = try LoopbackServer.start { request in
            seen.change { $0.append(request) }
            return .text("done")
        }
        let target = "/api//v1/../a%20b/course-v1:MITx+6.00x+3T2026"
        for method in [Request.Method.get, .head, .post, .put, .patch, .delete] {
            var request = Request("echo", method, try address(server, target, query: [("q", "x+y z"), ("e", "")]))
            request.isSafe = true
            request.headers = [
                Header("X-Empty", ""), Header("X-Kind", "odd; value"), Header("Authorization", "Bearer t"),
            ]
            if method != .get && method != .head { request.body = Array("\0\u{e9}&=\r\n".utf8) }
            let response = try await kind.make().send(request, within: .after())
            #expect(response.status == 200)
            #expect(response.body == (method == .head ? [] : Array("done".utf8)))
            #expect(response["content-type"] == "text/plain; charset=utf-8")

            let received = try #require(seen.value.last)
            #expect(received.method == method.rawValue)
            #expect(received.target == target + "?q=x%2By%20z&e=")
            #expect(received.body == request.body ?? [])
            let names = ["host", "user-agent", "x-empty", "x-kind", "authorization"]
            #expect(received.headers.map(\.name) == names + (request.body == nil ? [] : ["content-length"]))
            #expect(received["x-kind"] == "odd; value")
            #expect(received["x-empty"] == "")
            #expect(received["user-agent"] == "mitxonline-flows/test")
        }
        #expect(seen.value.count == 6)
    }

    @Test("A POST without a body says that it has none", arguments: [Request.Method.post, .put, .patch])
    func empty(_ method: Request.Method) async throws {
        let server = try LoopbackServer.start { .text($0["content-length"] ?? "none") }
        let response = try await makeCurl().send(Request("empty", method, address(server)), within: .after())
        #expect(response.body == Array("0".utf8))
    }

    @Test("Every status is an answer, with its fields and its body", arguments: Kind.allCases)
    func statuses(_ kind: Kind) async throws {
        let server = try LoopbackServer.start { request in
            let status = Int(request.segments[0]) ?? 0
            return LoopbackReply(
                status, headers: [("X-Twice", "a"), ("x-twice", "b"), ("X-Blank", "")],
                body: status == 204 || status == 304 ? [] : Array("body \(status)".utf8))
        }
        let transport = kind.make()
        for status in [200, 201, 204, 304, 400, 401, 404, 406, 409, 418, 429, 500, 503, 599] {
            let response = try await transport.send(
                Request("status", .get, address(server, "/\(status)")), within: .after())
            #expect(response.status == status)
            #expect(response.body == (status == 204 || status == 304 ? [] : Array("body \(status)".utf8)))
            #expect(response.headers.filter { $0.name == "x-twice" }.map(\.value) == ["a", "b"])
            #expect(response["x-blank"] == "")
        }
    }

    @Test("A body in chunks and a large one come whole", arguments: Kind.allCases)
    func bodies(_ kind: Kind) async throws {
        let large = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        let server = try LoopbackServer.start { request in
            LoopbackReply(200, body: request.body + large, delivery: request.path == "/chunks" ? .chunked : .whole)
        }
        for path in ["/chunks", "/whole"] {
            var request = Request("large", .put, try address(server, path))
            request.isSafe = true
            request.body = Array("head".utf8)
            let response = try await kind.make().send(request, within: .after())
            #expect(response.body == Array("head".utf8) + large)
        }
    }

    @Test("A redirect is the answer, and nothing reaches the other host", arguments: Kind.allCases)
    func redirect(_ kind: Kind) async throws {
        let stranger = try LoopbackServer.start { _ in .text("stolen") }
        let location = stranger.url + "/elsewhere"
        let server = try LoopbackServer.start { _ in .redirect(to: location) }
        var request = Request("redirected", .get, try address(server, "/start"))
        request.headers = [Header("Authorization", "Bearer ", Secret("canary-token"))]
        let response = try await kind.make().send(request, within: .after())
        #expect(response.status == 302)
        #expect(response["location"] == location)
        #expect(stranger.connections == 0)
    }

    @Test("Cookies are not kept", arguments: Kind.allCases)
    func cookies(_ kind: Kind) async throws {
        let server = try LoopbackServer.start { request in
            LoopbackReply(
                200, headers: [("Set-Cookie", "session=1; Path=/")], body: Array((request["cookie"] ?? "none").utf8))
        }
        let transport = kind.make()
        for _ in 1...2 {
            let response = try await transport.send(Request("cookie", .get, address(server)), within: .after())
            #expect(response.body == Array("none".utf8))
        }
    }

    @Test("A cancelled task begins no call", arguments: Kind.allCases)
    func cancelled(_ kind: Kind) async throws {
        let server = try LoopbackServer.start { _ in .text("sent") }
        let request = Request("cancelled", .get, try address(server))
        let transport = kind.make()
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            return try await failure(of: request, by: transport)
        }
        task.cancel()
        let error = try await task.value
        #expect(error.code == .stopped)
        #expect(!error.mayHaveArrived)
        #expect(server.connections == 0)
    }
}
