import HTTP
import Synchronization

/// A transport that answers what it was told to, one after the other, the last one for ever; it keeps what was sent.
final class StubTransport: Transport {
    enum Answer: Sendable {
        case response(Response)
        case failure(TransportError.Code, mayHaveArrived: Bool)

        static func json(_ text: String, status: Int = 200, headers: [(name: String, value: String)] = []) -> Answer {
            .response(
                Response(
                    status: status, headers: [("Content-Type", "application/json")] + headers, body: Array(text.utf8)))
        }

        static func html(_ text: String, status: Int = 200) -> Answer {
            .response(
                Response(
                    status: status, headers: [("Content-Type", "text/html; charset=utf-8")], body: Array(text.utf8)))
        }

        static func redirect(_ location: String, status: Int = 302, cookies: [String] = []) -> Answer {
            .response(
                Response(
                    status: status, headers: [("Location", location)] + cookies.map { ("Set-Cookie", $0) }))
        }
    }

    private let state: Mutex<(answers: [Answer], sent: [Request], deadlines: [Deadline])>

    init(_ answers: [Answer]) {
        state = Mutex((answers, [], []))
    }

    var sent: [Request] { state.withLock { $0.sent } }

    var deadlines: [Deadline] { state.withLock { $0.deadlines } }

    func send(_ request: Request, within deadline: Deadline) async throws(TransportError) -> Response {
        let answer = state.withLock { state in
            state.sent.append(request)
            state.deadlines.append(deadline)
            return state.answers.count > 1 ? state.answers.removeFirst() : state.answers.first
        }
        switch answer {
        case .response(let response): return response
        case .failure(let code, let mayHaveArrived):
            throw TransportError(code, request, mayHaveArrived: mayHaveArrived)
        case nil: throw TransportError(.cannotConnect, request, mayHaveArrived: false)
        }
    }
}

extension Request {
    /// The value of a header field, nil without one.
    func header(_ name: String) -> String? {
        headers.first { $0.name == name }?.value.revealed
    }

    /// The body as text.
    var bodyText: String { String(decoding: body ?? [], as: UTF8.self) }
}
