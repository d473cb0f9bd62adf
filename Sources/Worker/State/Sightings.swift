import Bytes
import Store

/// What a job saw once and acts on only when it sees it again, so that one wrong answer of another system does no harm.
public struct Sightings: Sendable {
    let job: JobName

    /// The sightings of `job`.
    public init(of job: JobName) {
        self.job = job
    }

    /// When those of `keys` were first seen that were.
    public func seen(_ keys: [String], in session: inout Session) throws -> [String: Timestamp] {
        var times: [String: Timestamp] = [:]
        guard !keys.isEmpty else { return times }
        try session.forEach("SELECT key, seen_at FROM \(flows: "sighting") WHERE job = \(job.text) AND key \(in: keys)")
        {
            row in
            times[try row["key"]] = try row["seen_at"] as Timestamp
        }
        return times
    }

    /// Notes that `keys` are seen; the first time stays.
    public func note(_ keys: some Sequence<String>, at now: Timestamp, in session: inout Session) throws {
        let rows = Set(keys).sorted().map { key -> [any Bindable] in [job.text, key, now] }
        guard !rows.isEmpty else { return }
        try session.execute(
            """
            INSERT INTO \(flows: "sighting") (job, key, seen_at) VALUES \(rows: rows)
            ON CONFLICT (job, key) DO NOTHING
            """)
    }

    /// Forgets those of `keys` that were seen.
    public func forget(_ keys: [String], in session: inout Session) throws {
        guard !keys.isEmpty else { return }
        try session.execute("DELETE FROM \(flows: "sighting") WHERE job = \(job.text) AND key \(in: keys)")
    }
}
