import Bytes

/// How often and when a call is repeated.
public struct RetryPolicy: Sendable {
    /// The answers that are worth another attempt: busy, throttled, down, and a CDN's words for that.
    public static let statuses: Set<Int> = Set([408, 425, 429, 500, 502, 503, 504]).union(520...529)

    /// The attempts in all, at least 1.
    public var attempts: Int
    /// The longest wait before the second attempt; before each further one it is four times as long.
    public var firstWait: Duration
    /// The longest pause that is waited for when a service asks for one; with a longer one its answer is returned.
    public var longestPause: Duration

    /// Three attempts, a second and four seconds apart at most.
    public init(attempts: Int = 3, firstWait: Duration = .seconds(1), longestPause: Duration = .seconds(60)) {
        self.attempts = max(1, attempts)
        self.firstWait = firstWait
        self.longestPause = longestPause
    }

    /// How long to wait before the next attempt; nil when there is none.
    func pause(
        after outcome: Result<Response, TransportError>, of request: Request, attempt: Int,
        now: () -> Timestamp, random: () -> Double
    ) -> Duration? {
        guard attempt < attempts else { return nil }
        switch outcome {
        case .success(let response):
            guard request.isIdempotent, RetryPolicy.statuses.contains(response.status) else { return nil }
            if let asked = response.retryAfter(now: now()) { return asked <= longestPause ? asked : nil }
        case .failure(let error):
            guard error.code.passes, request.isIdempotent || !error.mayHaveArrived else { return nil }
        }
        return firstWait * (1 << (2 * (attempt - 1))) * random()
    }
}

extension TransportError.Code {
    /// Whether it may be otherwise a moment later.
    fileprivate var passes: Bool {
        switch self {
        case .cannotConnect, .timeout, .connectionLost: true
        case .insecure, .tooLarge, .malformed, .invalidRequest, .bodyFailed, .limited, .withheld, .stopped: false
        }
    }
}
