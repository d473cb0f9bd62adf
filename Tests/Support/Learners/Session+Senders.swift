import Bytes
import Store

extension Session {
    /// Somebody who may send webhooks, unless said otherwise, and the access token to do so.
    public mutating func insertSender(
        _ id: Int, token: String, isStaff: Bool = true, isActive: Bool = true,
        expires: String = "2027-01-01T00:00:00Z"
    ) throws {
        try insertLearner(id, email: "sender\(id)@example.org", name: "A Sender", isActive: isActive)
        try execute("UPDATE users_user SET is_staff = \(isStaff) WHERE id = \(id)")
        try insertAccessToken(token, of: id, expires: expires)
    }

    /// A row of `oauth2_provider_accesstoken`; nil is a token that is nobody's.
    public mutating func insertAccessToken(
        _ token: String, of user: Int?, expires: String = "2027-01-01T00:00:00Z"
    ) throws {
        let (then, end) = (
            try Timestamp(fixture: "2026-01-01T00:00:00Z"), try Timestamp(fixture: expires)
        )
        try execute(
            """
            INSERT INTO oauth2_provider_accesstoken (token, token_checksum, expires, scope, application_id, user_id,
                created, updated)
            VALUES (\(token), \(SHA256.hash(token.utf8).hex), \(end), '', NULL, \(user), \(then), \(then))
            """)
    }

    /// What came in, the oldest first: `certificate 11:1 waits`, `certificate 11:2 done`.
    public mutating func inboxLines() throws -> [String] {
        try rows("SELECT kind, key, done_at, parked_at FROM \(flows: "inbox") ORDER BY id") { row in
            let (kind, key): (String, String) = (try row["kind"], try row["key"])
            let (done, parked): (Timestamp?, Timestamp?) = (try row["done_at"], try row["parked_at"])
            return "\(kind) \(key) \(done != nil ? "done" : parked != nil ? "parked" : "waits")"
        }
    }
}
