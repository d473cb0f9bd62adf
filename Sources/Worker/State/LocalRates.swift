import Bytes
import Command
import HTTP
import Synchronization

/// Rate limits of this process alone: for dry runs, which write nothing.
public final class LocalRates: RateLimiter {
    private let time: TimeSource
    private let sleep: Sleep
    private let next = Mutex<[String: Int64]>([:])

    /// Limits that nobody has used yet.
    public init(time: TimeSource, sleep: @escaping Sleep = { try await Task.sleep(for: $0) }) {
        self.time = time
        self.sleep = sleep
    }

    public func admit(_ family: RateLimit, before deadline: Deadline) async throws(LimitError) {
        let pace = Pace(family)
        let now = time.steady().wholeMicroseconds
        let reserved = next.withLock { next in
            let following = pace.following(next[family.name] ?? 0, at: now)
            next[family.name] = following
            return following
        }
        let wait = pace.wait(reserved, at: now)
        guard wait > .zero else { return }
        guard time.steady() + wait < deadline.at else { throw .tooLong(wait) }
        do {
            try await sleep(wait)
        } catch {
            throw .stopped
        }
    }

    public func pause(_ family: RateLimit, for duration: Duration) async {
        let until = (time.steady() + duration).wholeMicroseconds
        next.withLock { next in next[family.name] = max(next[family.name] ?? 0, until + Pace(family).slack) }
    }
}
