import Command
import HTTP

/// How often Open edX may be asked (`spec/openedx.md` §2.3).
///
/// A burst adds to what goes out in a minute: with it the limits stay at or below the LMS's own, 120 a minute for
/// enrollments and 20 for the course list where its switches lower it.
public enum OpenEdXLimits {
    /// The calls of the enrollment API.
    public static let enrollment = RateLimit("openedx.enrollment", perMinute: 100, burst: 20)
    /// The course list.
    public static let courses = RateLimit("openedx.courses", perMinute: 15, burst: 5)

    /// The family that a request belongs to, nil for those that the LMS does not count.
    public static func family(of request: Request) -> RateLimit? {
        let path = request.url.target.prefix { $0 != "?" }
        if path.hasPrefix("/api/enrollment/") { return enrollment }
        if path.hasPrefix("/api/courses/v1/courses") { return courses }
        return nil
    }
}

extension OpenEdXClient {
    /// The way to Open edX: repeated outside, limited inside, since every attempt counts for the LMS, and each attempt
    /// logged.
    ///
    /// - Parameters:
    ///   - base: the network.
    ///   - policy: how often and when calls are repeated.
    ///   - random: draws from 0 up to, but not including, 1.
    ///   - sleep: waits so long; throws when the task is cancelled.
    public static func transport(
        over base: any Transport, limiter: any RateLimiter, log: Log, time: TimeSource,
        policy: RetryPolicy = RetryPolicy(), random: @escaping @Sendable () -> Double,
        sleep: @escaping @Sendable (Duration) async throws -> Void
    ) -> some Transport {
        RetryingTransport(
            limited(LoggingTransport(base, log: log, time: time), limiter: limiter, time: time), policy: policy,
            time: time,
            random: random, sleep: sleep)
    }

    /// The limits alone.
    static func limited(_ base: any Transport, limiter: any RateLimiter, time: TimeSource) -> LimitedTransport {
        LimitedTransport(base, limiter: limiter, time: time, family: OpenEdXLimits.family(of:))
    }
}
