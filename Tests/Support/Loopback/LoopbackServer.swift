import Foundation
import Synchronization

/// An HTTP/1.1 server on the loopback interface, within this process: what fake services stand on.
///
/// It answers on threads of its own, one a connection, and asks the handler in a task, which does not run on the cooperative
/// pool either: tests may hold all of that. A handler may wait for what the test does next. The server ends with its last
/// reference.
public final class LoopbackServer: Sendable {
    /// What answers the requests; it is called for several at once when they come on several connections.
    public typealias Handler = @Sendable (LoopbackRequest) async -> LoopbackReply

    /// The address without a slash at its end: `http://127.0.0.1:43215`.
    public let url: String
    private let core: LoopbackCore

    private init(_ core: LoopbackCore) {
        self.core = core
        url = "http://127.0.0.1:\(core.port)"
    }

    deinit { stop() }

    /// Starts a server on a port that the system chooses.
    public static func start(_ handler: @escaping Handler) throws -> LoopbackServer {
        let core = try LoopbackCore(handler)
        let thread = Thread { core.acceptConnections() }
        thread.stackSize = 1 << 19
        thread.start()
        return LoopbackServer(core)
    }

    /// Stops listening and closes all connections; requests in hand stay without an answer.
    public func stop() { core.stop() }

    /// Resets the next connections as they come, before anything of their requests is read.
    public func resetNextConnections(_ count: Int) { core.resetNextConnections(count) }

    /// How many connections have come.
    public var connections: Int { core.connections }
}

/// The listening socket and the connections that are open. The threads hold this, not the server, so that it can end.
final class LoopbackCore: Sendable {
    let port: UInt16
    private let listener: Int32
    private let handler: LoopbackServer.Handler
    private let executor = LoopbackExecutor()
    private let state = Mutex(State())

    private struct State {
        var isStopped = false
        var connections = 0
        var toReset = 0
        var open: Set<Int32> = []
    }

    init(_ handler: @escaping LoopbackServer.Handler) throws {
        self.handler = handler
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = listener
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, size) == 0 && listen(descriptor, 512) == 0
                    && getsockname(descriptor, $0, &size) == 0
            }
        }
        guard isBound else { throw SetupError("no loopback server: \(String(cString: strerror(errno)))") }
        port = UInt16(bigEndian: address.sin_port)
    }

    var connections: Int { state.withLock { $0.connections } }

    func resetNextConnections(_ count: Int) {
        state.withLock { $0.toReset = count }
    }

    /// Wakes every thread; each closes the descriptor it reads from, since another would be given the number at once.
    func stop() {
        state.withLock { state in
            guard !state.isStopped else { return }
            state.isStopped = true
            shutdown(listener, Int32(SHUT_RDWR))
            for descriptor in state.open { shutdown(descriptor, Int32(SHUT_RDWR)) }
        }
    }

    func acceptConnections() {
        defer { close(listener) }
        while true {
            let descriptor = accept(listener, nil, nil)
            guard descriptor >= 0 else {
                if state.withLock({ $0.isStopped }) { return }
                // Out of descriptors, or a connection that is gone already: both pass.
                usleep(1000)
                continue
            }
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
            serve(descriptor)
        }
    }

    private func serve(_ descriptor: Int32) {
        let number: Int? = state.withLock { state in
            state.connections += 1
            guard !state.isStopped, state.toReset == 0 else {
                state.toReset = max(0, state.toReset - 1)
                return nil
            }
            state.open.insert(descriptor)
            return state.connections
        }
        guard let number else { return LoopbackConnection(descriptor).reset() }
        let thread = Thread { [self] in
            var connection = LoopbackConnection(descriptor)
            let ending = answerRequests(on: &connection, number: number)
            state.withLock { _ = $0.open.remove(descriptor) }
            switch ending {
            case .close: connection.close()
            case .reset: connection.reset()
            }
        }
        thread.stackSize = 1 << 19
        thread.start()
    }

    private func answerRequests(on connection: inout LoopbackConnection, number: Int) -> LoopbackConnection.Ending {
        while let request = connection.readRequest(number: number) {
            let reply = answer(request)
            if let ending = connection.send(reply, to: request) { return ending }
        }
        return .close
    }

    /// Waits for the handler's answer; this thread is the connection's own.
    private func answer(_ request: LoopbackRequest) -> LoopbackReply {
        let answered = DispatchSemaphore(value: 0)
        let reply = Slot()
        let handler = handler
        Task(executorPreference: executor) {
            let value = await handler(request)
            reply.value.withLock { $0 = value }
            answered.signal()
        }
        answered.wait()
        return reply.value.withLock { $0 } ?? LoopbackReply(500)
    }

    private final class Slot: Sendable {
        let value = Mutex<LoopbackReply?>(nil)
    }
}
