import Bytes
import Store

extension Session {
    /// A row of `courses_courseruncertificate`; with a credential, if `hasCredential`, of the same UUID.
    public mutating func insertCertificate(
        _ id: Int, user: Int, run: Int, uuid: String = "5b0f0a52-5f0e-4c1c-9d63-0d3a6f8f7a11", isRevoked: Bool = false,
        issueDate: String = "2026-05-01T12:00:00Z", hasCredential: Bool = false
    ) throws {
        let issued = try Timestamp(fixture: issueDate)
        let credential = hasCredential ? uuid : nil
        if let credential {
            try execute(
                """
                INSERT INTO courses_verifiablecredential (created_on, updated_on, uuid, credential_data)
                VALUES (\(issued), \(issued), \(credential), \(JSONValue.object([])))
                """)
        }
        try execute(
            """
            INSERT INTO courses_courseruncertificate (id, created_on, updated_on, uuid, is_revoked, issue_date,
                course_run_id, user_id, certificate_page_revision_id, verifiable_credential_id)
            VALUES (\(id), \(issued), \(issued), \(uuid), \(isRevoked), \(issued), \(run), \(user), NULL, \(credential))
            """)
    }

    /// The learner's certificate of the run: its UUID, the instant of its issue, its revision.
    public mutating func certificate(
        of user: Int, in run: Int = 1
    ) throws -> (id: Int, uuid: String, issued: Timestamp, revision: Int?, isRevoked: Bool)? {
        let sql: SQL = """
            SELECT id, uuid, issue_date, certificate_page_revision_id, is_revoked FROM courses_courseruncertificate
            WHERE user_id = \(user) AND course_run_id = \(run)
            """
        return try first(sql) { row in
            (
                id: try row["id"], uuid: try row.uuid("uuid"), issued: try row["issue_date"],
                revision: try row["certificate_page_revision_id"], isRevoked: try row["is_revoked"]
            )
        }
    }

    /// What HubSpot is to be told of, by kind and id: `contact 11`, as often as it was marked.
    public mutating func marks() throws -> [String] {
        let sql: SQL = "SELECT kind, object_id, generation FROM \(flows: "dirty") ORDER BY kind, object_id"
        return try rows(sql) { row in
            let (kind, id, times): (String, Int, Int) = (
                try row["kind"], try row["object_id"], try row["generation"]
            )
            return Array(repeating: "\(kind) \(id)", count: times)
        }.flatMap(\.self)
    }
}
