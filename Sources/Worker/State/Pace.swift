import HTTP

/// The arithmetic of a rate limit: the generic cell rate algorithm, which keeps one instant instead of a bucket of tokens.
struct Pace: Sendable {
    /// The time between two calls, in microseconds.
    let interval: Int64
    /// How far the instant may run ahead of the clock, in microseconds.
    let slack: Int64

    init(_ limit: RateLimit) {
        interval = 60_000_000 / Int64(limit.perMinute)
        slack = interval * Int64(limit.burst)
    }

    /// The instant after one more call, of which the one before left `next`.
    func following(_ next: Int64, at now: Int64) -> Int64 {
        max(next, now) + interval
    }

    /// How long the call that moved the instant to `next` has to wait.
    func wait(_ next: Int64, at now: Int64) -> Duration {
        .microseconds(max(0, next - slack - now))
    }
}
