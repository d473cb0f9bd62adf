import Bytes
import Store

/// A program certificate that is to be issued (`spec/openedx.md` §9.1, §11.1).
public struct NewProgramCertificate: Sendable {
    /// Whom it is for.
    public let pair: LearnerProgram
    /// Its UUID, of version 4.
    public let uuid: UniqueID
    /// The revision of the certificate page; nil without such a page.
    public let revision: Int?
    /// Whether the learner must be enrolled as verified when it is written.
    public let needsEnrollment: Bool

    /// A certificate.
    public init(for pair: LearnerProgram, uuid: UniqueID, revision: Int?, needsEnrollment: Bool) {
        self.pair = pair
        self.uuid = uuid
        self.revision = revision
        self.needsEnrollment = needsEnrollment
    }

    /// Issues it and returns its id; nil when the learner has one by now, or left the program.
    ///
    /// - Throws: ``StoreError``.
    public func insert(at now: Timestamp, in session: inout Session) throws -> Int? {
        try session.first(
            """
            INSERT INTO courses_programcertificate (created_on, updated_on, user_id, program_id, uuid, is_revoked,
                issue_date, certificate_page_revision_id, verifiable_credential_id)
            SELECT \(now), \(now), u.id, \(pair.program), \(uuid), \(false), \(now), \(revision), NULL
            FROM users_user u
            WHERE u.id = \(pair.user) AND (NOT \(needsEnrollment) OR EXISTS (
                SELECT 1 FROM courses_programenrollment e
                WHERE e.user_id = u.id AND e.program_id = \(pair.program) AND e.active
                    AND e.enrollment_mode = 'verified'))
            ON CONFLICT (user_id, program_id) DO NOTHING RETURNING id
            """
        ) { row in try row["id"] }
    }

    /// The certificate that the learner has, revoked or not; nil when there is none.
    ///
    /// - Throws: ``StoreError``.
    public static func existing(of pair: LearnerProgram, in session: inout Session) throws -> Int? {
        try session.first(
            """
            SELECT id FROM courses_programcertificate WHERE user_id = \(pair.user) AND program_id = \(pair.program)
            """
        ) { row in try row["id"] }
    }
}
