import Catalog
import Store

extension Session {
    /// The courses and programs in which learners are enrolled as verified, in whatever run (`spec/openedx.md` §10): two
    /// statements.
    ///
    /// - Throws: ``StoreError``.
    public mutating func verifiedEnrollments(of users: [Int]) throws -> [Int: ProgramRequirements.Done] {
        var verified: [Int: ProgramRequirements.Done] = [:]
        try forEach(
            """
            SELECT e.user_id, r.course_id FROM courses_courserunenrollment e
            JOIN courses_courserun r ON r.id = e.run_id
            WHERE e.user_id \(in: users) AND e.active AND e.enrollment_mode = 'verified'
            """
        ) { row in verified[try row["user_id"], default: .init()].courses.insert(try row["course_id"]) }
        try forEach(
            """
            SELECT user_id, program_id FROM courses_programenrollment
            WHERE user_id \(in: users) AND active AND enrollment_mode = 'verified'
            """
        ) { row in verified[try row["user_id"], default: .init()].programs.insert(try row["program_id"]) }
        return verified
    }
}
