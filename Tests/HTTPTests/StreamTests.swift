import Foundation
import HTTP
import Support
import Testing

/// Bodies that pass through without being held in memory.
@Suite("Bodies piece by piece") struct StreamTests {
    private static let large = (0..<2_000_000).map { UInt8(truncatingIfNeeded: $0 &* 11) }

    /// An open file that is gone with its descriptor.
    private final class OpenFile: Sendable {
        let descriptor: Int32

        init(_ content: [UInt8]) throws {
            var template = Array("\(NSTemporaryDirectory())/flows-XXXXXX".utf8CString)
            descriptor = mkstemp(&template)
            try #require(descriptor >= 0 && unlink(template) == 0)
            try #require(write(descriptor, content, content.count) == content.count)
        }

        deinit { close(descriptor) }

        var content: [UInt8] {
            var bytes = [UInt8](repeating: 0, count: Int(lseek(descriptor, 0, SEEK_END)))
            let count = pread(descriptor, &bytes, bytes.count, 0)
            return Array(bytes.prefix(count))
        }
    }

    @Test("A file goes out and an answer goes into a file")
    func files() async throws {
        let server = try LoopbackServer.start { LoopbackReply(200, body: $0.body) }
        let (source, sink) = (try OpenFile(Self.large), try OpenFile(Array("old".utf8)))
        var request = Request("echo", .put, try address(server))
        request.source = .file(source.descriptor, length: Self.large.count)
        request.sink = .file(sink.descriptor)
        let response = try await makeCurl().send(request, within: .after())
        #expect(response.body.isEmpty)
        #expect(sink.content == Self.large)
    }

    @Test("An answer that is no success stays out of the sink; an empty success empties it", arguments: [500, 204])
    func other(_ status: Int) async throws {
        let body = status == 500 ? Array("broken".utf8) : []
        let server = try LoopbackServer.start { _ in LoopbackReply(status, body: body) }
        let sink = try OpenFile(Array("old".utf8))
        var request = Request("other", .get, try address(server))
        request.sink = .file(sink.descriptor)
        #expect(try await makeCurl().send(request, within: .after()).body == body)
        #expect(sink.content == (status == 500 ? Array("old".utf8) : []))
    }

    @Test("An attempt that broke leaves nothing in the sink, and the source is read anew")
    func repeated() async throws {
        let count = Shared(0)
        let server = try LoopbackServer.start { request in
            count.change { $0 += 1 }
            return LoopbackReply(200, body: request.body, delivery: count.value == 1 ? .truncated(after: 1000) : .whole)
        }
        let sink = try OpenFile([])
        var request = Request("repeated", .put, try address(server))
        request.source = BodySource(length: Self.large.count) { position, buffer in
            buffer.copyBytes(from: Self.large[position..<(position + buffer.count)])
            return buffer.count
        }
        request.sink = .file(sink.descriptor)
        let transport = RetryingTransport(makeCurl(), time: .system, random: { 0 }, sleep: { _ in })
        #expect(try await transport.send(request, within: .after()).status == 200)
        #expect(count.value == 2)
        #expect(sink.content == Self.large)
    }

    @Test("A source that ends too early and a sink that refuses fail the call")
    func failing() async throws {
        let server = try LoopbackServer.start { LoopbackReply(200, body: $0.body + [1]) }
        var short = Request("short", .put, try address(server))
        short.source = BodySource(length: 10) { position, buffer in
            buffer.copyBytes(from: [1, 2, 3].dropFirst(position))
            return 3 - position
        }
        var full = Request("full", .get, try address(server))
        full.sink = BodySink(begin: { true }, take: { _ in false })
        var closed = full
        closed.sink = BodySink(begin: { false }, take: { _ in true })
        for request in [short, full, closed] {
            let error = try await failure(of: request, by: makeCurl())
            #expect(error.code == .bodyFailed)
            #expect(error.mayHaveArrived)
        }
    }

    @Test("The limit holds for a sink too")
    func limit() async throws {
        let server = try LoopbackServer.start { _ in LoopbackReply(200, body: Self.large, delivery: .chunked) }
        var request = Request("limit", .get, try address(server))
        request.responseLimit = Self.large.count - 1
        request.sink = BodySink(begin: { true }, take: { _ in true })
        #expect(try await failure(of: request, by: makeCurl()).code == .tooLarge)
    }
}
