import Bytes
import Store

extension Session {
    /// A certificate of a course run.
    public mutating func insertCourseCertificate(
        _ id: Int, user: Int, run: Int, uuid: String, issued: String, isRevoked: Bool = false, revision: Int? = nil
    ) throws {
        try insertCertificate(
            "courses_courseruncertificate", "course_run_id", id, user: user, subject: run, uuid: uuid, issued: issued,
            isRevoked: isRevoked, revision: revision)
    }

    /// A certificate of a program.
    public mutating func insertProgramCertificate(
        _ id: Int, user: Int, program: Int, uuid: String, issued: String, isRevoked: Bool = false, revision: Int? = nil
    ) throws {
        try insertCertificate(
            "courses_programcertificate", "program_id", id, user: user, subject: program, uuid: uuid, issued: issued,
            isRevoked: isRevoked, revision: revision)
    }

    private mutating func insertCertificate(
        _ table: String, _ column: String, _ id: Int, user: Int, subject: Int, uuid: String, issued: String,
        isRevoked: Bool, revision: Int?
    ) throws {
        guard let number = UniqueID(uuid) else { throw SetupError("\(uuid) is no UUID") }
        let then = try Timestamp(fixture: issued)
        try execute(
            """
            INSERT INTO \(identifier: table) (id, created_on, updated_on, uuid, is_revoked, \(identifier: column), user_id,
                certificate_page_revision_id, issue_date)
            VALUES (\(id), \(then), \(then), \(number), \(isRevoked), \(subject), \(user), \(revision), \(then))
            """)
    }

    /// The credential of a certificate, and the signature in it; nil when it has none.
    public mutating func credential(
        ofCourseCertificate id: Int
    ) throws -> (uuid: String, document: JSONValue)? {
        try first(
            """
            SELECT v.uuid AS uuid, v.credential_data AS document FROM courses_courseruncertificate c
            JOIN courses_verifiablecredential v ON v.uuid = c.verifiable_credential_id WHERE c.id = \(id)
            """
        ) { row in (uuid: (try row["uuid"] as UniqueID).description, document: try row["document"]) }
    }
}
