import Catalog
import Store

/// What decides on the program certificates of some learners (`spec/openedx.md` §9.1, §9.3): three statements.
public struct CertificateFacts: Sendable {
    /// Those who are enrolled as verified.
    public let enrolled: Set<LearnerProgram>
    /// The certificates on record, revoked ones included.
    public let certificates: [LearnerProgram: Int]
    private var done: [Int: ProgramRequirements.Done] = [:]

    /// What is known of the learners of these pairs.
    ///
    /// - Throws: ``StoreError``.
    public init(of pairs: [LearnerProgram], in session: inout Session) throws {
        let users = Set(pairs.map(\.user)).sorted()
        enrolled = Set(
            try session.rows(
                """
                SELECT user_id, program_id FROM courses_programenrollment
                WHERE user_id \(in: users) AND program_id \(in: Set(pairs.map(\.program)).sorted())
                    AND active AND enrollment_mode = 'verified'
                """
            ) { row in LearnerProgram(user: try row["user_id"], program: try row["program_id"]) })
        var certificates: [LearnerProgram: Int] = [:]
        var done: [Int: ProgramRequirements.Done] = [:]
        try session.forEach(
            """
            SELECT id, user_id, program_id, is_revoked FROM courses_programcertificate WHERE user_id \(in: users)
            """
        ) { row in
            let pair = LearnerProgram(user: try row["user_id"], program: try row["program_id"])
            certificates[pair] = try row["id"] as Int
            if try !row["is_revoked"] { done[pair.user, default: .init()].programs.insert(pair.program) }
        }
        try session.forEach(Self.completedCourses(of: users)) { row in
            done[try row["user_id"], default: .init()].courses.insert(try row["course_id"])
        }
        self.certificates = certificates
        self.done = done
    }

    /// What the learner has completed.
    public func done(by user: Int) -> ProgramRequirements.Done { done[user] ?? .init() }

    /// The courses in which learners have a certificate, or passed where there is none to buy: in a run of which they have not
    /// taken leave, that is no template and no variant.
    private static func completedCourses(of users: [Int]) -> SQL {
        """
        SELECT e.user_id, r.course_id FROM courses_courserunenrollment e
        JOIN courses_courserun r ON r.id = e.run_id
        WHERE e.user_id \(in: users) AND e.active AND e.change_status IS NULL
            AND NOT r.is_source_run AND (r.run_tag IS NULL OR r.run_tag <> 'SOURCE')
            AND r.variant_industry = '' AND r.variant_length = ''
            AND (EXISTS (SELECT 1 FROM courses_courseruncertificate c
                    WHERE c.user_id = e.user_id AND c.course_run_id = e.run_id AND NOT c.is_revoked)
                OR EXISTS (SELECT 1 FROM courses_courserungrade g
                        WHERE g.user_id = e.user_id AND g.course_run_id = e.run_id AND g.passed)
                    AND NOT EXISTS (SELECT 1 FROM courses_courserun_enrollment_modes m
                        JOIN courses_enrollmentmode k ON k.id = m.enrollmentmode_id
                        WHERE m.courserun_id = r.id AND k.mode_slug = 'verified'))
        """
    }
}
