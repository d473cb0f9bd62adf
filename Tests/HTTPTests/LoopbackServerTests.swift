import Foundation
import Support
import Testing

/// The fake services' own ground: what a test of a client relies on is looked at with a bare socket.
@Suite("Loopback server") struct LoopbackServerTests {
    @Test("A request arrives with its parts decoded, and the connection is kept")
    func request() async throws {
        let server = try LoopbackServer.start { request in
            let parts = [
                request.method, request.target, request.segments.joined(separator: "|"),
                request.parameter("q") ?? "none", request["X-Kind"] ?? "none", request.field("b") ?? "none",
                String(request.connection),
            ]
            return .text(parts.joined(separator: "\n"))
        }
        let answers = try exchange(
            server.url,
            """
            POST /a%20b/c+d/?q=x%2By+z HTTP/1.1\r\nHost: fake\r\nx-kind: odd\r\nContent-Length: 12\r\n\r\na=1&b=%C3%A9\
            GET / HTTP/1.1\r\nHost: fake\r\nConnection: close\r\n\r\n
            """)
        #expect(answers.contains("POST\n/a%20b/c+d/?q=x%2By+z\na b|c+d\nx+y z\nodd\né\n1"))
        #expect(answers.hasSuffix("GET\n/\n\nnone\nnone\nnone\n1"))
    }

    @Test("A body in chunks is put together")
    func chunks() async throws {
        let server = try LoopbackServer.start { .text("[\($0.text)]").delivered(.chunked) }
        let answer = try exchange(
            server.url,
            """
            PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n\
            3\r\nabc\r\n4;x=y\r\ndefg\r\n0\r\n\r\n
            """)
        #expect(answer.hasSuffix("\r\n\r\n4\r\n[abc\r\n5\r\ndefg]\r\n0\r\n\r\n"))
    }

    @Test("An announced length is kept when the body is cut")
    func truncated() async throws {
        let server = try LoopbackServer.start { _ in .text("0123456789").delivered(.truncated(after: 3)) }
        let answer = try exchange(server.url, "GET / HTTP/1.1\r\n\r\n")
        #expect(answer.contains("Content-Length: 10\r\n"))
        #expect(answer.hasSuffix("\r\n\r\n012"))
    }

    @Test("A server that nobody holds is gone")
    func ends() async throws {
        var server: LoopbackServer? = try LoopbackServer.start { _ in LoopbackReply() }
        let url = try #require(server?.url)
        server = nil
        #expect(throws: ConnectionFailure.self) { while true { _ = try exchange(url, "GET / HTTP/1.0\r\n\r\n") } }
    }
}

private struct ConnectionFailure: Error {}

/// Sends `text` and reads up to the end of the connection.
private func exchange(_ url: String, _ text: String) throws -> String {
    let port = try #require(url.split(separator: ":").last.flatMap { UInt16($0) })
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    let isConnected = withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
        }
    }
    guard isConnected else { throw ConnectionFailure() }
    let bytes = Array(text.utf8)
    #expect(send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count)
    var answer: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 12)
    while true {
        let count = read(descriptor, &buffer, buffer.count)
        guard count > 0 else { return String(decoding: answer, as: UTF8.self) }
        answer += buffer[..<count]
    }
}
