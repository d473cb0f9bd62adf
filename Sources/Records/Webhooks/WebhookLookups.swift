import Bytes
import Store

extension Session {
    /// The learner with that e-mail address in any letter case, the oldest one if there are several; nil when there is none.
    ///
    /// - Throws: ``StoreError``.
    public mutating func learnerID(email: String) throws -> Int? {
        guard email.isStorable else { return nil }
        return try first("SELECT id FROM users_user WHERE lower(email) = \(email.lowercased()) ORDER BY id LIMIT 1") {
            row in
            try row["id"]
        }
    }

    /// The run with exactly that key that learners take: no source of others (`spec/openedx.md` §12.1).
    ///
    /// - Throws: ``StoreError``.
    public mutating func offeredRunID(_ key: String) throws -> Int? {
        guard key.isStorable else { return nil }
        return try first(
            "SELECT id FROM courses_courserun WHERE courseware_id = \(key) AND NOT is_source_run ORDER BY id LIMIT 1"
        ) { row in try row["id"] }
    }

    /// Whether the learner has a certificate of the run that the world sees at `now`.
    ///
    /// - Throws: ``StoreError``.
    public mutating func hasActiveCertificate(user: Int, run: Int, at now: Timestamp) throws -> Bool {
        try first(
            """
            SELECT id FROM courses_courseruncertificate
            WHERE user_id = \(user) AND course_run_id = \(run) AND NOT is_revoked AND issue_date <= \(now)
            """
        ) { _ in true } ?? false
    }
}

extension String {
    /// Whether PostgreSQL could hold it: what it cannot hold is in no row.
    fileprivate var isStorable: Bool { !utf8.contains(0) }
}
