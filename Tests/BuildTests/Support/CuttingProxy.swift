import Foundation
import Support
import Synchronization

/// Stands between a program and a PostgreSQL server's socket, and hangs up after a number of bytes from the server.
final class CuttingProxy: Sendable {
    private let listener: Int32
    private let server: String
    private let limit: Int
    private let passed = Atomic(0)

    /// A proxy that listens in `folder` and connects to the socket in `server`.
    init(listeningIn folder: String, server: String, cutAfter limit: Int = .max) throws {
        self.server = server
        self.limit = limit
        let listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        self.listener = listener
        let bound = withAddress(of: folder) { address, size in bind(listener, address, size) }
        guard bound == 0, listen(listener, 8) == 0 else { throw POSIXError(.EADDRNOTAVAIL) }
        Thread.detachNewThread { [weak self] in
            while case let client = accept(listener, nil, nil), client >= 0 { self?.serve(client) }
        }
    }

    deinit {
        // A thread that waits in accept(2) wakes up.
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    /// The bytes that came from the server so far.
    var bytesPassed: Int { passed.load(ordering: .relaxed) }

    private func serve(_ client: Int32) {
        let upstream = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        guard withAddress(of: server, { address, size in connect(upstream, address, size) }) == 0 else {
            close(client)
            return
        }
        Thread.detachNewThread { pump(from: client, to: upstream) { $0 } }
        Thread.detachNewThread { [self] in
            pump(from: upstream, to: client) { count in
                let before = passed.wrappingAdd(count, ordering: .relaxed).oldValue
                return min(count, limit - min(limit, before))
            }
            // Either thread ends when both directions are shut.
            for end in [client, upstream] { shutdown(end, Int32(SHUT_RDWR)) }
        }
    }
}

/// Copies bytes until either end is shut or `allowed`, asked before each write, lets fewer through.
private func pump(from source: Int32, to target: Int32, allowed: (Int) -> Int) {
    var buffer = [UInt8](repeating: 0, count: 8192)
    while case let count = read(source, &buffer, buffer.count), count > 0 {
        let permitted = allowed(count)
        guard permitted == 0 || send(target, buffer, permitted, Int32(MSG_NOSIGNAL)) == permitted,
            permitted == count
        else { return }
    }
    shutdown(target, Int32(SHUT_WR))
}

private func withAddress<T>(of folder: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> T) -> T {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { place in
        place.copyBytes(from: "\(folder)/.s.PGSQL.5432".utf8.prefix(place.count - 1))
    }
    return withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
            body(pointer, socklen_t(MemoryLayout<sockaddr_un>.size))
        }
    }
}
