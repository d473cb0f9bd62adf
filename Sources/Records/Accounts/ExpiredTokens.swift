import Bytes
import Store

/// Tokens of MITx Online's own OAuth provider that nobody can use any more (`spec/openedx.md` §15).
public struct ExpiredTokens: Sendable {
    /// What can go, in the order in which it has to.
    public enum Kind: Sendable, CaseIterable {
        /// Refresh tokens that were revoked long ago.
        case revokedRefreshTokens
        /// Refresh tokens whose access token ended long ago.
        case staleRefreshTokens
        /// Access tokens that ended, and that no refresh token can renew.
        case accessTokens
        /// Identity tokens that ended, and that no access token names.
        case idTokens
        /// Codes that were not used in time.
        case grants

        var table: String {
            switch self {
            case .revokedRefreshTokens, .staleRefreshTokens: "oauth2_provider_refreshtoken"
            case .accessTokens: "oauth2_provider_accesstoken"
            case .idTokens: "oauth2_provider_idtoken"
            case .grants: "oauth2_provider_grant"
            }
        }
    }

    private let now: Timestamp
    /// What ended before this instant ended long ago; nil when refresh tokens stay for ever.
    private let longAgo: Timestamp?

    /// What can go at `now`, when refresh tokens are kept for so many seconds; 0 is for ever.
    public init(at now: Timestamp, keepingRefreshTokens seconds: Int) {
        self.now = now
        longAgo = seconds == 0 ? nil : now.adding(seconds: -Int64(seconds))
    }

    /// Deletes up to `limit` of them whose ids are greater than `id`, and returns the ids of those that went, in their order.
    /// Rows that another transaction holds are left out.
    ///
    /// - Throws: `StoreError`.
    public func delete(_ kind: Kind, after id: Int, limit: Int, in session: inout Session) throws -> [Int] {
        guard let condition = condition(kind, isCount: false) else { return [] }
        let selection: SQL = """
            SELECT t.id AS id FROM \(identifier: kind.table) t
            WHERE t.id > \(id) AND \(sql: condition) ORDER BY t.id LIMIT \(limit) \(lock: .updateSkipLocked)
            """
        let ids: [Int] = try session.rows(selection.labelled(kind.table)) { row in try row["id"] }
        guard !ids.isEmpty else { return [] }
        if kind == .revokedRefreshTokens || kind == .staleRefreshTokens {
            // An access token that was made with it may live on; the database does not let go by itself.
            try session.execute(
                """
                UPDATE oauth2_provider_accesstoken SET source_refresh_token_id = NULL
                WHERE source_refresh_token_id \(in: ids)
                """)
        }
        try session.execute("DELETE FROM \(identifier: kind.table) WHERE id \(in: ids)")
        return ids
    }

    /// How many of them would go, if everything that comes before them in the order went.
    ///
    /// - Throws: `StoreError`.
    public func count(_ kind: Kind, in session: inout Session) throws -> Int {
        guard let condition = condition(kind, isCount: true) else { return 0 }
        let sql: SQL = "SELECT count(*) AS count FROM \(identifier: kind.table) t WHERE \(sql: condition)"
        return try session.first(sql.labelled(kind.table)) { row in try row["count"] } ?? 0
    }

    /// - Parameter isCount: whether what has to go before is still there, and is to be thought away.
    private func condition(_ kind: Kind, isCount: Bool) -> SQL? {
        func stays(_ token: String) -> SQL { isCount ? refreshTokenStays(of: token) : "" }
        switch kind {
        case .revokedRefreshTokens: return longAgo.map { "t.revoked < \($0)" }
        case .staleRefreshTokens:
            guard let longAgo else { return nil }
            let others: SQL = isCount ? "AND (t.revoked IS NULL OR t.revoked >= \(longAgo))" : ""
            return """
                EXISTS (SELECT 1 FROM oauth2_provider_accesstoken a
                    WHERE a.id = t.access_token_id AND a.expires < \(longAgo)) \(sql: others)
                """
        case .accessTokens:
            return """
                t.expires < \(now) AND NOT EXISTS (
                    SELECT 1 FROM oauth2_provider_refreshtoken r WHERE r.access_token_id = t.id \(sql: stays("t")))
                """
        case .idTokens:
            let lives: SQL =
                isCount
                ? """
                AND (a.expires >= \(now) OR EXISTS (
                    SELECT 1 FROM oauth2_provider_refreshtoken r WHERE r.access_token_id = a.id \(sql: stays("a"))))
                """ : ""
            return """
                t.expires < \(now) AND NOT EXISTS (
                    SELECT 1 FROM oauth2_provider_accesstoken a WHERE a.id_token_id = t.id \(sql: lives))
                """
        case .grants: return "t.expires < \(now)"
        }
    }

    /// That the refresh token `r` of the access token with that alias is one that does not go, as a further condition.
    private func refreshTokenStays(of token: String) -> SQL {
        guard let longAgo else { return "" }
        return """
            AND (r.revoked IS NULL OR r.revoked >= \(longAgo)) AND \(identifier: token).expires >= \(longAgo)
            """
    }
}
