import Bytes
import Store

extension CertificateRow {
    /// Inserts certificates of a run or program that are issued at `now`, and returns the rows. That of a learner who has one,
    /// revoked or not, is missing.
    ///
    /// - Parameter revision: that of the certificate page (``Session/certificateRevisions(_:of:)``).
    /// - Throws: ``StoreError``.
    public static func insert(
        _ kind: CertificateKind, of subject: Int, for users: [(user: Int, uuid: UniqueID)], revision: Int?,
        at now: Timestamp, in session: inout Session
    ) throws -> [CertificateRow] {
        guard !users.isEmpty else { return [] }
        let values = users.map { entry -> [any Bindable] in
            [now, now, entry.uuid, false, now, subject, entry.user, revision]
        }
        let sql: SQL = """
            INSERT INTO \(identifier: kind.table) (created_on, updated_on, uuid, is_revoked, issue_date,
                \(identifier: kind.subject), user_id, certificate_page_revision_id)
            VALUES \(rows: values)
            ON CONFLICT (user_id, \(identifier: kind.subject)) DO NOTHING RETURNING id, user_id, uuid
            """
        return try session.rows(sql) { row in
            CertificateRow(
                kind: kind, id: try row["id"], userID: try row["user_id"], uuid: try row["uuid"], isRevoked: false,
                issueDate: now, credentialID: nil)
        }
    }

    /// Deletes certificates with their credentials.
    ///
    /// - Throws: ``StoreError``.
    public static func delete(
        _ kind: CertificateKind, _ certificates: [CertificateRow], in session: inout Session
    ) throws {
        guard !certificates.isEmpty else { return }
        let ids = certificates.map(\.id)
        if certificates.contains(where: { $0.credentialID != nil }) {
            // The reference from the certificate is looked at when the transaction ends.
            try session.execute(
                """
                DELETE FROM courses_verifiablecredential WHERE uuid IN
                    (SELECT verifiable_credential_id FROM \(identifier: kind.table) WHERE id \(in: ids))
                """)
        }
        try session.execute("DELETE FROM \(identifier: kind.table) WHERE id \(in: ids)")
    }

    /// Revokes a certificate that is locked, or takes that back; false when it is so already. A certificate without a page gets
    /// the one that there is now, as at every save (`spec/openedx.md` §8.5, §11.2).
    ///
    /// - Throws: ``StoreError``.
    public func setRevoked(
        _ isRevoked: Bool, revision: Int?, at now: Timestamp, in session: inout Session
    ) throws -> Bool {
        guard isRevoked != self.isRevoked else { return false }
        return try session.execute(
            """
            UPDATE \(identifier: kind.table) SET is_revoked = \(isRevoked), updated_on = \(now),
                certificate_page_revision_id = coalesce(certificate_page_revision_id, \(revision))
            WHERE id = \(id)
            """) == 1
    }
}
