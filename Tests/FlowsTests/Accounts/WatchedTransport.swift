import HTTP
import Synchronization

@testable import Support

/// The way to the fake LMS: it writes down each call that is no redirect, and can answer in the LMS's place.
final class WatchedTransport: Transport {
    typealias Answer = @Sendable (LMSRequest) -> LMSReply?

    private let lms: FakeLMS
    private let inside = Mutex((journal: [String](), answers: [Answer]()))

    init(_ lms: FakeLMS) {
        self.lms = lms
    }

    /// The calls in their order, with what they are about: `registration jeff`.
    var journal: [String] { inside.withLock { $0.journal } }

    /// Lets `answer` answer the requests that it knows an answer to.
    func answer(_ answer: @escaping Answer) {
        inside.withLock { $0.answers.append(answer) }
    }

    func send(_ request: Request, within deadline: Deadline) async throws(TransportError) -> Response {
        let received = LMSRequest(request)
        let answers = inside.withLock { inside in
            if let line = WatchedTransport.line(received) { inside.journal.append(line) }
            return inside.answers
        }
        for answer in answers {
            if let reply = answer(received) {
                return Response(status: reply.status, headers: reply.headers, body: reply.body)
            }
        }
        return try await lms.transport().send(request, within: deadline)
    }

    private static func line(_ request: LMSRequest) -> String? {
        switch LMSCall(request, isSite: request.origin != "https://lms.test") {
        case .registration: "registration \(request.field("username") ?? "?")"
        case .accountSearch: "accounts \(request.parameter("email") ?? "?")"
        case .ltiFix: "LTI fix \(request.json?["email"]?.string ?? "?")"
        case .ownInfo: "own info"
        case .tokenRefresh: "refresh \(request.field("refresh_token") ?? "?")"
        case .codeExchange: "exchange"
        case .socialLogin: "social login"
        case .authorize: "authorize"
        case .userDetail, .siteAuthorize, .loginComplete, .page: nil
        default: "unexpected \(request.target)"
        }
    }
}
