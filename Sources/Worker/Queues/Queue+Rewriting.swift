import Bytes
import Store

extension Queue {
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
            WHERE id = \(entry.id) AND done_at IS NULL AND claimed_until = \(entry.claimedUntil)
            """) == 1
    }
}
