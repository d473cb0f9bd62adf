import Bytes
import Store

/// What was about to be done outside when it was last heard of: written before the call, removed with its result. One that
/// is found open means: ask whether it happened.
struct Intents: Sendable {
    let job: JobName

    /// Notes that the call of this key is about to be made, and returns whether it had been before, with its outcome
    /// unknown. Nil when it was done for good (``close(_:keeping:at:in:)``), and must never be repeated.
    func open(
        _ key: String, digest: Digest, run: Int64, at now: Timestamp, in session: inout Session
    ) throws -> Bool? {
        let attempts: Int? = try session.first(
            """
            INSERT INTO \(flows: "intent") AS known (job, key, digest, run_id, opened_at, attempts)
            VALUES (\(job.text), \(key), \(digest.hex), \(run), \(now), 1)
            ON CONFLICT (job, key) DO UPDATE
            SET digest = excluded.digest, run_id = excluded.run_id, attempts = known.attempts + 1
            WHERE known.closed_at IS NULL
            RETURNING attempts
            """
        ) { row in try row["attempts"] }
        return attempts.map { $0 > 1 }
    }

    /// The keys of those that are open, the oldest first.
    func keys(in session: inout Session) throws -> [String] {
        try session.rows(
            "SELECT key FROM \(flows: "intent") WHERE job = \(job.text) AND closed_at IS NULL ORDER BY id"
        ) { row in try row["key"] }
    }

    /// Notes that the outcome is known. With `keeping` the key stays taken for ever, as money and mails need it.
    func close(_ key: String, keeping: Bool, at now: Timestamp, in session: inout Session) throws {
        if keeping {
            try session.execute(
                "UPDATE \(flows: "intent") SET closed_at = \(now) WHERE job = \(job.text) AND key = \(key)")
        } else {
            try session.execute("DELETE FROM \(flows: "intent") WHERE job = \(job.text) AND key = \(key)")
        }
    }

    /// How many are open, and since when the oldest is.
    func backlog(in session: inout Session) throws -> Backlog {
        try session.first(
            """
            SELECT count(*) AS count, min(opened_at) AS oldest FROM \(flows: "intent")
            WHERE job = \(job.text) AND closed_at IS NULL
            """
        ) { row in Backlog(count: try row["count"], oldest: try row["oldest"]) } ?? Backlog(count: 0, oldest: nil)
    }
}
