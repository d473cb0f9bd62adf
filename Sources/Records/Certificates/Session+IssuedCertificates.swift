import Bytes
import Catalog
import Store

extension Session {
    /// The certificates that everybody may see at `now`, by id, at most `limit` of those after the id `last`.
    ///
    /// - Throws: ``StoreError``.
    public mutating func visibleCertificates(
        _ kind: CertificateKind, after last: Int, limit: Int, at now: Timestamp
    ) throws -> [IssuedCertificate] {
        try certificates(
            kind,
            where: """
                c.id > \(last) AND NOT c.is_revoked AND c.issue_date <= \(now) ORDER BY c.id LIMIT \(limit)
                """)
    }

    /// The certificates of those numbers, visible or not.
    ///
    /// - Throws: ``StoreError``.
    public mutating func certificates(
        _ kind: CertificateKind, of uuids: some Sequence<UniqueID>
    ) throws -> [IssuedCertificate] {
        try certificates(kind, where: "c.uuid \(in: uuids) ORDER BY c.id")
    }

    /// The certificates of a learner, visible or not.
    ///
    /// - Throws: ``StoreError``.
    public mutating func certificates(_ kind: CertificateKind, ofLearner id: Int) throws -> [IssuedCertificate] {
        try certificates(kind, where: "c.user_id = \(id) ORDER BY c.id")
    }

    private mutating func certificates(
        _ kind: CertificateKind, where condition: SQL
    ) throws -> [IssuedCertificate] {
        let sql: SQL = """
            SELECT c.id AS id, c.uuid AS uuid, c.is_revoked AS is_revoked, c.issue_date AS issue_date,
                c.\(identifier: kind.subject) AS subject, c.certificate_page_revision_id AS revision,
                c.verifiable_credential_id AS credential, v.updated_on AS credential_updated, u.id AS user_id,
                u.username AS username, u.name AS name, u.created_on AS user_created, u.updated_on AS user_updated
            FROM \(identifier: kind.table) c JOIN users_user u ON u.id = c.user_id
            LEFT JOIN courses_verifiablecredential v ON v.uuid = c.verifiable_credential_id
            WHERE \(sql: condition)
            """
        return try rows(sql.labelled(kind.table)) { row in
            let subject: Int = try row["subject"]
            let credential: UniqueID? = try row["credential"]
            return IssuedCertificate(
                id: try row["id"], subject: kind == .course ? .run(subject) : .program(subject),
                uuid: (try row["uuid"] as UniqueID).description,
                holder: IssuedCertificate.Holder(
                    id: try row["user_id"], username: try row["username"], name: try row["name"],
                    created: try row["user_created"], updated: try row["user_updated"]),
                isRevoked: try row["is_revoked"], issued: try row["issue_date"], revisionID: try row["revision"],
                credentialID: credential?.description, credentialUpdated: try row["credential_updated"])
        }
    }

    /// The revisions of those ids; content that is no JSON is null.
    ///
    /// - Throws: ``StoreError``.
    public mutating func certificateRevisions(_ ids: some Sequence<Int>) throws -> [Int: CertificateRevision] {
        var found: [Int: CertificateRevision] = [:]
        let sql: SQL = "SELECT id, object_id, content FROM wagtailcore_revision WHERE id \(in: ids)"
        try forEach(sql.labelled("wagtailcore_revision")) { row in
            let (id, page): (Int, String) = (try row["id"], try row["object_id"])
            let content: String? = try row["content"]
            found[id] = CertificateRevision(
                id: id, pageID: Int(page), content: content.flatMap { try? JSONValue(parsing: $0.utf8) } ?? .null)
        }
        return found
    }

    /// The signed credentials of those ids.
    ///
    /// - Throws: ``StoreError``.
    public mutating func credentials(_ ids: some Sequence<String>) throws -> [String: JSONValue] {
        var found: [String: JSONValue] = [:]
        let known = ids.compactMap { UniqueID($0) }
        if known.isEmpty { return found }
        let sql: SQL = "SELECT uuid, credential_data FROM courses_verifiablecredential WHERE uuid \(in: known)"
        try forEach(sql.labelled("courses_verifiablecredential")) { row in
            found[(try row["uuid"] as UniqueID).description] = try row["credential_data"] as JSONValue
        }
        return found
    }
}
