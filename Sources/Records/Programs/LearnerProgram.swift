import Bytes
import Store

/// A learner and a program.
public struct LearnerProgram: Hashable, Sendable {
    /// The learner.
    public let user: Int
    /// The program.
    public let program: Int

    /// A pair.
    public init(user: Int, program: Int) {
        self.user = user
        self.program = program
    }
}

extension LearnerProgram: Comparable, CustomStringConvertible {
    /// By learners, then by programs: the order in which transactions write, lest two wait for each other.
    public static func < (left: LearnerProgram, right: LearnerProgram) -> Bool {
        (left.user, left.program) < (right.user, right.program)
    }

    /// `learner 11 in program 5`: the ids tell no more.
    public var description: String { "learner \(user) in program \(program)" }
}

extension LearnerProgram {
    /// A page of program enrollments, in the order of their ids.
    public struct Page: Sendable {
        /// What the page holds.
        public let pairs: [LearnerProgram]
        /// The id of its last row, after which the next page begins; nil when the page is empty.
        public let end: Int?

        fileprivate init(_ sql: SQL, in session: inout Session) throws {
            let rows = try session.rows(sql) { row in
                (
                    id: try row["id"] as Int,
                    pair: LearnerProgram(user: try row["user_id"], program: try row["program_id"])
                )
            }
            pairs = rows.map(\.pair)
            end = rows.last?.id
        }
    }

    /// The learners who may get a certificate: enrolled as verified in a live program, and none on record for them, revoked or
    /// not (`spec/openedx.md` §9.2).
    ///
    /// - Throws: ``StoreError``.
    public static func certificateCandidates(after id: Int, limit: Int, in session: inout Session) throws -> Page {
        try Page(
            """
            SELECT e.id, e.user_id, e.program_id FROM courses_programenrollment e
            JOIN courses_program p ON p.id = e.program_id
            WHERE e.id > \(id) AND e.active AND e.enrollment_mode = 'verified' AND p.live
                AND NOT EXISTS (SELECT 1 FROM courses_programcertificate c
                    WHERE c.user_id = e.user_id AND c.program_id = e.program_id)
            ORDER BY e.id LIMIT \(limit)
            """, in: &session)
    }

    /// The learners who are enrolled in a program in any mode.
    ///
    /// - Throws: ``StoreError``.
    public static func enrolled(
        in program: Int, after id: Int, limit: Int, in session: inout Session
    ) throws -> Page {
        try Page(
            """
            SELECT e.id, e.user_id, e.program_id FROM courses_programenrollment e
            WHERE e.id > \(id) AND e.program_id = \(program) AND e.active
            ORDER BY e.id LIMIT \(limit)
            """, in: &session)
    }

    /// The learners who may become verified: enrolled as audit, without a certificate that is visible at `now`
    /// (`spec/openedx.md` §10).
    ///
    /// - Parameters:
    ///   - users: only these learners; nil is all.
    ///   - programs: only these programs; nil is all.
    /// - Throws: ``StoreError``.
    public static func upgradeCandidates(
        users: [Int]? = nil, programs: [Int]? = nil, after id: Int, limit: Int, at now: Timestamp,
        in session: inout Session
    ) throws -> Page {
        var choice: SQL = "1 = 1"
        if let users { choice = "\(sql: choice) AND e.user_id \(in: users)" }
        if let programs { choice = "\(sql: choice) AND e.program_id \(in: programs)" }
        return try Page(
            """
            SELECT e.id, e.user_id, e.program_id FROM courses_programenrollment e
            WHERE e.id > \(id) AND e.active AND e.enrollment_mode = 'audit' AND \(sql: choice)
                AND NOT EXISTS (SELECT 1 FROM courses_programcertificate c
                    WHERE c.user_id = e.user_id AND c.program_id = e.program_id AND NOT c.is_revoked
                        AND c.issue_date <= \(now))
            ORDER BY e.id LIMIT \(limit)
            """, in: &session)
    }

    /// The learners whom a course may have brought a program's certificate: enrolled as verified in a live program that names
    /// the course, and no certificate on record for them (`spec/openedx.md` §9.2).
    ///
    /// - Throws: ``StoreError``.
    public static func awaiting(
        _ completed: [(user: Int, course: Int)], in session: inout Session
    ) throws -> [LearnerProgram] {
        guard !completed.isEmpty else { return [] }
        let courses = Dictionary(grouping: completed, by: \.user).mapValues { Set($0.map(\.course)) }
        var found: Set<LearnerProgram> = []
        try session.forEach(
            """
            SELECT e.user_id, e.program_id, n.course_id FROM courses_programenrollment e
            JOIN courses_program p ON p.id = e.program_id
            JOIN courses_programrequirement n ON n.program_id = e.program_id
            WHERE e.user_id \(in: courses.keys.sorted()) AND e.active AND e.enrollment_mode = 'verified' AND p.live
                AND n.node_type = 'course' AND n.course_id \(in: Set(completed.map(\.course)).sorted())
                AND NOT EXISTS (SELECT 1 FROM courses_programcertificate c
                    WHERE c.user_id = e.user_id AND c.program_id = e.program_id)
            """
        ) { row in
            let (user, course): (Int, Int) = (try row["user_id"], try row["course_id"])
            guard courses[user]?.contains(course) ?? false else { return }
            found.insert(LearnerProgram(user: user, program: try row["program_id"]))
        }
        return found.sorted()
    }
}
