import Bytes

/// How long an item that failed for the moment waits: twice as long each time, up to a limit, and a random part of that (full
/// jitter), so that what failed together does not come back together.
public struct Backoff: Hashable, Sendable {
    /// The longest wait after the first failure.
    public let first: Duration
    /// The longest wait at all.
    public let limit: Duration

    /// Waits that begin with at most `first` and grow to at most `limit`.
    public init(first: Duration, limit: Duration) {
        self.first = first
        self.limit = limit
    }

    /// The wait after failure number `failures`, counted from 1.
    public func wait(after failures: Int, using random: inout some RandomNumberGenerator) -> Duration {
        wait(after: failures) { range in Int.random(in: range, using: &random) }
    }

    /// The same with numbers that `random` draws.
    public func wait(after failures: Int, _ random: (ClosedRange<Int>) -> Int) -> Duration {
        let longest = min(first * (1 << min(max(failures, 1) - 1, 30)), limit)
        return .microseconds(Int64(random(0...max(0, Int(longest.wholeMicroseconds)))))
    }
}
