import Bytes
import Store

/// Work that was written down in the transaction of its cause, to be done once after it: the outbox for what goes out, the
/// inbox for what came in.
public struct Queue: Sendable {
    /// What goes out: mails, notifications.
    public static let outbox = Queue(table: "outbox")
    /// What came in: webhooks.
    public static let inbox = Queue(table: "inbox")

    let table: String

    /// An entry that was claimed.
    public struct Entry: Hashable, Sendable {
        /// Its number.
        public let id: Int64
        /// What is to be done.
        public let kind: String
        /// What it is about.
        public let key: String
        /// What is needed to do it.
        public let payload: JSONValue
        /// How often it was claimed, this time included.
        public let attempts: Int
    }

    /// Adds an entry; false when one of this kind and key waits to be done, or was there ever when `uniqueForEver` says so (mails and
    /// money).
    @discardableResult public func add(
        _ kind: String, key: String, payload: JSONValue, uniqueForEver: Bool = false, due: Timestamp, at now: Timestamp,
        in session: inout Session
    ) throws -> Bool {
        try session.execute(
            """
            INSERT INTO \(flows: table) (kind, key, is_unique_for_ever, payload, created_at, due_at, attempts)
            VALUES (\(kind), \(key), \(uniqueForEver), \(payload), \(now), \(due), 0)
            ON CONFLICT DO NOTHING
            """) == 1
    }

    /// Claims up to `limit` due entries of a kind, the oldest first. Whoever claimed them must be done after `life`, when
    /// others may claim them again.
    public func claim(
        _ kind: String, limit: Int, for life: Duration, at now: Timestamp, in session: inout Session
    ) throws -> [Entry] {
        let ids: [Int64] = try session.rows(
            """
            SELECT id FROM \(flows: table)
            WHERE kind = \(kind) AND done_at IS NULL AND parked_at IS NULL AND due_at <= \(now)
                AND (claimed_until IS NULL OR claimed_until <= \(now))
            ORDER BY due_at, id LIMIT \(limit) \(lock: .updateSkipLocked)
            """
        ) { row in try row["id"] }
        guard !ids.isEmpty else { return [] }
        try session.execute(
            """
            UPDATE \(flows: table) SET claimed_until = \(now + life), attempts = attempts + 1 WHERE id \(in: ids)
            """)
        return try session.rows(
            """
            SELECT id, kind, key, payload, attempts FROM \(flows: table) WHERE id \(in: ids) ORDER BY due_at, id
            """
        ) { row in
            Entry(
                id: try row["id"], kind: try row["kind"], key: try row["key"], payload: try row["payload"],
                attempts: try row["attempts"])
        }
    }

    /// Notes that an entry is done; false when it had been, or another has claimed it since.
    @discardableResult public func finish(_ entry: Entry, at now: Timestamp, in session: inout Session) throws -> Bool {
        try session.execute(
            """
            UPDATE \(flows: table) SET done_at = \(now), claimed_until = NULL, problem = NULL
            WHERE id = \(entry.id) AND done_at IS NULL AND attempts = \(entry.attempts)
            """) == 1
    }

    /// Puts an entry back until `due`, or parks it for good when that is nil.
    public func putBack(
        _ entry: Entry, until due: Timestamp?, _ problem: String, at now: Timestamp, in session: inout Session
    ) throws {
        let parked = due == nil ? Bind.timestamp(now) : .null
        try session.execute(
            """
            UPDATE \(flows: table)
            SET due_at = \(due ?? now), claimed_until = NULL, parked_at = \(parked), problem = \(problem)
            WHERE id = \(entry.id) AND done_at IS NULL AND attempts = \(entry.attempts)
            """)
    }

    /// How many entries are open, and since when the oldest is.
    public func backlog(in session: inout Session) throws -> Backlog {
        try session.first(
            "SELECT count(*) AS count, min(created_at) AS oldest FROM \(flows: table) WHERE done_at IS NULL"
        ) { row in Backlog(count: try row["count"], oldest: try row["oldest"]) } ?? Backlog(count: 0, oldest: nil)
    }
}
