import Bytes
import Command
import Store

/// The runs of all jobs.
enum Ledger {
    /// How long runs are kept; the last one of each job stays for good.
    private static let memory = Duration.seconds(30 * 86_400)

    /// Notes that a run begins. Earlier ones that did not say how they ended were killed.
    static func begin(_ job: JobName, owner: String, at now: Timestamp, in session: inout Session) throws -> Int64 {
        try session.execute(
            """
            UPDATE \(flows: "run") SET ended_at = \(now), outcome = \(RunOutcome.killed.rawValue)
            WHERE job = \(job.text) AND ended_at IS NULL
            """)
        let id: Int64? = try session.first(
            """
            INSERT INTO \(flows: "run") (job, owner, started_at) VALUES (\(job.text), \(owner), \(now)) RETURNING id
            """
        ) { row in try row["id"] }
        guard let id else { throw StoreError(.internal, "the ledger gave the run no number") }
        return id
    }

    /// Notes how a run ended, and forgets what is older than a month.
    static func end(
        _ id: Int64, of job: JobName, _ outcome: RunOutcome, _ status: ExitStatus, counters: JSONValue,
        problem: String?, at now: Timestamp, in session: inout Session
    ) throws {
        try session.execute(
            """
            UPDATE \(flows: "run") SET ended_at = \(now), outcome = \(outcome.rawValue),
                status = \(Int(status.rawValue)), counters = \(counters), problem = \(problem)
            WHERE id = \(id)
            """)
        try session.execute(
            """
            DELETE FROM \(flows: "run") WHERE job = \(job.text) AND started_at < \(now - memory) AND id < \(id)
            """)
    }

    /// The last run of the job, and when the last good one ended: one that came to the end of its work, whatever single items
    /// failed.
    static func last(_ job: JobName, in session: inout Session) throws -> (run: RunRecord?, successAt: Timestamp?) {
        let run = try session.first(
            """
            SELECT id, owner, started_at, ended_at, status, outcome, problem FROM \(flows: "run")
            WHERE job = \(job.text) ORDER BY id DESC LIMIT 1
            """, RunRecord.init)
        let success = try session.first(
            """
            SELECT ended_at FROM \(flows: "run")
            WHERE job = \(job.text) AND outcome \(in: [RunOutcome.ok.rawValue, RunOutcome.partial.rawValue])
            ORDER BY id DESC LIMIT 1
            """
        ) { row in try row["ended_at"] as Timestamp? }
        return (run, success.flatMap(\.self))
    }
}
