import Bytes
import Store

extension Queue {
    /// What became of something that is to be done at once.
    public enum Joining: Hashable, Sendable {
        /// Whoever brought it does it.
        case mine(Entry)
        /// Another is at work on the same, in the entry of that number, and both share what comes of it.
        case others(Int64)
    }

    /// How an entry that another works on is doing.
    public enum Standing: Hashable, Sendable {
        /// It is done.
        case done
        /// It is still in hand.
        case inHand
        /// It was put back or parked.
        case waiting
    }

    /// Writes an entry down and claims it in the same transaction, also one that waits already; one that another has in hand is
    /// joined as it is.
    ///
    /// - Parameter life: until when it must be done, before others may claim it.
    /// - Throws: ``StoreError``.
    public func join(
        _ kind: String, key: String, payload: JSONValue, for life: Duration, at now: Timestamp,
        in session: inout Session
    ) throws -> Joining {
        let others: Int64? = try session.first(
            """
            SELECT id FROM \(flows: table)
            WHERE kind = \(kind) AND key = \(key) AND done_at IS NULL AND parked_at IS NULL AND claimed_until > \(now)
            """
        ) { row in try row["id"] }
        if let others { return .others(others) }
        try replaceParked(kind, key: key, at: now, in: &session)
        // Two that come at once wait for each other here, and the second one finds the claim of the first below.
        try session.execute(
            """
            INSERT INTO \(flows: table) (kind, key, is_unique_for_ever, payload, created_at, due_at, attempts)
            VALUES (\(kind), \(key), \(false), \(payload), \(now), \(now), 0)
            ON CONFLICT DO NOTHING
            """)
        let mine = try session.first(
            """
            UPDATE \(flows: table) SET claimed_until = \(now + life), attempts = attempts + 1
            WHERE kind = \(kind) AND key = \(key) AND done_at IS NULL AND parked_at IS NULL
                AND (claimed_until IS NULL OR claimed_until <= \(now))
            RETURNING id, kind, key, payload, attempts, created_at, claimed_until
            """
        ) { row in try Entry(row) }
        if let mine { return .mine(mine) }
        // What is not open any more was done in this moment.
        let id: Int64? = try session.first(
            "SELECT max(id) AS id FROM \(flows: table) WHERE kind = \(kind) AND key = \(key)"
        ) { row in try row["id"] }.flatMap(\.self)
        guard let id else { throw StoreError(.serialization, "an entry of the queue vanished") }
        return .others(id)
    }

    /// How the entry of that number is doing at `now`; one that is not there any more was done.
    ///
    /// - Throws: ``StoreError``.
    public func standing(of id: Int64, at now: Timestamp, in session: inout Session) throws -> Standing {
        try session.first("SELECT done_at, claimed_until FROM \(flows: table) WHERE id = \(id)") { row in
            let (doneAt, claimedUntil): (Timestamp?, Timestamp?) = (try row["done_at"], try row["claimed_until"])
            if doneAt != nil { return .done }
            return claimedUntil.map { $0 > now } ?? false ? .inHand : .waiting
        } ?? .done
    }
}
