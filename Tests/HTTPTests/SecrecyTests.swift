import HTTP
import Support
import Testing

@testable import Command

/// Canaries in everything that is sent and answered; none may come out where people look.
@Suite("Secrets") struct SecrecyTests {
    private static let canary = "canary"

    private func request(_ server: LoopbackServer) throws -> Request {
        var request = Request("token", .post, try address(server, "/canary-path", query: [("q", "canary-query")]))
        request.headers = [
            Header("Authorization", "Bearer ", Secret("canary-token")), Header("X-Canary", "canary-value"),
        ]
        request.body = Array("secret=canary-body".utf8)
        return request
    }

    private func dumped(_ value: Any) -> String {
        var text = "\(value) \(String(reflecting: value)) "
        dump(value, to: &text)
        return text
    }

    @Test("A failure tells nothing of its request", arguments: TransportError.Code.allCases)
    func errors(_ code: TransportError.Code) throws {
        let server = try LoopbackServer.start { _ in LoopbackReply() }
        let error = TransportError(code, try request(server), mayHaveArrived: true)
        #expect(!dumped(error).contains(Self.canary))
        #expect("\(error)".hasPrefix("token at \(server.url): "))
    }

    @Test("A request and its answer are printed without what they carry")
    func values() throws {
        let server = try LoopbackServer.start { _ in LoopbackReply() }
        let response = Response(
            status: 200, headers: [("Set-Cookie", "canary-cookie")], body: Array("canary-answer".utf8))
        for value in [try request(server) as Any, response] {
            let text = dumped(value)
            #expect(!text.contains(Self.canary))
            // Bytes are printed as numbers.
            #expect(!text.contains("99, 97, 110") && !text.contains("- 99\n"))
        }
    }

    @Test("Log lines and recordings name call, host and outcome alone", arguments: [200, 500, nil])
    func logged(_ status: Int?) async throws {
        let server = try LoopbackServer.start { _ in
            let reply = LoopbackReply(
                status ?? 200, headers: [("Set-Cookie", "canary-cookie")], body: Array("canary-answer".utf8))
            return status == nil ? reply.delivered(.reset) : reply
        }
        let lines = Shared("")
        let sink = ByteSink { bytes throws(Failure) in lines.change { $0 += String(decoding: bytes, as: UTF8.self) } }
        let log = Log(
            program: "test", command: nil, format: .json, level: .debug, sink: sink, terminal: nil, time: .system)
        let recording = Recording()
        let clock = ManualClock.fromZero
        let transport = LoggingTransport(
            RecordingTransport(makeCurl(), into: recording), log: log, time: clock.source)
        _ = try? await transport.send(request(server), within: .after())
        #expect(!lines.value.contains(Self.canary))
        #expect(!dumped(recording.calls).contains(Self.canary))
        let outcome = status.map { #""status":\#($0)"# } ?? #""error":"connectionLost""#
        let tail = #""event":"http_call","call":"token","host":"\#(server.url)",\#(outcome),"milliseconds":0}"#
        #expect(lines.value.hasSuffix(tail + "\n"), "\(lines.value)")
    }
}
