import Bytes
import Store

extension Session {
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
