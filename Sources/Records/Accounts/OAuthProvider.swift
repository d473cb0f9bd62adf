import Bytes
import Command
import Store

// MITx Online's own OAuth provider, which Open edX asks who a learner is.
extension Session {
    /// The key of the OAuth application with that name, nil when there is none.
    ///
    /// - Throws: `StoreError`.
    public mutating func oauthApplication(named name: String) throws -> Int? {
        let sql: SQL = "SELECT id FROM oauth2_provider_application WHERE name = \(name) ORDER BY id LIMIT 1"
        return try first(sql.labelled("oauth2_provider_application")) { row in try row["id"] }
    }

    /// Issues an access token with which `application` may ask for the learner's user-info until `expiry`.
    ///
    /// - Throws: `StoreError`.
    public mutating func issueOAuthAccessToken(
        _ token: Secret, of user: Int, to application: Int, until expiry: Timestamp, at now: Timestamp
    ) throws {
        try execute(
            """
            INSERT INTO oauth2_provider_accesstoken
                (token, token_checksum, expires, scope, application_id, user_id, created, updated)
            VALUES (\(token.revealed), \(token.checksum), \(expiry), '', \(application), \(user), \(now), \(now))
            """)
    }

    /// Takes an access token of ``issueOAuthAccessToken(_:of:to:until:at:)`` back, and with it those that were issued in the
    /// same way before `limit` and are still there. Tokens with a scope, or that a refresh token renews, are others.
    ///
    /// - Throws: `StoreError`.
    public mutating func withdrawOAuthAccessToken(
        _ token: Secret, of user: Int, to application: Int, andThoseBefore limit: Timestamp
    ) throws {
        try execute(
            """
            DELETE FROM oauth2_provider_accesstoken
            WHERE token_checksum = \(token.checksum)
                OR user_id = \(user) AND application_id = \(application) AND scope = '' AND created < \(limit)
                    AND NOT EXISTS (SELECT 1 FROM oauth2_provider_refreshtoken r
                        WHERE r.access_token_id = oauth2_provider_accesstoken.id)
            """)
    }
}

extension Secret {
    /// The digest by which the provider finds a token.
    fileprivate var checksum: String { SHA256.hash(revealed.utf8).hex }
}
