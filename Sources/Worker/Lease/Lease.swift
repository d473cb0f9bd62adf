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

    /// What was renewed so far ahead of the clock was renewed before the clock was set back.
    private static let patience = Duration.seconds(600)

    /// Takes the lease if it is free or expired, nil when somebody holds it.
    ///
    /// A lease that was renewed in the future counts as expired, else a clock that was set back would keep a dead holder's
    /// for as long.
    static func take(
        _ name: String, owner: String, for life: Duration, at now: Timestamp, in session: inout Session
    ) throws -> Lease? {
        let token: Int64? = try session.first(
            """
            INSERT INTO \(flows: "lease") AS held (name, token, owner, renewed_at, expires_at)
            VALUES (\(name), 1, \(owner), \(now), \(now + life))
            ON CONFLICT (name) DO UPDATE
            SET token = held.token + 1, owner = excluded.owner, renewed_at = excluded.renewed_at,
                expires_at = excluded.expires_at
            WHERE held.expires_at IS NULL OR held.expires_at <= \(now) OR held.renewed_at > \(now + patience)
            RETURNING token
            """
        ) { row in try row["token"] }
        return token.map { Lease(name: name, token: $0) }
    }

    /// Who holds the lease, and until when at least; nil when nobody does.
    static func holder(
        _ name: String, at now: Timestamp, in session: inout Session
    ) throws -> (owner: String, until: Timestamp)? {
        try session.first(
            "SELECT owner, expires_at FROM \(flows: "lease") WHERE name = \(name) AND expires_at > \(now)"
        ) { row in (owner: try row["owner"], until: try row["expires_at"]) }
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

    /// Extends the lease, unless it was given up or somebody else has taken it over: false.
    func renew(for life: Duration, at now: Timestamp, in session: inout Session) throws -> Bool {
        try session.execute(
            """
            UPDATE \(flows: "lease") SET renewed_at = \(now), expires_at = \(now + life)
            WHERE name = \(name) AND token = \(token) AND expires_at IS NOT NULL
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
