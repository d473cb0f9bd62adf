import Bytes
import Store

extension GradeRow {
    /// Inserts grades of learners who have none in the run, each with an audit row, and returns the rows. One that somebody
    /// else inserted in this moment is missing.
    ///
    /// - Parameter stamp: what the audit rows name as the cause.
    /// - Throws: ``StoreError``.
    public static func insert(
        _ grades: [(user: Int, grade: Grade)], in run: Int, isSetByAdmin: Bool = false, stamp: String,
        at now: Timestamp, in session: inout Session
    ) throws -> [GradeRow] {
        guard !grades.isEmpty else { return [] }
        let values = grades.map { entry -> [any Bindable] in
            [
                now, now, entry.grade.number, entry.grade.letter, entry.grade.hasPassed, isSetByAdmin, run, entry.user,
            ]
        }
        let sql: SQL = """
            INSERT INTO courses_courserungrade
                (created_on, updated_on, grade, letter_grade, passed, set_by_admin, course_run_id, user_id)
            VALUES \(rows: values)
            ON CONFLICT (user_id, course_run_id) DO NOTHING RETURNING id, user_id
            """
        let byUser = Dictionary(grades.map { ($0.user, $0.grade) }) { first, _ in first }
        var inserted: [GradeRow] = []
        try session.forEach(sql) { row in
            let user: Int = try row["user_id"]
            guard let grade = byUser[user] else { return }
            inserted.append(
                GradeRow(
                    id: try row["id"], userID: user, runID: run, grade: grade, isSetByAdmin: isSetByAdmin,
                    createdOn: now, updatedOn: now))
        }
        try audit(inserted.map { (before: nil, after: $0) }, stamp: stamp, at: now, in: &session)
        return inserted
    }

    /// Gives rows that are locked other grades, each change with an audit row, and returns the rows as they are then.
    ///
    /// - Parameter isSetByAdmin: whether an operator does it; then Open edX changes the grades no more.
    /// - Throws: ``StoreError``.
    public static func update(
        _ changes: [(row: GradeRow, grade: Grade)], isSetByAdmin: Bool = false, stamp: String, at now: Timestamp,
        in session: inout Session
    ) throws -> [GradeRow] {
        guard !changes.isEmpty else { return [] }
        let after = changes.map { change in
            GradeRow(
                id: change.row.id, userID: change.row.userID, runID: change.row.runID, grade: change.grade,
                isSetByAdmin: isSetByAdmin, createdOn: change.row.createdOn, updatedOn: now)
        }
        let values = after.map { row -> [any Bindable] in
            [row.id, row.grade.number, row.grade.letter, row.grade.hasPassed]
        }
        // The types of a list of values are those of its text without the casts.
        try session.execute(
            """
            UPDATE courses_courserungrade
            SET grade = CAST(v.column2 AS double precision), letter_grade = CAST(v.column3 AS varchar(10)),
                passed = CAST(v.column4 AS boolean), set_by_admin = \(isSetByAdmin), updated_on = \(now)
            FROM (VALUES \(rows: values)) AS v
            WHERE courses_courserungrade.id = CAST(v.column1 AS integer)
            """)
        try audit(
            zip(changes, after).map { (before: $0.row, after: $1) }, stamp: stamp, at: now, in: &session)
        return after
    }

    private static func audit(
        _ changes: [(before: GradeRow?, after: GradeRow)], stamp: String, at now: Timestamp,
        in session: inout Session
    ) throws {
        guard !changes.isEmpty else { return }
        let values = changes.map { change -> [any Bindable] in
            [now, now, change.before?.audit, change.after.audit, Bind.null, change.after.id, stamp]
        }
        try session.execute(
            """
            INSERT INTO courses_courserungradeaudit
                (created_on, updated_on, data_before, data_after, acting_user_id, course_run_grade_id, call_stack)
            VALUES \(rows: values)
            """)
    }
}
