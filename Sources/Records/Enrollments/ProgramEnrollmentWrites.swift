import Bytes
import Store

extension ProgramEnrollmentRow {
    /// Enrolls a learner who has no row for the program yet, with an audit row (`spec/openedx.md` §14.3); nil when there is one
    /// by now, active or not, and nothing was written.
    ///
    /// - Parameters:
    ///   - actor: the learner who did it themselves; nil for programs of ours.
    ///   - stamp: what the audit row names as the cause: `job:retry-enrollments#812`.
    /// - Throws: ``StoreError``.
    public static func insert(
        user: Int, program: Int, mode: String, actor: Int? = nil, stamp: String, at now: Timestamp,
        in session: inout Session
    ) throws -> ProgramEnrollmentRow? {
        let id: Int? = try session.first(
            """
            INSERT INTO courses_programenrollment (created_on, updated_on, user_id, program_id, active, change_status,
                enrollment_mode)
            VALUES (\(now), \(now), \(user), \(program), \(true), NULL, \(mode))
            ON CONFLICT (user_id, program_id) DO NOTHING RETURNING id
            """
        ) { row in try row["id"] }
        guard let id, let row = try locked(id, in: &session) else { return nil }
        try audit(nil, row, actor: actor, stamp: stamp, at: now, in: &session)
        return row
    }

    /// Writes the columns in which `after` differs, with an audit row; false when the row is not as this one says any more, and
    /// nothing was written. Without a difference nothing is written either, and the answer is true.
    ///
    /// - Parameters:
    ///   - after: this row with other values.
    ///   - actor: the learner who did it themselves; nil for programs of ours.
    ///   - stamp: what the audit row names as the cause.
    /// - Throws: ``StoreError``.
    public func changed(
        to after: ProgramEnrollmentRow, actor: Int? = nil, stamp: String, at now: Timestamp, in session: inout Session
    ) throws -> Bool {
        var columns = ChangedColumns()
        columns.note("active", isActive, after.isActive)
        columns.note("enrollment_mode", mode, after.mode)
        columns.note("change_status", changeStatus, after.changeStatus)
        guard let assignments = columns.assignments else { return true }
        let changed = try session.execute(
            """
            UPDATE courses_programenrollment SET \(sql: assignments), updated_on = \(now)
            WHERE id = \(id) AND active = \(isActive) AND enrollment_mode = \(mode)
                AND \(sql: .equals("change_status", changeStatus))
            """)
        guard changed == 1 else { return false }
        var after = after
        after.updatedOn = now
        try Self.audit(self, after, actor: actor, stamp: stamp, at: now, in: &session)
        return true
    }

    private static func audit(
        _ before: ProgramEnrollmentRow?, _ after: ProgramEnrollmentRow, actor: Int?, stamp: String, at now: Timestamp,
        in session: inout Session
    ) throws {
        try session.execute(
            """
            INSERT INTO courses_programenrollmentaudit
                (created_on, updated_on, data_before, data_after, acting_user_id, enrollment_id, call_stack)
            VALUES (\(now), \(now), \(before?.audit), \(after.audit), \(actor), \(after.id), \(stamp))
            """)
    }
}
