import Bytes
import Command
import HTTP
import Store

/// Rate limits as rows of the database: all processes and hosts together keep them.
public struct DatabaseRates: RateLimiter {
    private let database: Database
    private let time: TimeSource
    private let sleep: Sleep

    /// The limits in `database`.
    public init(
        in database: Database, time: TimeSource, sleep: @escaping Sleep = { try await Task.sleep(for: $0) }
    ) {
        self.database = database
        self.time = time
        self.sleep = sleep
    }

    public func admit(_ family: RateLimit, before deadline: Deadline) async throws(LimitError) {
        let pace = Pace(family)
        let now = time.now().microseconds
        let state: (next: Int64, pausedUntil: Int64)?
        do {
            // One statement reserves the turn; a clock that was set back does not make the others wait for a day.
            state = try await database.write { session in
                try session.first(
                    """
                    INSERT INTO \(flows: "rate") AS known (name, next_at, paused_until)
                    VALUES (\(family.name), \(now + pace.interval), 0)
                    ON CONFLICT (name) DO UPDATE SET next_at =
                        CASE WHEN known.next_at > \(now) AND known.next_at < \(now + Self.horizon)
                            THEN known.next_at ELSE \(now) END + \(pace.interval)
                    RETURNING next_at, paused_until
                    """
                ) { row in (next: try row["next_at"], pausedUntil: try row["paused_until"]) }
            }
        } catch {
            throw .unavailable
        }
        guard let state else { throw .unavailable }
        var wait = pace.wait(state.next, at: now)
        if state.pausedUntil > now, state.pausedUntil < now + Self.horizon {
            wait = max(wait, .microseconds(state.pausedUntil - now))
        }
        guard wait > .zero else { return }
        guard time.steady() + wait < deadline.at else { throw .tooLong(wait) }
        do {
            try await sleep(wait)
        } catch {
            throw .stopped
        }
    }

    /// No reservation and no pause lasts longer, in microseconds; what lies further ahead was written by a clock that was
    /// set back since.
    private static let horizon: Int64 = 3_600_000_000

    public func pause(_ family: RateLimit, for duration: Duration) async {
        let now = time.now().microseconds
        let until = now + min(duration.wholeMicroseconds, Self.horizon - 1)
        // A pause that cannot be noted costs the other side one more refusal, and the run nothing.
        _ = try? await database.write { session in
            try session.execute(
                """
                INSERT INTO \(flows: "rate") AS known (name, next_at, paused_until)
                VALUES (\(family.name), \(now), \(until))
                ON CONFLICT (name) DO UPDATE SET paused_until =
                    CASE WHEN known.paused_until > \(until) AND known.paused_until < \(now + Self.horizon)
                        THEN known.paused_until ELSE \(until) END
                """)
        }
    }
}
