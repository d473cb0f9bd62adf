import Bytes
import Store

/// Work that was written down in the transaction of its cause, to be done once after it: the outbox for what goes out, the
/// inbox for what came in.
///
/// At most one entry of a kind and key waits at a time, and of several causes the last one counts: whoever does the work finds
/// the newest payload, and one that was added while the work was in hand is done once more.
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
        /// How often it was claimed, this time included, or added again while it waited.
        public let attempts: Int
        /// When it was first added.
        public let createdAt: Timestamp
        /// Until when it is its claimant's; the mark by which the claim is known.
        public let claimedUntil: Timestamp
    }

    /// Adds an entry; false when one of this kind and key waits to be done, which takes the new payload, or was there ever when
    /// `uniqueForEver` says so (mails and money), which stays as it is. One that was parked gives way: something has changed.
    @discardableResult public func add(
        _ kind: String, key: String, payload: JSONValue, uniqueForEver: Bool = false, due: Timestamp, at now: Timestamp,
        in session: inout Session
    ) throws -> Bool {
        if !uniqueForEver { try replaceParked(kind, key: key, at: now, in: &session) }
        let attempts: Int? = try session.first(
            """
            INSERT INTO \(flows: table) AS known
                (kind, key, is_unique_for_ever, payload, created_at, due_at, attempts)
            VALUES (\(kind), \(key), \(uniqueForEver), \(payload), \(now), \(due), 0)
            ON CONFLICT (kind, key) WHERE done_at IS NULL AND parked_at IS NULL OR is_unique_for_ever DO UPDATE SET
                payload = excluded.payload, attempts = known.attempts + 1
            WHERE NOT known.is_unique_for_ever
            RETURNING attempts
            """
        ) { row in try row["attempts"] }
        return attempts == 0
    }

    func replaceParked(_ kind: String, key: String, at now: Timestamp, in session: inout Session) throws {
        try session.execute(
            """
            UPDATE \(flows: table) SET done_at = \(now)
            WHERE kind = \(kind) AND key = \(key) AND parked_at IS NOT NULL AND done_at IS NULL
                AND NOT is_unique_for_ever
            """)
    }

    /// Claims up to `limit` due entries of a kind, the oldest first. Whoever claimed them must be done after `life`, when
    /// others may claim them again.
    ///
    /// - Parameter due: when the entries must have been due; nil is `now`.
    public func claim(
        _ kind: String, due: Timestamp? = nil, limit: Int, for life: Duration, at now: Timestamp,
        in session: inout Session
    ) throws -> [Entry] {
        let ids: [Int64] = try session.rows(
            """
            SELECT id FROM \(flows: table)
            WHERE kind = \(kind) AND done_at IS NULL AND parked_at IS NULL AND due_at <= \(due ?? now)
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
            SELECT id, kind, key, payload, attempts, created_at, claimed_until
            FROM \(flows: table) WHERE id \(in: ids) ORDER BY due_at, id
            """
        ) { row in
            try Entry(row)
        }
    }

    /// Notes that an entry is done; false when it had been, another has claimed it since, or it was added again meanwhile: then it
    /// waits to be done once more.
    @discardableResult public func finish(_ entry: Entry, at now: Timestamp, in session: inout Session) throws -> Bool {
        try session.first(
            """
            UPDATE \(flows: table)
            SET done_at = CASE WHEN attempts = \(entry.attempts) THEN coalesce(done_at, \(now)) END,
                claimed_until = NULL, problem = NULL
            WHERE id = \(entry.id) AND done_at IS NULL AND claimed_until = \(entry.claimedUntil)
            RETURNING done_at
            """
        ) { row in try row["done_at"] as Timestamp? != nil } ?? false
    }

    /// Puts an entry back until `due`, or parks it for good when that is nil. One that was added again meanwhile is not parked, and
    /// due at once.
    public func putBack(
        _ entry: Entry, until due: Timestamp?, _ problem: String, at now: Timestamp, in session: inout Session
    ) throws {
        let parked = due == nil ? Bind.timestamp(now) : .null
        try session.execute(
            """
            UPDATE \(flows: table)
            SET due_at = CASE WHEN attempts <> \(entry.attempts) THEN due_at ELSE \(due ?? now) END,
                parked_at = CASE WHEN attempts = \(entry.attempts) THEN coalesce(parked_at, \(parked)) END,
                claimed_until = NULL, problem = \(problem)
            WHERE id = \(entry.id) AND done_at IS NULL AND claimed_until = \(entry.claimedUntil)
            """)
    }

    /// Gives claims up that were not used.
    func release(_ entries: [Entry], in session: inout Session) throws {
        guard let claimedUntil = entries.first?.claimedUntil else { return }
        try session.execute(
            """
            UPDATE \(flows: table) SET claimed_until = NULL
            WHERE id \(in: entries.map(\.id)) AND done_at IS NULL AND claimed_until = \(claimedUntil)
            """)
    }
}

extension Queue.Entry {
    /// A payload that is no JSON, which only SQLite can hold, is null: whoever does the work refuses it, and the others go on.
    init(_ row: borrowing Row) throws {
        let payload: JSONValue? = try? row["payload"]
        self.init(
            id: try row["id"], kind: try row["kind"], key: try row["key"], payload: payload ?? .null,
            attempts: try row["attempts"], createdAt: try row["created_at"], claimedUntil: try row["claimed_until"])
    }
}
