import Bytes
import Store

extension Queue {
    /// How many entries are open, parked ones among them, and since when the oldest is.
    public func backlog(in session: inout Session) throws -> Backlog {
        try session.first(
            "SELECT count(*) AS count, min(created_at) AS oldest FROM \(flows: table) WHERE done_at IS NULL"
        ) { row in Backlog(count: try row["count"], oldest: try row["oldest"]) } ?? Backlog(count: 0, oldest: nil)
    }

    /// What waits to be done, by kind in the order of names; parked entries wait for a person and are not among it.
    public func backlogs(in session: inout Session) throws -> [(kind: String, backlog: Backlog)] {
        let backlogs = try session.rows(
            """
            SELECT kind, count(*) AS count, min(created_at) AS oldest FROM \(flows: table)
            WHERE done_at IS NULL AND parked_at IS NULL GROUP BY kind
            """
        ) { row in
            (
                kind: try row["kind"] as String,
                backlog: Backlog(count: try row["count"], oldest: try row["oldest"])
            )
        }
        return backlogs.sorted { ByteKey($0.kind) < ByteKey($1.kind) }
    }

    /// What waits of the kinds.
    public func backlog(of kinds: [String], in session: inout Session) throws -> Backlog {
        try session.first(
            """
            SELECT count(*) AS count, min(created_at) AS oldest FROM \(flows: table)
            WHERE done_at IS NULL AND parked_at IS NULL AND kind \(in: kinds)
            """
        ) { row in Backlog(count: try row["count"], oldest: try row["oldest"]) } ?? Backlog(count: 0, oldest: nil)
    }

    /// The keys of entries of a kind that can be done now, the oldest first.
    func due(_ kind: String, limit: Int, at now: Timestamp, in session: inout Session) throws -> [String] {
        try session.rows(
            """
            SELECT key FROM \(flows: table)
            WHERE kind = \(kind) AND done_at IS NULL AND parked_at IS NULL AND due_at <= \(now)
                AND (claimed_until IS NULL OR claimed_until <= \(now))
            ORDER BY due_at, id LIMIT \(limit)
            """
        ) { row in try row["key"] }
    }

    /// What was parked, the oldest first. The key of each is `kind:key`.
    public func parked(in session: inout Session) throws -> [DeadLetter] {
        try session.rows(
            """
            SELECT kind, key, parked_at, attempts, problem FROM \(flows: table)
            WHERE parked_at IS NOT NULL AND done_at IS NULL ORDER BY parked_at, id
            """
        ) { row in
            let (kind, key): (String, String) = (try row["kind"], try row["key"])
            let problem: String? = try row["problem"]
            return DeadLetter(
                key: "\(kind):\(key)", parkedAt: try row["parked_at"], failures: try row["attempts"],
                problem: problem ?? "not known")
        }
    }

    /// Lets parked entries be done from `now` on, those whose keys are among `keys` (`kind:key`), or all, and returns how many
    /// there were.
    public func requeue(_ keys: [String]?, at now: Timestamp, in session: inout Session) throws -> Int {
        let chosen: SQL = keys.map { "AND kind || ':' || key \(in: $0)" } ?? ""
        return try session.execute(
            """
            UPDATE \(flows: table) SET parked_at = NULL, due_at = \(now), created_at = \(now), claimed_until = NULL
            WHERE parked_at IS NOT NULL AND done_at IS NULL \(sql: chosen)
            """)
    }

    /// Removes at most `limit` of the entries that were done before `end`, and returns how many; keys that are taken for ever
    /// stay.
    func prune(doneBefore end: Timestamp, limit: Int, in session: inout Session) throws -> Int {
        try session.execute(
            """
            DELETE FROM \(flows: table) WHERE id IN (
                SELECT id FROM \(flows: table) WHERE done_at < \(end) AND NOT is_unique_for_ever ORDER BY done_at, id
                LIMIT \(limit))
            """)
    }
}
