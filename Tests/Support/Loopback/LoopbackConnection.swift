import Foundation

/// One connection to a loopback server: reads requests and sends replies on a thread of its own.
struct LoopbackConnection {
    /// How a connection ends.
    enum Ending: Sendable {
        case close, reset
    }

    private let descriptor: Int32
    private var received: [UInt8] = []
    private var position = 0

    init(_ descriptor: Int32) {
        self.descriptor = descriptor
        var on: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
    }

    func close() {
        shutdown(descriptor, Int32(SHUT_RDWR))
        _ = Foundation.close(descriptor)
    }

    /// Without lingering, a close sends a reset in place of an end.
    func reset() {
        var now = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &now, socklen_t(MemoryLayout<linger>.size))
        _ = Foundation.close(descriptor)
    }

    // MARK: Reading

    /// The next request; nil at the end of the connection or when what comes is not HTTP.
    mutating func readRequest(number: Int) -> LoopbackRequest? {
        guard let first = readLine() else { return nil }
        let words = first.split(separator: " ")
        guard words.count == 3 else { return nil }
        var headers: [(name: String, value: String)] = []
        while let line = readLine() {
            guard !line.isEmpty else {
                guard let body = readBody(headers) else { return nil }
                return LoopbackRequest(
                    method: String(words[0]), target: String(words[1]), headers: headers, body: body,
                    connection: number)
            }
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { return nil }
            headers.append((name: parts[0].lowercased(), value: parts[1].trimmingCharacters(in: .whitespaces)))
        }
        return nil
    }

    private mutating func readBody(_ headers: [(name: String, value: String)]) -> [UInt8]? {
        if headers.contains(where: { $0.name == "transfer-encoding" && $0.value.lowercased() == "chunked" }) {
            return readChunks()
        }
        guard let length = headers.first(where: { $0.name == "content-length" })?.value else { return [] }
        return Int(length).flatMap { read(count: $0) }
    }

    private mutating func readChunks() -> [UInt8]? {
        var body: [UInt8] = []
        while let line = readLine(), let count = Int(line.prefix { $0 != ";" }, radix: 16) {
            guard count > 0 else {
                while let trailer = readLine() { if trailer.isEmpty { return body } }
                return nil
            }
            guard let chunk = read(count: count), readLine() == "" else { return nil }
            body += chunk
        }
        return nil
    }

    private mutating func readLine() -> String? {
        var scanned = position
        while true {
            if let end = received[scanned...].firstIndex(of: UInt8(ascii: "\n")) {
                let line = received[position..<end]
                position = end + 1
                return String(decoding: line.last == UInt8(ascii: "\r") ? line.dropLast() : line, as: UTF8.self)
            }
            scanned = received.count
            let before = position
            guard receive() else { return nil }
            scanned -= before - position
        }
    }

    private mutating func read(count: Int) -> [UInt8]? {
        while received.count - position < count {
            guard receive() else { return nil }
        }
        defer { position += count }
        return Array(received[position..<(position + count)])
    }

    /// Takes what has come, and forgets what was read.
    private mutating func receive() -> Bool {
        received.removeFirst(position)
        position = 0
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        guard count > 0 else { return false }
        received += buffer[..<count]
        return true
    }

    // MARK: Sending

    /// Sends the reply in its way; nil when the connection stays open.
    func send(_ reply: LoopbackReply, to request: LoopbackRequest) -> Ending? {
        let body = request.method == "HEAD" ? [] : reply.body
        let ending: Ending? = request["connection"]?.lowercased() == "close" ? .close : nil
        switch reply.delivery {
        case .whole: return write(head(reply) + body) ? ending : .close
        case .wholeThenClosed:
            _ = write(head(reply) + body)
            return .close
        case .chunked:
            let middle = body.count / 2
            let chunks = [body[..<middle], body[middle...]].filter { !$0.isEmpty }.map(chunk).flatMap(\.self)
            return write(head(reply, isChunked: true) + chunks + Array("0\r\n\r\n".utf8)) ? ending : .close
        case .delayed(let delay):
            guard wait(delay) else { return .close }
            return write(head(reply) + body) ? ending : .close
        case .reset: return .reset
        case .truncated(let count):
            _ = write(head(reply) + body.prefix(count))
            return .close
        case .garbage:
            _ = write(Array("SSH-2.0-OpenSSH_9.2p1\r\nthis is not HTTP\r\n\r\n".utf8))
            return .close
        case .silence:
            while wait(.seconds(3600)) {}
            return .close
        case .trickle(let delay):
            for byte in head(reply) + body {
                guard wait(delay), write([byte]) else { return .close }
            }
            return ending
        }
    }

    private func head(_ reply: LoopbackReply, isChunked: Bool = false) -> [UInt8] {
        var lines = ["HTTP/1.1 \(reply.status) Fake"] + reply.headers.map { "\($0.name): \($0.value)" }
        if isChunked {
            lines.append("Transfer-Encoding: chunked")
        } else if reply.status >= 200 && reply.status != 204 && reply.status != 304 {
            lines.append("Content-Length: \(reply.body.count)")
        }
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
    }

    private func chunk(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        Array((String(bytes.count, radix: 16) + "\r\n").utf8) + bytes + Array("\r\n".utf8)
    }

    private func write(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    /// Waits so long; false, and at once, when the connection ends before.
    private func wait(_ duration: Duration) -> Bool {
        let (seconds, attoseconds) = duration.components
        let milliseconds = seconds * 1000 + attoseconds / 1_000_000_000_000_000
        // Linux's POLLRDHUP, which is not imported: the other side, or the server, has closed.
        let closed: Int16 = 0x2000
        var watched = pollfd(fd: descriptor, events: closed, revents: 0)
        return poll(&watched, 1, Int32(clamping: milliseconds)) == 0
    }
}
