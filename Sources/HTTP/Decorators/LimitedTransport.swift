import Command

/// Asks a rate limiter before each call. It stands inside the retries, since every attempt counts for the other side.
public struct LimitedTransport: Transport {
    /// A pause up to this length is waited for by ``RetryingTransport``, if the deadline allows; a longer one concerns all
    /// programs.
    private static let longestPause = Duration.seconds(60)

    private let base: any Transport
    private let limiter: any RateLimiter
    private let time: TimeSource
    private let family: @Sendable (Request) -> RateLimit?

    /// Limits the calls of `base`.
    ///
    /// - Parameter family: what the call counts among; nil when it is not limited.
    public init(
        _ base: any Transport, limiter: any RateLimiter, time: TimeSource,
        family: @escaping @Sendable (Request) -> RateLimit?
    ) {
        self.base = base
        self.limiter = limiter
        self.time = time
        self.family = family
    }

    /// Waits for the call's turn and sends it; a long pause that the service asks for is told the limiter.
    ///
    /// - Throws: ``TransportError/Code/limited`` when its turn does not come before the deadline.
    public func send(_ request: Request, within deadline: Deadline) async throws(TransportError) -> Response {
        guard let family = family(request) else { return try await base.send(request, within: deadline) }
        do throws(LimitError) {
            try await limiter.admit(family, before: deadline)
        } catch {
            throw error.refusal(of: request)
        }
        let response = try await base.send(request, within: deadline)
        if response.status == 429 || response.status == 503, let pause = response.retryAfter(now: time.now()),
            pause > LimitedTransport.longestPause || time.steady() + pause >= deadline.at
        {
            await limiter.pause(family, for: pause)
        }
        return response
    }
}

extension LimitError {
    fileprivate func refusal(of request: Request) -> TransportError {
        switch self {
        case .tooLong(let wait): TransportError(.limited, request, mayHaveArrived: false, retryAfter: wait)
        case .stopped: TransportError(.stopped, request, mayHaveArrived: false)
        case .unavailable:
            TransportError(.limited, request, mayHaveArrived: false, detail: "the counts are not to be had")
        }
    }
}
