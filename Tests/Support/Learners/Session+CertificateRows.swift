import Bytes
import Store

extension Session {
    /// A certificate of a course run, by default that of the acceptance cases; with a credential, if `hasCredential`, of the same
    /// UUID.
    public mutating func insertCourseCertificate(
        _ id: Int, user: Int, run: Int, uuid: String = "5b0f0a52-5f0e-4c1c-9d63-0d3a6f8f7a11",
        issued: String = "2026-05-01T12:00:00Z", isRevoked: Bool = false, revision: Int? = nil,
        hasCredential: Bool = false
    ) throws {
        try insertCertificate(
            "courses_courseruncertificate", "course_run_id", id, user: user, subject: run, uuid: uuid, issued: issued,
            isRevoked: isRevoked, revision: revision, hasCredential: hasCredential)
    }

    /// A certificate of a program; without `uuid` its UUID is made of its id.
    public mutating func insertProgramCertificate(
        _ id: Int, user: Int, program: Int, uuid: String? = nil, issued: String = "2026-05-01T12:00:00Z",
        isRevoked: Bool = false, revision: Int? = nil
    ) throws {
        try insertCertificate(
            "courses_programcertificate", "program_id", id, user: user, subject: program,
            uuid: uuid ?? Self.certificateUUID(2, id), issued: issued, isRevoked: isRevoked, revision: revision,
            hasCredential: false)
    }

    /// A UUID for a certificate of a kind and id.
    static func certificateUUID(_ kind: Int, _ id: Int) -> String {
        "0000000\(kind)-0000-4000-8000-\(String("\(1_000_000_000_000 + id)".dropFirst()))"
    }

    private mutating func insertCertificate(
        _ table: String, _ column: String, _ id: Int, user: Int, subject: Int, uuid: String, issued: String,
        isRevoked: Bool, revision: Int?, hasCredential: Bool
    ) throws {
        guard let number = UniqueID(uuid) else { throw SetupError("\(uuid) is no UUID") }
        let then = try Timestamp(fixture: issued)
        let credential = hasCredential ? number : nil
        if let credential {
            try execute(
                """
                INSERT INTO courses_verifiablecredential (created_on, updated_on, uuid, credential_data)
                VALUES (\(then), \(then), \(credential), \(JSONValue.object([])))
                """)
        }
        try execute(
            """
            INSERT INTO \(identifier: table) (id, created_on, updated_on, uuid, is_revoked, \(identifier: column), user_id,
                certificate_page_revision_id, issue_date, verifiable_credential_id)
            VALUES (\(id), \(then), \(then), \(number), \(isRevoked), \(subject), \(user), \(revision), \(then),
                \(credential))
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
