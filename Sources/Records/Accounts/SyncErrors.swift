import Bytes
import Store

/// A learner whose registration Open edX has refused.
public struct OpenEdXSyncError: Hashable, Sendable {
    /// The key of `users_user`.
    public let user: Int
    /// When that was put on record, or the row last written.
    public let since: Timestamp
    /// The known word of Open edX for it; nil when it is none.
    public let code: String?

    private static let codes = [
        "duplicate-username", "duplicate-email", "duplicate-email-username", "validation-error",
    ]

    init(user: Int, since: Timestamp, data: JSONValue?) {
        self.user = user
        self.since = since
        let code = data?["error_code"]?.string
        self.code = Self.codes.first { $0 == code }
    }
}

extension Session {
    /// The learners whose registration was refused, the oldest refusal first.
    ///
    /// - Throws: `StoreError`.
    public mutating func openEdXSyncErrors() throws -> [OpenEdXSyncError] {
        let sql: SQL = """
            SELECT user_id, updated_on, sync_error_data FROM openedx_openedxuser
            WHERE platform = 'edx' AND has_sync_error ORDER BY updated_on, user_id
            """
        return try rows(sql.labelled("openedx_openedxuser")) { row in
            OpenEdXSyncError(user: try row["user_id"], since: try row["updated_on"], data: try row["sync_error_data"])
        }
    }

    /// Takes the refusals off the record, so that the learners are registered again, and returns how many there were.
    ///
    /// - Throws: `StoreError`.
    public mutating func clearOpenEdXSyncErrors(of users: [Int], at now: Timestamp) throws -> Int {
        try execute(
            """
            UPDATE openedx_openedxuser SET has_sync_error = \(false), sync_error_data = NULL, updated_on = \(now)
            WHERE platform = 'edx' AND has_sync_error AND user_id \(in: users)
            """)
    }

    /// Makes the learner's row of `openedx_openedxuser`, without a name, unless there is one.
    ///
    /// - Throws: `StoreError`.
    public mutating func insertOpenEdXAccount(of user: Int, at now: Timestamp) throws {
        try execute(
            """
            INSERT INTO openedx_openedxuser
                (created_on, updated_on, platform, has_been_synced, user_id, edx_username, desired_edx_username,
                has_sync_error, sync_error_data)
            VALUES (\(now), \(now), 'edx', \(false), \(user), NULL, NULL, \(false), NULL)
            ON CONFLICT (user_id, platform) DO NOTHING
            """)
    }
}
