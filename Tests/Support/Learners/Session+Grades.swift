import Bytes
import Store

extension Session {
    /// A row of `courses_courserungrade`.
    public mutating func insertGrade(
        user: Int, run: Int, _ grade: Double, letter: String? = nil, passed: Bool = true,
        setByAdmin: Bool = false
    ) throws {
        let then = try Timestamp(fixture: "2026-09-01T00:00:00Z")
        try execute(
            """
            INSERT INTO courses_courserungrade (created_on, updated_on, grade, letter_grade, passed, set_by_admin,
                course_run_id, user_id)
            VALUES (\(then), \(then), \(grade), \(letter), \(passed), \(setByAdmin), \(run), \(user))
            """)
    }

    /// The learner's grade in the run, as one line: `0.87 Pass passed admin`.
    public mutating func gradeLine(of user: Int, in run: Int = 1) throws -> String? {
        let sql: SQL = """
            SELECT grade, letter_grade, passed, set_by_admin FROM courses_courserungrade
            WHERE user_id = \(user) AND course_run_id = \(run)
            """
        return try first(sql) { row in
            let (grade, letter): (Double, String?) = (try row["grade"], try row["letter_grade"])
            let (passed, admin): (Bool, Bool) = (try row["passed"], try row["set_by_admin"])
            let words: [String?] = ["\(grade)", letter, passed ? "passed" : nil, admin ? "admin" : nil]
            return words.compactMap(\.self).joined(separator: " ")
        }
    }

    /// The audit rows of the learner's grade, the oldest first: the documents before and after, and the cause.
    public mutating func gradeAudits(
        of user: Int, in run: Int = 1
    ) throws -> [(before: JSONValue?, after: JSONValue?, actor: Int?, cause: String?)] {
        let sql: SQL = """
            SELECT a.data_before, a.data_after, a.acting_user_id, a.call_stack FROM courses_courserungradeaudit a
            JOIN courses_courserungrade g ON g.id = a.course_run_grade_id
            WHERE g.user_id = \(user) AND g.course_run_id = \(run) ORDER BY a.id
            """
        return try rows(sql) { row in
            (
                before: try row["data_before"], after: try row["data_after"], actor: try row["acting_user_id"],
                cause: try row["call_stack"]
            )
        }
    }
}
