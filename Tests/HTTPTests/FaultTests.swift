import Command
import Foundation
import HTTP
import Support
import Testing

/// What becomes of calls when the network or the other side fails, and whether the request may have arrived.
@Suite("Faults of the network") struct FaultTests {
    private struct Fault: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let delivery: LoopbackReply.Delivery
        let code: TransportError.Code
        var isLate = false
    }

    private static let faults = [
        Fault(testDescription: "reset", delivery: .reset, code: .connectionLost),
        Fault(testDescription: "truncated head of body", delivery: .truncated(after: 3), code: .connectionLost),
        Fault(testDescription: "no body at all", delivery: .truncated(after: 0), code: .connectionLost),
        Fault(testDescription: "garbage", delivery: .garbage, code: .malformed),
        Fault(testDescription: "silence", delivery: .silence, code: .timeout, isLate: true),
        Fault(testDescription: "delay", delivery: .delayed(.seconds(600)), code: .timeout, isLate: true),
        // 120 bytes at this pace take an hour.
        Fault(testDescription: "trickle", delivery: .trickle(.seconds(30)), code: .timeout, isLate: true),
    ]

    @Test("A call that fails after it was sent may have arrived", arguments: faults)
    private func fault(_ fault: Fault) async throws {
        let effects = Shared(0)
        let server = try LoopbackServer.start { _ in
            effects.change { $0 += 1 }
            return .text("0123456789").delivered(fault.delivery)
        }
        let request = Request("faulty", .post, try address(server))
        // On a machine that stands still meanwhile the time may be over before the request is out.
        var limit = fault.isLate ? Duration.milliseconds(200) : .seconds(60)
        var error: TransportError
        repeat {
            error = try await failure(of: request, by: makeCurl(), within: .after(limit))
            limit *= 2
        } while effects.value == 0
        #expect(error.code == fault.code)
        #expect(error.mayHaveArrived)
        #expect(effects.value == 1)
    }

    @Test("A slow answer that is in time is an answer")
    func trickleInTime() async throws {
        let server = try LoopbackServer.start { _ in .text("slow").delivered(.trickle(.milliseconds(1))) }
        let response = try await makeCurl().send(Request("slow", .get, address(server)), within: .after())
        #expect(response.body == Array("slow".utf8))
    }

    @Test("Where nothing listens, nothing arrived")
    func refused() async throws {
        var server: LoopbackServer? = try LoopbackServer.start { _ in LoopbackReply() }
        let request = Request("refused", .post, try address(#require(server)))
        server?.stop()
        server = nil
        // The port closes a moment after; what comes before is reset or refused.
        var error = try await failure(of: request, by: makeCurl())
        while error.code == .connectionLost { error = try await failure(of: request, by: makeCurl()) }
        #expect(error.code == .cannotConnect)
        #expect(!error.mayHaveArrived)
    }

    @Test("A host without address: nothing arrived")
    func unknownHost() async throws {
        let url = RequestURL(try #require(WebURL("http://nobody.invalid")), "/secret-path")
        let error = try await failure(of: Request("unknown", .post, url), by: makeCurl())
        #expect(error.code == .cannotConnect)
        #expect(!error.mayHaveArrived)
        #expect(!"\(error)".contains("secret-path"))
    }

    @Test("Encryption with a side that cannot: nothing arrived")
    func noTLS() async throws {
        let server = try LoopbackServer.start { _ in .text("plain") }
        let base = try #require(WebURL(server.url.replacing("http:", with: "https:")))
        let error = try await failure(of: Request("encrypted", .post, RequestURL(base, "/")), by: makeCurl())
        #expect(error.code == .cannotConnect || error.code == .insecure)
        #expect(!error.mayHaveArrived)
    }

    @Test("A connection that does not come about in time: nothing arrived")
    func noConnection() async throws {
        // A queue of one that nobody takes from: further connections get no answer.
        let listener = try FullListener()
        let url = RequestURL(try #require(WebURL("http://127.0.0.1:\(listener.port)")), "/")
        let transport = CurlTransport(userAgent: "test", time: .system, connectLimit: .milliseconds(100))
        let error = try await failure(of: Request("no connection", .post, url), by: transport)
        #expect(error.code == .cannotConnect)
        #expect(!error.mayHaveArrived)
        let late = try await failure(
            of: Request("no connection", .post, url), by: makeCurl(), within: .after(.milliseconds(100)))
        #expect(late.code == .cannotConnect)
        #expect(!late.mayHaveArrived)
    }

    @Test("A deadline that is past sends nothing")
    func late() async throws {
        let server = try LoopbackServer.start { _ in .text("sent") }
        let error = try await failure(
            of: Request("late", .post, address(server)), by: makeCurl(), within: .after(.milliseconds(-1)))
        #expect(error.code == .timeout)
        #expect(!error.mayHaveArrived)
        #expect(server.connections == 0)
    }

    @Test("A body over the limit is refused, announced or not", arguments: [true, false])
    func tooLarge(_ isAnnounced: Bool) async throws {
        let body = [UInt8](repeating: 0x41, count: 10 << 20)
        let server = try LoopbackServer.start { _ in
            LoopbackReply(200, body: body, delivery: isAnnounced ? .whole : .chunked)
        }
        var request = Request("large", .get, try address(server))
        let error = try await failure(of: request, by: makeCurl())
        #expect(error.code == .tooLarge)
        #expect(error.mayHaveArrived)
        request.responseLimit = body.count
        #expect(try await makeCurl().send(request, within: .after()).body == body)
        request.responseLimit = body.count - 1
        #expect(try await failure(of: request, by: makeCurl()).code == .tooLarge)
    }

    @Test("A head without end is refused")
    func tooLargeHead() async throws {
        let line = String(repeating: "x", count: 1000)
        let server = try LoopbackServer.start { _ in
            LoopbackReply(200, headers: (0..<100).map { (name: "X-\($0)", value: line) })
        }
        let error = try await failure(of: Request("head", .get, address(server)), by: makeCurl())
        #expect(error.code == .tooLarge)
    }

    @Test("The answer to HEAD may announce more than the limit")
    func headOfLarge() async throws {
        let server = try LoopbackServer.start { _ in LoopbackReply(200, body: [UInt8](repeating: 0, count: 100)) }
        var request = Request("head", .head, try address(server))
        request.responseLimit = 10
        let response = try await makeCurl().send(request, within: .after())
        #expect(response["content-length"] == "100")
    }

    @Test("What would be another request on the wire is not sent")
    func injection() async throws {
        let server = try LoopbackServer.start { _ in .text("sent") }
        var withLine = Request("field", .get, try address(server))
        withLine.headers = [Header("X-Name", "Ada\r\nX-Admin: 1")]
        var withName = Request("name", .get, try address(server))
        withName.headers = [Header("X-Name: 1\r\nX-Admin", "1")]
        let requests = [
            withLine, withName, Request("space", .get, try address(server, "/a b")),
            Request("fragment", .get, try address(server, "/a#b")), Request("line", .get, try address(server, "/\r\n")),
        ]
        for request in requests {
            let error = try await failure(of: request, by: makeCurl())
            #expect(error.code == .invalidRequest)
            #expect(!error.mayHaveArrived)
        }
        #expect(server.connections == 0)
    }
}
