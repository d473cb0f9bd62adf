import Bytes
import Command
import Store

/// A learner's pair of tokens for Open edX: a row of `openedx_openedxapiauth`.
public struct OpenEdXTokens: Hashable, Sendable {
    /// The most characters that a token has.
    public static let maximumLength = 128

    /// Buys a new pair; empty when there is none.
    public let refreshToken: Secret
    /// Lets the learner in; empty when there is none.
    public let accessToken: Secret
    /// When the access token ends; nil when unknown.
    public let expiresOn: Timestamp?

    /// A pair of tokens.
    public init(refreshToken: Secret, accessToken: Secret, expiresOn: Timestamp?) {
        self.refreshToken = refreshToken
        self.accessToken = accessToken
        self.expiresOn = expiresOn
    }

    /// Whether both tokens are there, whatever their age.
    public var isComplete: Bool { !refreshToken.revealed.isEmpty && !accessToken.revealed.isEmpty }
}

extension Session {
    /// The learner's tokens, nil when there is no row.
    ///
    /// - Throws: `StoreError`.
    public mutating func openEdXTokens(of user: Int) throws -> OpenEdXTokens? {
        let sql: SQL = """
            SELECT id, refresh_token, access_token, access_token_expires_on
            FROM openedx_openedxapiauth WHERE user_id = \(user)
            """
        return try first(sql.labelled("openedx_openedxapiauth")) { row in
            let access: String? = try row["access_token"]
            return OpenEdXTokens(
                refreshToken: Secret(try row["refresh_token"]), accessToken: Secret(access ?? ""),
                expiresOn: try row["access_token_expires_on"])
        }
    }

    /// Keeps the learner's new tokens in the place of the old ones.
    ///
    /// - Throws: `StoreError`.
    public mutating func storeOpenEdXTokens(_ tokens: OpenEdXTokens, of user: Int, at now: Timestamp) throws {
        try execute(
            """
            INSERT INTO openedx_openedxapiauth
                (created_on, updated_on, refresh_token, access_token, access_token_expires_on, user_id)
            VALUES (\(now), \(now), \(tokens.refreshToken.revealed), \(tokens.accessToken.revealed),
                \(tokens.expiresOn), \(user))
            ON CONFLICT (user_id) DO UPDATE SET updated_on = excluded.updated_on,
                refresh_token = excluded.refresh_token, access_token = excluded.access_token,
                access_token_expires_on = excluded.access_token_expires_on
            """)
    }
}
