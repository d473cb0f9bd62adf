/// How often outside systems may be asked, across all processes and hosts.
public protocol RateLimiter: Sendable {
    /// Waits until one more request of `family` may go out.
    ///
    /// - Throws: ``LimitError`` when that is not before the deadline, when the other side asked for a longer pause, or when
    ///   the program is stopping. Nothing was sent then.
    func admit(_ family: RateLimit, before deadline: Deadline) async throws(LimitError)

    /// The other side asks for a pause: nothing of `family` goes out for `duration`.
    func pause(_ family: RateLimit, for duration: Duration) async
}

/// A family of calls that an outside system counts together.
public struct RateLimit: Hashable, Sendable {
    /// The name, the same in all programs: `openedx.enrollment`.
    public let name: String
    /// How many calls a minute.
    public let perMinute: Int
    /// How many of them may go out at once when none has gone out for a while.
    public let burst: Int

    /// A family of calls.
    public init(_ name: String, perMinute: Int, burst: Int) {
        self.name = name
        self.perMinute = max(1, perMinute)
        self.burst = max(1, burst)
    }
}

/// Why a request was not let out.
public enum LimitError: Error, Hashable, Sendable {
    /// Its turn comes after the deadline; it may be tried again after so long.
    case tooLong(Duration)
    /// The program is stopping.
    case stopped
    /// The counts are not to be had, since the database failed.
    case unavailable
}

/// No limit.
public struct Unlimited: RateLimiter {
    /// The one value.
    public init() {}

    /// Lets everything out.
    public func admit(_ family: RateLimit, before deadline: Deadline) async throws(LimitError) {}

    /// Forgets it.
    public func pause(_ family: RateLimit, for duration: Duration) async {}
}
