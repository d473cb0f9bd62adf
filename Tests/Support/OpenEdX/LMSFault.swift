/// What goes wrong with a call to the fake LMS.
public enum LMSFault: Hashable, Sendable {
    /// It is applied; the answer comes after so long.
    case delay(Duration)
    /// The connection is refused: nothing is applied.
    case refused
    /// The connection is reset before the request is read: nothing is applied.
    case resetBeforeReading
    /// It is applied; then the connection is reset.
    case resetAfterApplying
    /// It is applied; the answer is cut off after so many bytes of its body.
    case truncated(Int)
    /// Nothing is applied; the answer is 429, with `Retry-After` in seconds or without.
    case throttled(retryAfter: Int?)
    /// Nothing is applied; the answer has that status.
    case status(Int)
    /// It is applied; the answer has that status all the same.
    case statusAfterApplying(Int)
    /// It is applied twice, as a proxy does that repeats; the answer is that of the second time.
    case duplicated
    /// The client's time passes without an answer; it is applied after so many more requests.
    case late(requests: Int)
    /// It waits until another request was applied, and is applied and answered then.
    case held
    /// It is applied; the answer is lost, and the client's time passes.
    case lost
    /// Nothing is applied; the answer is a page for people, with status 200.
    case html
    /// Nothing is applied; the answer leads to another host.
    case redirected
    /// It is applied; the answer is a document of so many bytes.
    case huge(Int)

    /// All kinds that a client which waits for each answer meets.
    public static let sequential: [LMSFault] = [
        .delay(.seconds(2)), .refused, .resetBeforeReading, .resetAfterApplying, .truncated(7),
        .throttled(retryAfter: 3), .throttled(retryAfter: nil), .status(500), .status(503), .statusAfterApplying(500),
        .duplicated, .late(requests: 2), .lost, .html, .redirected, .huge(10 << 20),
    ]

    /// All kinds; ``held`` makes sense only where several calls are under way at once.
    public static let concurrent = sequential + [.held]

    /// Whether the request reaches the LMS's own code before the client has its answer.
    var isApplied: Bool {
        switch self {
        case .delay, .resetAfterApplying, .truncated, .statusAfterApplying, .duplicated, .held, .lost, .huge: true
        case .refused, .resetBeforeReading, .throttled, .status, .late, .html, .redirected: false
        }
    }

    /// What comes back in place of `reply`, which is nil when nothing was applied.
    func answer(_ reply: LMSReply?) -> LMSReply {
        let reply = reply ?? LMSReply(500)
        switch self {
        case .delay(let duration): return reply.delivered(.delayed(duration))
        case .refused: return reply.delivered(.refused)
        case .resetBeforeReading, .resetAfterApplying: return reply.delivered(.reset)
        case .truncated(let count): return reply.delivered(.truncated(count))
        case .throttled(let seconds):
            return LMSReply(429, headers: seconds.map { [("Retry-After", "\($0)")] } ?? [])
        case .status(401): return LMSState.unauthorized
        case .status(let status) where (400...499).contains(status):
            return .json(.members(["message": .string("refused")]), status: status)
        case .status(let status), .statusAfterApplying(let status): return .html("Error", status: status)
        case .late, .lost: return reply.delivered(.silence)
        case .duplicated, .held: return reply
        case .html: return .html("Under maintenance")
        case .redirected: return .redirect(to: "https://elsewhere.test/api/?from=lms")
        case .huge(let count):
            var large = reply
            large.body = Array("{\"padding\":\"".utf8) + [UInt8](repeating: 0x78, count: count) + Array("\"}".utf8)
            return large
        }
    }
}
