import Bytes
import Store

/// The right to work on something, alone among all processes and hosts: a row with a token that grows by one each time it
/// changes hands.
///
/// Time decides only who may try to take it over. What keeps an old holder from doing harm is the token: each of its
/// transactions first asks whether its token is still the row's.
struct Lease: Hashable, Sendable {
    /// What it is on: `job:retry-enrollments`, `user:11`.
    let name: String
    /// The number of times the row changed hands.
    let token: Int64

    /// Takes the lease if it is free or expired, nil when somebody holds it.
    ///
    /// An expiry further away than a lease ever lasts was written by a clock that has been set back since; it counts as
    /// expired.
    static func take(
        _ name: String, owner: String, for life: Duration, at now: Timestamp, in session: inout Session
    ) throws -> Lease? {
        let token: Int64? = try session.first(
            """
            INSERT INTO \(flows: "lease") AS held (name, token, owner, expires_at)
            VALUES (\(name), 1, \(owner), \(now + life))
            ON CONFLICT (name) DO UPDATE
            SET token = held.token + 1, owner = excluded.owner, expires_at = excluded.expires_at
            WHERE held.expires_at IS NULL OR held.expires_at <= \(now) OR held.expires_at > \(now + life * 2)
            RETURNING token
            """
        ) { row in try row["token"] }
        return token.map { Lease(name: name, token: $0) }
    }

    /// Whether somebody holds the lease.
    static func isHeld(_ name: String, at now: Timestamp, in session: inout Session) throws -> Bool {
        try session.first("SELECT token FROM \(flows: "lease") WHERE name = \(name) AND expires_at > \(now)") { _ in
            true
        }
            ?? false
    }

    /// Makes sure that the lease is still this holder's, and that it stays so until the transaction ends.
    ///
    /// - Throws: ``LeaseLost``.
    func confirm(in session: inout Session) throws {
        let held = try session.first(
            "SELECT token FROM \(flows: "lease") WHERE name = \(name) AND token = \(token) \(lock: .update)"
        ) { _ in true }
        guard held != nil else { throw LeaseLost() }
    }

    /// Extends the lease, unless somebody else has taken it over: false.
    func renew(for life: Duration, at now: Timestamp, in session: inout Session) throws -> Bool {
        try session.execute(
            """
            UPDATE \(flows: "lease") SET expires_at = \(now + life) WHERE name = \(name) AND token = \(token)
            """) == 1
    }

    /// Gives the lease up, if it still is this holder's.
    func release(in session: inout Session) throws {
        try session.execute(
            "UPDATE \(flows: "lease") SET expires_at = NULL WHERE name = \(name) AND token = \(token)")
    }
}

/// Another process has taken the lease over: this one was silent for too long, and must not write any more.
public struct LeaseLost: Error, Hashable, Sendable {
    /// The one value.
    public init() {}
}
