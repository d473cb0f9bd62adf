import Bytes
import Store

/// A row of `courses_courserungrade`.
public struct GradeRow: Sendable {
    /// Its id.
    public let id: Int
    /// The learner.
    public let userID: Int
    /// The course run.
    public let runID: Int
    /// The grade.
    public let grade: Grade
    /// Whether an operator has set it; then Open edX changes it no more.
    public let isSetByAdmin: Bool
    let createdOn: Timestamp
    let updatedOn: Timestamp

    /// The grades that the learners have in the run, by learner, locked until the transaction ends.
    ///
    /// - Throws: ``StoreError``.
    public static func locked(
        in run: Int, of users: some Sequence<Int>, in session: inout Session
    ) throws -> [Int: GradeRow] {
        let sql: SQL = """
            SELECT id, user_id, grade, letter_grade, passed, set_by_admin, created_on, updated_on
            FROM courses_courserungrade WHERE course_run_id = \(run) AND user_id \(in: users)
            ORDER BY id \(lock: .update)
            """
        var rows: [Int: GradeRow] = [:]
        try session.forEach(sql.labelled("courses_courserungrade")) { row in
            let id: Int = try row["id"]
            let user: Int = try row["user_id"]
            let grade = Grade(
                try row["grade"], letter: try row["letter_grade"], hasPassed: try row["passed"])
            rows[user] = GradeRow(
                id: id, userID: user, runID: run, grade: grade, isSetByAdmin: try row["set_by_admin"],
                createdOn: try row["created_on"], updatedOn: try row["updated_on"])
        }
        return rows
    }

    /// The row as an audit row keeps it (`spec/openedx.md` §14.3).
    var audit: JSONValue {
        .auditDocument([
            ("id", .audited(id)), ("created_on", .audited(createdOn)), ("updated_on", .audited(updatedOn)),
            ("user", .audited(userID)), ("course_run", .audited(runID)), ("grade", .number("\(grade.number)")),
            ("letter_grade", .audited(grade.letter)), ("passed", .bool(grade.hasPassed)),
            ("set_by_admin", .bool(isSetByAdmin)),
        ])
    }
}

extension GradeRow: CustomStringConvertible, CustomReflectable {
    /// The id alone.
    public var description: String { "grade \(id)" }

    /// A mirror without children: the row tells what a learner achieved.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
