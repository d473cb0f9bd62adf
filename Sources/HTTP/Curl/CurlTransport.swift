import Command

/// Requests over the network, by libcurl.
///
/// Each call runs on a thread of a small pool, never on the cooperative pool, and connections are kept for the next
/// call. Redirects are not followed, cookies not kept, proxies and passwords of the environment not read; certificates are
/// always verified. A request that must not be repeated goes out on a connection of its own, since libcurl sends a request
/// again when a kept connection breaks without an answer.
public struct CurlTransport: Transport {
    private let userAgent: String
    private let time: TimeSource
    private let grace: Duration
    private let connectLimit: Duration
    private let lanes: CurlLanes
    /// A file of the certificates that are trusted, in place of the system's. Only tests set it: there is no way to trust
    /// all, and the system's own list is the place for a company's authority.
    var authorities: String?

    /// A transport.
    ///
    /// - Parameters:
    ///   - userAgent: what the requests say they come from: `mitxonline-flows/1.0`.
    ///   - time: the clock of the deadlines.
    ///   - grace: how long a call in flight goes on after its task was cancelled.
    ///   - connectLimit: the longest time until a connection stands, encryption included.
    ///   - width: how many calls run at once; the others wait.
    public init(
        userAgent: String, time: TimeSource, grace: Duration = .seconds(45), connectLimit: Duration = .seconds(5),
        width: Int = 16
    ) {
        self.userAgent = userAgent
        self.time = time
        self.grace = grace
        self.connectLimit = connectLimit
        lanes = CurlLanes(width: max(1, width))
    }

    /// Sends the request once.
    ///
    /// When the task is cancelled before the call began, nothing is sent; a call in flight goes on for the grace and is
    /// cut off then, within about a second.
    public func send(_ request: Request, within deadline: Deadline) async throws(TransportError) -> Response {
        guard request.isWellFormed else { throw TransportError(.invalidRequest, request, mayHaveArrived: false) }
        guard !Task.isCancelled else { throw TransportError(.stopped, request, mayHaveArrived: false) }
        guard let lane = await lanes.take(for: request.url.origin, within: deadline.at - time.steady()) else {
            throw TransportError(Task.isCancelled ? .stopped : .timeout, request, mayHaveArrived: false)
        }
        let call = CurlCall(
            request: request, deadline: deadline, userAgent: userAgent, connectLimit: connectLimit,
            authorities: authorities, time: time,
            stop: CurlStop(time: time, grace: min(grace, request.grace ?? grace)))
        let result = await withTaskCancellationHandler {
            await lane.run(call)
        } onCancel: {
            call.stop.request()
        }
        lanes.giveBack(lane)
        return try result.get()
    }
}

extension Request {
    /// Whether the request says on the wire what it says here: a line break in a header field would begin another one, a
    /// space or `#` in the target would end it.
    fileprivate var isWellFormed: Bool {
        url.target.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "#") }
            && headers.allSatisfy { $0.isWellFormed } && (method != .head || body == nil && source == nil)
            && (body == nil || source == nil)
    }
}

extension Header {
    fileprivate var isWellFormed: Bool {
        !name.isEmpty && name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f && !":;".utf8.contains($0) }
            && value.revealed.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7f || $0 == UInt8(ascii: "\t") }
    }
}
