import Bytes
import Command
import HTTP
import Support
import Synchronization
import Testing

/// The address of `path` at the server.
func address(
    _ server: LoopbackServer, _ path: String = "/", query: [(name: String, value: String)] = []
) throws -> RequestURL {
    RequestURL(try #require(WebURL(server.url)), path, query: query)
}

/// A transport over real sockets whose calls in flight are cut at once when they are cancelled.
func makeCurl(grace: Duration = .zero, width: Int = 16) -> CurlTransport {
    CurlTransport(userAgent: "mitxonline-flows/test", time: .system, grace: grace, width: width)
}

extension Deadline {
    /// A deadline that no test is to reach, or one to be reached.
    static func after(_ duration: Duration = .seconds(60), on time: TimeSource = .system) -> Deadline {
        Deadline(at: time.steady() + duration)
    }
}

/// The failure of a call; a test fails when there is an answer.
func failure(
    of request: Request, by transport: any Transport, within deadline: Deadline = .after(),
    sourceLocation: SourceLocation = #_sourceLocation
) async throws -> TransportError {
    do throws(TransportError) {
        let response = try await transport.send(request, within: deadline)
        Issue.record("an answer: \(response.status)", sourceLocation: sourceLocation)
    } catch {
        return error
    }
    throw NoFailure()
}

struct NoFailure: Error {}

/// A value that several tasks change.
final class Shared<Value: Sendable>: Sendable {
    private let state: Mutex<Value>

    init(_ value: Value) {
        state = Mutex(value)
    }

    var value: Value { state.withLock { $0 } }

    func change(_ body: @Sendable (inout Value) -> Void) {
        state.withLock { body(&$0) }
    }
}

/// Opens once; whoever comes before waits.
actor Gate {
    private var isOpen = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    func open() {
        isOpen = true
        for continuation in waiting { continuation.resume() }
        waiting = []
    }

    func pass() async {
        if !isOpen { await withCheckedContinuation { waiting.append($0) } }
    }
}

extension ManualClock {
    /// A clock whose two sides both begin at nought.
    static var fromZero: ManualClock { ManualClock(Timestamp(microseconds: 0), steady: .zero) }
}

/// A transport that answers from a script, without any network.
struct ScriptedTransport: Transport {
    let script: Shared<[Step]>
    let sent = Shared<[Request]>([])

    enum Step: Sendable {
        case answer(Response)
        case failure(TransportError.Code, mayHaveArrived: Bool)
    }

    init(_ script: [Step]) {
        self.script = Shared(script)
    }

    func send(_ request: Request, within deadline: Deadline) async throws(TransportError) -> Response {
        sent.change { $0.append(request) }
        let next = Shared<Step?>(nil)
        script.change { steps in
            let step = steps.isEmpty ? nil : steps.removeFirst()
            next.change { $0 = step }
        }
        switch next.value {
        case .answer(let response): return response
        case .failure(let code, let mayHaveArrived):
            throw TransportError(code, request, mayHaveArrived: mayHaveArrived)
        case nil: return Response(status: 418)
        }
    }
}

extension Request {
    /// A request that goes nowhere: for scripted transports.
    static func imagined(_ method: Method = .get) throws -> Request {
        Request("imagined call", method, RequestURL(try #require(WebURL("https://fake.test")), "/"))
    }
}
