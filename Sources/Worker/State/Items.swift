import Bytes
import Store

/// The failures of single items of a job, for jobs whose own tables do not keep them: when an item is due again, and whether
/// it was given up.
public struct Items: Sendable {
    /// After so many failures for good an item is parked.
    public static let cap = 5

    let job: JobName

    /// The items of `job`.
    public init(of job: JobName) {
        self.job = job
    }

    /// Notes that the item failed for good, as far as one call can tell, and returns how often it has. From the fifth time on
    /// it is parked, or at once when `parks` says so.
    public func failed(
        _ key: String, _ problem: String, parks: Bool = false, at now: Timestamp, in session: inout Session
    ) throws -> Int {
        let firstParks = parks ? Bind.timestamp(now) : .null
        return try session.first(
            """
            INSERT INTO \(flows: "item") AS known
                (job, key, permanent_failures, temporary_failures, failing_since, due_at, parked_at, problem)
            VALUES (\(job.text), \(key), 1, 0, \(now), \(now), \(firstParks), \(problem))
            ON CONFLICT (job, key) DO UPDATE SET
                permanent_failures = known.permanent_failures + 1, problem = excluded.problem,
                parked_at = CASE WHEN known.permanent_failures + 1 >= \(Items.cap) OR \(parks)
                    THEN coalesce(known.parked_at, excluded.due_at) END
            RETURNING permanent_failures AS failures
            """
        ) { row in try row["failures"] } ?? 0
    }

    /// Notes that the item may go better after `wait`. That never parks it.
    public func postponed(
        _ key: String, _ problem: String, for wait: Duration, at now: Timestamp, in session: inout Session
    ) throws {
        try session.execute(
            """
            INSERT INTO \(flows: "item") AS known
                (job, key, permanent_failures, temporary_failures, failing_since, due_at, problem)
            VALUES (\(job.text), \(key), 0, 1, \(now), \(now + wait), \(problem))
            ON CONFLICT (job, key) DO UPDATE SET
                temporary_failures = known.temporary_failures + 1, due_at = excluded.due_at, problem = excluded.problem
            """)
    }

    /// The same with a wait that depends on how often the item has failed for the moment, this time included.
    public func postponed(
        _ key: String, _ problem: String, wait: (Int) -> Duration, at now: Timestamp, in session: inout Session
    ) throws {
        let before: Int =
            try session.first(
                "SELECT temporary_failures AS failures FROM \(flows: "item") WHERE job = \(job.text) AND key = \(key)"
            ) { row in try row["failures"] } ?? 0
        try postponed(key, problem, for: wait(before + 1), at: now, in: &session)
    }

    /// Forgets the failures of the item: it went well.
    public func succeeded(_ key: String, in session: inout Session) throws {
        try session.execute("DELETE FROM \(flows: "item") WHERE job = \(job.text) AND key = \(key)")
    }

    /// The keys among `keys` that are parked, or not due yet.
    public func waiting(among keys: [String], at now: Timestamp, in session: inout Session) throws -> Set<String> {
        let found: [String] = try session.rows(
            """
            SELECT key FROM \(flows: "item")
            WHERE job = \(job.text) AND key \(in: keys) AND (parked_at IS NOT NULL OR due_at > \(now))
            """
        ) { row in try row["key"] }
        return Set(found)
    }

    /// Forgets the failures of all of `keys`.
    public func forget(_ keys: [String], in session: inout Session) throws {
        try session.execute("DELETE FROM \(flows: "item") WHERE job = \(job.text) AND key \(in: keys)")
    }

    /// Forgets the failures of all items of the job but `keys`.
    public func forgetAll(but keys: Set<String>, in session: inout Session) throws {
        let known: [String] = try session.rows("SELECT key FROM \(flows: "item") WHERE job = \(job.text)") { row in
            try row["key"]
        }
        let others = known.filter { !keys.contains($0) }
        if !others.isEmpty { try forget(others, in: &session) }
    }

    /// When those among `keys` were parked that are.
    public func parkingTimes(among keys: [String], in session: inout Session) throws -> [String: Timestamp] {
        var times: [String: Timestamp] = [:]
        try session.forEach(
            """
            SELECT key, parked_at FROM \(flows: "item")
            WHERE job = \(job.text) AND key \(in: keys) AND parked_at IS NOT NULL
            """
        ) { row in times[try row["key"]] = try row["parked_at"] as Timestamp }
        return times
    }

    /// What was given up, the oldest first.
    public func parked(in session: inout Session) throws -> [DeadLetter] {
        try session.rows(
            """
            SELECT key, parked_at, permanent_failures, problem FROM \(flows: "item")
            WHERE job = \(job.text) AND parked_at IS NOT NULL ORDER BY parked_at, id
            """
        ) { row in
            DeadLetter(
                key: try row["key"], parkedAt: try row["parked_at"], failures: try row["permanent_failures"],
                problem: try row["problem"])
        }
    }

    /// Forgets the failures of those of `keys` that are parked, of all parked ones when it is nil, and returns how many.
    public func requeue(_ keys: [String]?, in session: inout Session) throws -> Int {
        if let keys {
            return try session.execute(
                """
                DELETE FROM \(flows: "item") WHERE job = \(job.text) AND parked_at IS NOT NULL AND key \(in: keys)
                """)
        }
        return try session.execute(
            "DELETE FROM \(flows: "item") WHERE job = \(job.text) AND parked_at IS NOT NULL")
    }
}
