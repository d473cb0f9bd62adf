import Bytes
import Store

/// A row of `courses_courseruncertificate` or `courses_programcertificate` (`spec/openedx.md` §11.1).
public struct CertificateRow: Hashable, Sendable {
    /// Of which table it is.
    public let kind: CertificateKind
    /// Its id.
    public let id: Int
    /// The learner.
    public let userID: Int
    /// The name by which the world knows it.
    public let uuid: UniqueID
    /// Whether it counts no more.
    public let isRevoked: Bool
    /// From when on it counts.
    public let issueDate: Timestamp
    /// The signed credential; nil without one.
    public let credentialID: UniqueID?

    /// Where the certificate is shown, as learners share it.
    public var link: String {
        switch kind {
        case .course: "/certificate/\(uuid)/"
        case .program: "/certificate/program/\(uuid)/"
        }
    }

    /// Whether the world sees it at `now`.
    public func isActive(at now: Timestamp) -> Bool { !isRevoked && issueDate <= now }

    /// The certificates that the learners have of a run or program, revoked ones too, by learner, locked until the transaction
    /// ends.
    ///
    /// - Throws: ``StoreError``.
    public static func locked(
        _ kind: CertificateKind, of subject: Int, users: some Sequence<Int>, in session: inout Session
    ) throws -> [Int: CertificateRow] {
        let found = try rows(
            kind, "\(identifier: kind.subject) = \(subject) AND user_id \(in: users) ORDER BY id \(lock: .update)",
            in: &session)
        return Dictionary(found.map { ($0.userID, $0) }) { first, _ in first }
    }

    /// The certificate that a learner has of a run or program, revoked or not; nil when there is none.
    ///
    /// - Throws: ``StoreError``.
    public static func find(
        _ kind: CertificateKind, of subject: Int, user: Int, in session: inout Session
    ) throws -> CertificateRow? {
        try rows(kind, "\(identifier: kind.subject) = \(subject) AND user_id = \(user)", in: &session).first
    }

    private static func rows(
        _ kind: CertificateKind, _ condition: SQL, in session: inout Session
    ) throws -> [CertificateRow] {
        let sql: SQL = """
            SELECT id, user_id, uuid, is_revoked, issue_date, verifiable_credential_id FROM \(identifier: kind.table)
            WHERE \(sql: condition)
            """
        return try session.rows(sql.labelled(kind.table)) { row in
            CertificateRow(
                kind: kind, id: try row["id"], userID: try row["user_id"], uuid: try row["uuid"],
                isRevoked: try row["is_revoked"], issueDate: try row["issue_date"],
                credentialID: try row["verifiable_credential_id"])
        }
    }
}

extension Session {
    /// Those of the learners who are in the run now, and paid for it.
    ///
    /// - Throws: ``StoreError``.
    public mutating func verifiedLearners(in run: Int, among users: some Sequence<Int>) throws -> Set<Int> {
        let sql: SQL = """
            SELECT user_id FROM courses_courserunenrollment
            WHERE run_id = \(run) AND active AND enrollment_mode = 'verified' AND user_id \(in: users)
            """
        return Set(try rows(sql) { row in try row["user_id"] as Int })
    }

    /// The learners with those usernames at Open edX, compared exactly, by username. Those that nobody has are missing.
    ///
    /// - Throws: ``StoreError``.
    public mutating func learners(withOpenEdXUsernames names: some Sequence<String>) throws -> [ByteKey: Int] {
        var users: [ByteKey: Int] = [:]
        try forEach("SELECT edx_username, user_id FROM openedx_openedxuser WHERE edx_username \(in: names)") { row in
            users[ByteKey(try row["edx_username"] as String)] = try row["user_id"] as Int
        }
        return users
    }
}
