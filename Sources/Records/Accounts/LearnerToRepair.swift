import Bytes
import Store

/// A learner who may lack an account at Open edX, or tokens for it (`spec/openedx.md` §5.5).
public struct LearnerToRepair: Hashable, Sendable {
    /// The key of `users_user`.
    public let id: Int
    /// Whether the account is known to exist.
    public let isSynced: Bool
    /// Whether there are tokens, of whatever age.
    public let hasTokens: Bool
}

extension LearnerToRepair: CustomStringConvertible {
    /// `learner 11`.
    public var description: String { "learner \(id)" }
}

extension Session {
    /// The learners whose account at Open edX, or whose tokens for it, are missing: active, logged in before, created before
    /// `instant`, and without a registration that Open edX has refused (`spec/openedx.md` §5.5).
    ///
    /// - Parameters:
    ///   - id: the last id of the page before; 0 for the first page.
    ///   - limit: the size of a page.
    /// - Throws: `StoreError`.
    public mutating func learnersToRepair(
        createdBefore instant: Timestamp, after id: Int, limit: Int
    ) throws -> [LearnerToRepair] {
        try learnersToRepair("u.id > \(id) AND \(sql: Self.isToRepair(createdBefore: instant))", limit: limit)
    }

    /// How many they are, and when the oldest of them was created.
    ///
    /// - Throws: `StoreError`.
    public mutating func learnersToRepair(createdBefore instant: Timestamp) throws -> (count: Int, oldest: Timestamp?) {
        let sql: SQL = """
            SELECT count(*) AS count, min(u.created_on) AS oldest FROM users_user u
            WHERE \(sql: Self.isToRepair(createdBefore: instant))
            """
        return try first(sql.labelled("users_user")) { row in
            (count: try row["count"], oldest: try row["oldest"])
        } ?? (count: 0, oldest: nil)
    }

    /// Those of `ids`, whatever they lack, in the order of their ids.
    ///
    /// - Throws: `StoreError`.
    public mutating func learnersToRepair(among ids: [Int]) throws -> [LearnerToRepair] {
        try learnersToRepair("u.id \(in: ids)", limit: ids.count)
    }

    /// Active learners without a name at Open edX whose name at MITx Online is not their e-mail address, nor looks like one
    /// (`spec/openedx.md` §17); of all when `ids` is nil.
    ///
    /// - Throws: `StoreError`.
    public mutating func learnersWithoutUsername(
        among ids: [Int]?, after id: Int, limit: Int
    ) throws -> [LearnerToRepair] {
        let chosen: SQL = ids.map { "AND u.id \(in: $0)" } ?? ""
        return try learnersToRepair(
            """
            u.id > \(id) AND u.is_active AND coalesce(e.edx_username, '') = ''
                AND u.username NOT LIKE '%@%' AND u.username <> u.email \(sql: chosen)
            """, limit: limit)
    }

    private mutating func learnersToRepair(_ condition: SQL, limit: Int) throws -> [LearnerToRepair] {
        let sql: SQL = """
            SELECT u.id AS id, e.has_been_synced AS is_synced,
                CASE WHEN a.refresh_token <> '' AND a.access_token <> '' THEN 1 ELSE 0 END AS tokens
            FROM users_user u
            LEFT JOIN openedx_openedxuser e ON e.user_id = u.id AND e.platform = 'edx'
            LEFT JOIN openedx_openedxapiauth a ON a.user_id = u.id
            WHERE \(sql: condition) ORDER BY u.id LIMIT \(limit)
            """
        return try rows(sql.labelled("users_user")) { row in
            let (isSynced, tokens): (Bool?, Int) = (try row["is_synced"], try row["tokens"])
            return LearnerToRepair(
                id: try row["id"], isSynced: isSynced ?? false, hasTokens: tokens == 1)
        }
    }

    private static func isToRepair(createdBefore instant: Timestamp) -> SQL {
        """
        u.is_active AND u.last_login IS NOT NULL AND u.created_on < \(instant)
            AND (NOT EXISTS (SELECT 1 FROM openedx_openedxuser o WHERE o.user_id = u.id)
                OR NOT EXISTS (SELECT 1 FROM openedx_openedxapiauth o WHERE o.user_id = u.id)
                OR EXISTS (SELECT 1 FROM openedx_openedxuser o WHERE o.user_id = u.id AND NOT o.has_been_synced))
            AND NOT EXISTS (SELECT 1 FROM openedx_openedxuser o WHERE o.user_id = u.id AND o.has_sync_error)
        """
    }
}
