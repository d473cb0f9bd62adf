import Bytes
import Command
import Store

/// The runs of all jobs.
enum Ledger {
    private static let goodOutcomes = [RunOutcome.ok.rawValue, RunOutcome.partial.rawValue]

    /// How long runs are kept; the last one and the last good one of each job stay for good.
    private static let memory = Duration.seconds(30 * 86_400)

    /// Notes that a run begins. Earlier ones that did not say how they ended were killed.
    static func begin(
        _ job: JobName, owner: String, isByHand: Bool, at now: Timestamp, in session: inout Session
    ) throws -> Int64 {
        try session.execute(
            """
            UPDATE \(flows: "run") SET ended_at = \(now), outcome = \(RunOutcome.killed.rawValue)
            WHERE job = \(job.text) AND ended_at IS NULL
            """)
        let id: Int64? = try session.first(
            """
            INSERT INTO \(flows: "run") (job, owner, is_by_hand, started_at)
            VALUES (\(job.text), \(owner), \(isByHand), \(now)) RETURNING id
            """
        ) { row in try row["id"] }
        guard let id else { throw StoreError(.internal, "the ledger gave the run no number") }
        return id
    }

    /// Notes how a run ended, and forgets what is older than a month but the last good run.
    static func end(
        _ id: Int64, of job: JobName, _ outcome: RunOutcome, _ status: ExitStatus, counters: JSONValue,
        problem: String?, problems: JSONValue, at now: Timestamp, in session: inout Session
    ) throws {
        try session.execute(
            """
            UPDATE \(flows: "run") SET ended_at = \(now), outcome = \(outcome.rawValue),
                status = \(Int(status.rawValue)), counters = \(counters), problem = \(problem),
                problems = \(problems)
            WHERE id = \(id)
            """)
        try session.execute(
            """
            DELETE FROM \(flows: "run") WHERE job = \(job.text) AND started_at < \(now - memory) AND id < \(id)
                AND id <> coalesce((SELECT max(id) FROM \(flows: "run")
                    WHERE job = \(job.text) AND NOT is_by_hand AND outcome \(in: goodOutcomes)), 0)
            """)
    }

    /// The last run of the job, and when the last good one ended: one that came to the end of its work, whatever single items
    /// failed; and when the first that is still known began. Runs by hand, on a part of the work, say nothing of the timer.
    static func last(
        _ job: JobName, in session: inout Session
    ) throws -> (run: RunRecord?, successAt: Timestamp?, firstAt: Timestamp?) {
        let run = try session.first(
            """
            SELECT id, owner, started_at, ended_at, status, outcome, problem FROM \(flows: "run")
            WHERE job = \(job.text) ORDER BY id DESC LIMIT 1
            """, RunRecord.init)
        let success = try session.first(
            """
            SELECT ended_at FROM \(flows: "run")
            WHERE job = \(job.text) AND NOT is_by_hand AND outcome \(in: goodOutcomes)
            ORDER BY id DESC LIMIT 1
            """
        ) { row in try row["ended_at"] as Timestamp? }
        let first = try session.first(
            "SELECT min(started_at) AS first FROM \(flows: "run") WHERE job = \(job.text) AND NOT is_by_hand"
        ) { row in try row["first"] as Timestamp? }
        return (run, success.flatMap(\.self), first.flatMap(\.self))
    }
}
