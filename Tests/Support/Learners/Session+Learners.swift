import Bytes
import Store

extension Session {
    /// A learner with an address and a profile.
    public mutating func insertLearner(
        _ id: Int, username: String? = nil, email: String = "ada@example.org", name: String = "Ada Lovelace",
        password: String = "pbkdf2$invented", isActive: Bool = true, lastLogin: String? = "2026-09-15T10:00:00Z",
        createdOn: String = "2026-09-01T00:00:00Z", state: String? = "US-MA"
    ) throws {
        let created = try Timestamp(fixture: createdOn)
        try execute(
            """
            INSERT INTO users_user (id, password, last_login, is_superuser, created_on, updated_on, username, email,
                name, is_staff, is_active, is_etl)
            VALUES (\(id), \(password), \(lastLogin.flatMap { Timestamp($0) }), \(false), \(created), \(created),
                \(username ?? email), \(email), \(name), \(false), \(isActive), \(false))
            """)
        try execute(
            """
            INSERT INTO users_legaladdress (created_on, updated_on, country, user_id, state, postal_code,
                street_address_1, street_address_2, city, first_name, last_name)
            VALUES (\(created), \(created), 'US', \(id), \(state), '', '', '', '', '', '')
            """)
        try execute(
            """
            INSERT INTO users_userprofile (created_on, updated_on, gender, year_of_birth, user_id, addl_field_flag,
                highest_education, completed_onboarding)
            VALUES (\(created), \(created), 'nb', 1985, \(id), \(false), 'Doctorate', \(false))
            """)
    }

    /// A row of `openedx_openedxuser`.
    public mutating func insertAccount(
        of user: Int, _ username: String?, desired: String? = nil, isSynced: Bool = false, hasSyncError: Bool = false
    ) throws {
        let then = try Timestamp(fixture: "2026-09-01T00:00:00Z")
        try execute(
            """
            INSERT INTO openedx_openedxuser (created_on, updated_on, platform, has_been_synced, user_id, edx_username,
                desired_edx_username, has_sync_error)
            VALUES (\(then), \(then), 'edx', \(isSynced), \(user), \(username), \(desired), \(hasSyncError))
            """)
    }

    /// A row of `openedx_openedxapiauth`.
    public mutating func insertTokens(of user: Int, refresh: String = "rt-1", access: String? = "at-1", expiry: String?)
        throws
    {
        let then = try Timestamp(fixture: "2026-09-01T00:00:00Z")
        try execute(
            """
            INSERT INTO openedx_openedxapiauth (created_on, updated_on, refresh_token, access_token,
                access_token_expires_on, user_id)
            VALUES (\(then), \(then), \(refresh), \(access), \(expiry.flatMap { Timestamp($0) }), \(user))
            """)
    }

    /// MITx Online's OAuth application for Open edX.
    public mutating func insertApplication(_ name: String = "edx-oauth-app") throws {
        let then = try Timestamp(fixture: "2026-01-01T00:00:00Z")
        try execute(
            """
            INSERT INTO oauth2_provider_application (client_id, redirect_uris, client_type, authorization_grant_type,
                client_secret, name, skip_authorization, created, updated, algorithm, post_logout_redirect_uris,
                hash_client_secret, allowed_origins)
            VALUES (\(name), '', 'confidential', 'authorization-code', 'x', \(name), \(true), \(then), \(then), '', '',
                \(true), '')
            """)
    }

    /// What is on record for the learner, as one line: `ada_l (wish ada) synced error={"a":1}`.
    public mutating func accountLine(of user: Int) throws -> String? {
        let sql: SQL = """
            SELECT edx_username, desired_edx_username, has_been_synced, has_sync_error, sync_error_data
            FROM openedx_openedxuser WHERE user_id = \(user) ORDER BY id
            """
        let lines = try rows(sql) { row in
            let (name, desired): (String?, String?) = (try row["edx_username"], try row["desired_edx_username"])
            let (isSynced, hasError): (Bool, Bool) = (try row["has_been_synced"], try row["has_sync_error"])
            let data: JSONValue? = try row["sync_error_data"]
            var line = "\(name ?? "-") (wish \(desired ?? "-")) \(isSynced ? "synced" : "unsynced")"
            if hasError { line += " error" }
            if let data { line += " \(data["error_code"]?.string ?? "?")" }
            return line
        }
        return lines.isEmpty ? nil : lines.joined(separator: "; ")
    }

    /// The learner's tokens, as one line: `rt-1 at-1 2026-09-15T12:00:45Z`.
    public mutating func tokenLine(of user: Int) throws -> String? {
        let sql: SQL = """
            SELECT refresh_token, access_token, access_token_expires_on FROM openedx_openedxapiauth
            WHERE user_id = \(user) ORDER BY id
            """
        let lines = try rows(sql) { row in
            let (refresh, access): (String, String?) = (try row["refresh_token"], try row["access_token"])
            let expiry: Timestamp? = try row["access_token_expires_on"]
            return "\(refresh) \(access ?? "-") \(expiry.map { "\($0)" } ?? "-")"
        }
        return lines.isEmpty ? nil : lines.joined(separator: "; ")
    }

    /// How many rows the table has.
    public mutating func count(_ table: String) throws -> Int {
        try first("SELECT count(*) AS n FROM \(identifier: table)") { row in try row["n"] } ?? 0
    }
}

extension Timestamp {
    /// The instant that a fixture names.
    ///
    /// - Throws: ``SetupError`` when it is none.
    public init(fixture text: String) throws {
        guard let instant = Timestamp(text) else { throw SetupError("\(text) is no instant") }
        self = instant
    }
}
