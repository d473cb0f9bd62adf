import Bytes
import Store

/// What MITx Online knows about a learner's account at Open edX: a row of `openedx_openedxuser`.
public struct LearnerAccount: Hashable, Sendable {
    /// The key of `users_user`.
    public let user: Int
    /// The name there, nil when none was given yet.
    public let username: String?
    /// The name that the learner wished for.
    public let desiredUsername: String?
    /// Whether the account is known to exist there.
    public let isSynced: Bool
    /// Whether Open edX refused the registration.
    public let hasSyncError: Bool
    /// When the row was last written.
    public let updatedOn: Timestamp
}

extension LearnerAccount: CustomStringConvertible, CustomReflectable {
    /// `account of learner 11`.
    public var description: String { "account of learner \(user)" }

    /// A mirror without children, since usernames tell who somebody is.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

extension Session {
    /// What is known about the learner's account, nil when there is no row.
    ///
    /// - Throws: `StoreError`.
    public mutating func openEdXAccount(of user: Int) throws -> LearnerAccount? {
        let sql: SQL = """
            SELECT id, user_id, edx_username, desired_edx_username, has_been_synced, has_sync_error, updated_on
            FROM openedx_openedxuser WHERE user_id = \(user) AND platform = 'edx'
            """
        return try first(sql.labelled("openedx_openedxuser")) { row in
            let (username, desired): (String?, String?) = (try row["edx_username"], try row["desired_edx_username"])
            return LearnerAccount(
                user: try row["user_id"], username: username == "" ? nil : username,
                desiredUsername: desired == "" ? nil : desired, isSynced: try row["has_been_synced"],
                hasSyncError: try row["has_sync_error"], updatedOn: try row["updated_on"])
        }
    }

    /// The names at Open edX of those of the learners who have one and an account there.
    ///
    /// - Throws: `StoreError`.
    public mutating func openEdXUsernames(of users: [Int]) throws -> [Int: String] {
        let sql: SQL = """
            SELECT user_id, edx_username FROM openedx_openedxuser
            WHERE user_id \(in: users) AND platform = 'edx' AND has_been_synced AND edx_username <> ''
            """
        let pairs = try rows(sql.labelled("openedx_openedxuser")) { row in
            (try row["user_id"] as Int, try row["edx_username"] as String)
        }
        return Dictionary(pairs) { first, _ in first }
    }

    /// A page of the ids of active learners who have an account at Open edX, after `id`.
    ///
    /// - Throws: `StoreError`.
    public mutating func syncedLearners(after id: Int, limit: Int) throws -> [Int] {
        let sql: SQL = """
            SELECT o.user_id AS id FROM openedx_openedxuser o JOIN users_user u ON u.id = o.user_id
            WHERE o.user_id > \(id) AND o.platform = 'edx' AND o.has_been_synced AND o.edx_username <> '' AND u.is_active
            ORDER BY o.user_id LIMIT \(limit)
            """
        return try rows(sql.labelled("openedx_openedxuser")) { row in try row["id"] }
    }

    /// Those of `names` that other learners hold, in lower case; letter case does not tell names apart. The names are
    /// ASCII.
    ///
    /// - Throws: `StoreError`.
    public mutating func takenOpenEdXUsernames(of names: [String], besides user: Int) throws -> Set<String> {
        guard !names.isEmpty else { return [] }
        let sql: SQL = """
            SELECT lower(edx_username) AS name FROM openedx_openedxuser
            WHERE lower(edx_username) \(in: names.map { $0.lowercased() })
                AND (user_id <> \(user) OR platform <> 'edx')
            """
        return Set(try rows(sql.labelled("openedx_openedxuser")) { row in try row["name"] as String })
    }

    /// Gives the learner's account a name, before it is registered: the row is made when there is none. The name is
    /// also the one wished for, unless another wish is on record.
    ///
    /// - Throws: `StoreError`, `uniqueViolation` when another learner got the name meanwhile.
    public mutating func setOpenEdXUsername(
        _ name: String, of user: Int, at now: Timestamp
    ) throws {
        try execute(
            """
            INSERT INTO openedx_openedxuser
                (created_on, updated_on, platform, has_been_synced, user_id, edx_username, desired_edx_username,
                has_sync_error, sync_error_data)
            VALUES (\(now), \(now), 'edx', \(false), \(user), \(name), \(name), \(false), NULL)
            ON CONFLICT (user_id, platform) DO UPDATE SET updated_on = excluded.updated_on,
                edx_username = excluded.edx_username, has_been_synced = excluded.has_been_synced,
                desired_edx_username =
                    coalesce(nullif(openedx_openedxuser.desired_edx_username, ''), excluded.desired_edx_username)
            """)
    }

    /// The account exists at Open edX under that name; an error of before is forgotten.
    ///
    /// - Returns: false when the account's name is another one by now, and nothing was changed.
    /// - Throws: `StoreError`.
    public mutating func markOpenEdXAccountSynced(
        of user: Int, username: String, at now: Timestamp
    ) throws -> Bool {
        let changed = try execute(
            """
            UPDATE openedx_openedxuser SET has_been_synced = \(true), has_sync_error = \(false), sync_error_data = NULL,
                updated_on = \(now)
            WHERE user_id = \(user) AND platform = 'edx' AND edx_username = \(username)
            """)
        return changed > 0
    }

    /// Open edX refused the registration and answered `data`; an account that was synced meanwhile keeps no error.
    ///
    /// - Throws: `StoreError`.
    public mutating func recordOpenEdXSyncError(_ data: JSONValue, of user: Int, at now: Timestamp) throws {
        try execute(
            """
            UPDATE openedx_openedxuser SET has_sync_error = \(true), sync_error_data = \(data), updated_on = \(now)
            WHERE user_id = \(user) AND platform = 'edx' AND NOT has_been_synced
            """)
    }
}
