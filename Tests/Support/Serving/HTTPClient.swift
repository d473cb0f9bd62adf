import Foundation

/// An HTTP client that sends a request's target byte for byte: clients for general use would tidy up the very addresses
/// that tests are about.
public struct HTTPClient: Sendable {
    private let socket: String

    /// A client of the server that listens on the socket at that path.
    init(socket: String) {
        self.socket = socket
    }

    /// Asks for `target`, a path with its query.
    public func get(_ target: String, _ headers: [String: String] = [:]) throws -> HTTPResponse {
        try send("GET", target, headers)
    }

    /// Sends a request without a body, on a connection of its own, and reads the whole answer.
    public func send(_ method: String, _ target: String, _ headers: [String: String] = [:]) throws -> HTTPResponse {
        let all = ["Host": "mitxonline.mit.edu", "Connection": "close"].merging(headers) { _, own in own }
        let lines = ["\(method) \(target) HTTP/1.1"] + all.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
        let request = Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
        return try HTTPResponse(answer: exchange(request), hasBody: method != "HEAD")
    }

    private func exchange(_ request: [UInt8]) throws -> [UInt8] {
        let connection = try connect()
        defer { close(connection) }
        guard write(connection, request, request.count) == request.count else { throw failure("send") }
        var answer: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(connection, &buffer, buffer.count)
            guard count >= 0 else { throw failure("receive") }
            guard count > 0 else { return answer }
            answer += buffer[..<count]
        }
    }

    private func connect() throws -> Int32 {
        let connection = Foundation.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard connection >= 0 else { throw failure("socket") }
        var timeout = timeval(tv_sec: 30, tv_usec: 0)
        setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: socket.utf8.prefix($0.count - 1)) }
        let status = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Foundation.connect(connection, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard status == 0 else {
            let problem = failure("connect")
            close(connection)
            throw problem
        }
        return connection
    }

    private func failure(_ action: String) -> SetupError {
        SetupError("\(action) \(socket): \(String(cString: strerror(errno)))")
    }
}
