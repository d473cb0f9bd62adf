import Bytes
import Store

extension Queue {
    /// Adds an entry, or has the one of this kind and key that is open done after now: for what may be done often, but must be
    /// done once after the last cause.
    ///
    /// An entry that somebody is doing at this moment may be done before this transaction is seen; it stays open, and is done
    /// once more.
    public func renew(
        _ kind: String, key: String, payload: JSONValue, due: Timestamp, at now: Timestamp, in session: inout Session
    ) throws {
        // Of two that add at once one finds the other's entry at the second pass.
        for _ in 0..<2 {
            // Holding the row keeps it from being claimed before this transaction is committed.
            let renewed = try session.execute(
                """
                UPDATE \(flows: table) SET claimed_until = NULL, due_at = \(due), payload = \(payload),
                    attempts = CASE WHEN claimed_until IS NULL THEN attempts ELSE attempts + 1 END
                WHERE kind = \(kind) AND key = \(key) AND done_at IS NULL AND parked_at IS NULL
                """)
            guard renewed == 0 else { return }
            guard try !add(kind, key: key, payload: payload, due: due, at: now, in: &session) else { return }
        }
    }

    /// Makes the open entries of a kind due at once whose time has not come: whoever put them off sees to them now.
    public func hasten(_ kind: String, at now: Timestamp, in session: inout Session) throws {
        try session.execute(
            """
            UPDATE \(flows: table) SET due_at = \(now)
            WHERE kind = \(kind) AND done_at IS NULL AND parked_at IS NULL AND due_at > \(now)
            """)
    }

    /// Replaces what is needed to do an entry that is claimed; false when another has claimed it since.
    @discardableResult public func rewrite(
        _ entry: Entry, payload: JSONValue, in session: inout Session
    ) throws -> Bool {
        try session.execute(
            """
            UPDATE \(flows: table) SET payload = \(payload)
            WHERE id = \(entry.id) AND done_at IS NULL AND attempts = \(entry.attempts)
            """) == 1
    }
}

/// Why an entry of a queue is not done, where the rules for all entries do not fit.
public enum EntryFailure: Error, Hashable, Sendable {
    /// It is to be tried again after so long.
    case after(Duration, problem: String)
    /// It will never succeed: it is parked at once.
    case forGood(problem: String)
}
