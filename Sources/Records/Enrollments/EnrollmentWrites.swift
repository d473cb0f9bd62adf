import Bytes
import Store

extension EnrollmentRow {
    /// Enrolls a learner who has no row for the run yet, with an audit row (`spec/openedx.md` §14.3); nil when there is one by
    /// now, active or not, and nothing was written.
    ///
    /// - Parameters:
    ///   - isEdxEnrolled: whether Open edX has the enrollment. An active row that says no is the intent to enroll the learner
    ///     there: whoever wrote it, or else the job that retries, brings it there.
    ///   - actor: the learner who did it themselves; nil for programs.
    ///   - stamp: what the audit row names as the cause: `job:retry-enrollments#812`.
    /// - Throws: ``StoreError``.
    public static func insert(
        user: Int, run: Int, mode: String, changeStatus: String? = nil, isActive: Bool = true, isEdxEnrolled: Bool,
        receivesMails: Bool = true, actor: Int? = nil, stamp: String, at now: Timestamp, in session: inout Session
    ) throws -> EnrollmentRow? {
        let id: Int? = try session.first(
            """
            INSERT INTO courses_courserunenrollment (created_on, updated_on, user_id, run_id, active, change_status,
                enrollment_mode, edx_enrolled, edx_emails_subscription, edx_enrollment_retry_count)
            VALUES (\(now), \(now), \(user), \(run), \(isActive), \(changeStatus), \(mode), \(isEdxEnrolled),
                \(receivesMails), 0)
            ON CONFLICT (user_id, run_id) DO NOTHING RETURNING id
            """
        ) { row in try row["id"] }
        guard let id, let row = try locked(id, in: &session) else { return nil }
        try audit(nil, row, actor: actor, stamp: stamp, at: now, in: &session)
        return row
    }

    /// Writes the columns in which `after` differs, with an audit row; false when the row is not as this one says any more, and
    /// nothing was written (`spec/openedx.md` §6.4, §14.3). Without a difference nothing is written either, and the answer is
    /// true.
    ///
    /// - Parameters:
    ///   - after: this row with other values.
    ///   - actor: the learner who did it themselves; nil for programs.
    ///   - stamp: what the audit row names as the cause.
    /// - Throws: ``StoreError``.
    public func changed(
        to after: EnrollmentRow, actor: Int? = nil, stamp: String, at now: Timestamp, in session: inout Session
    ) throws -> Bool {
        guard let assignments = changes(to: after).assignments else { return true }
        guard try write(assignments, at: now, in: &session) else { return false }
        var after = after
        after.updatedOn = now
        try Self.audit(self, after, actor: actor, stamp: stamp, at: now, in: &session)
        return true
    }

    /// The same without an audit row: for the end of a change whose audit row was written with its beginning
    /// (`spec/openedx.md` §6.2).
    ///
    /// - Throws: ``StoreError``.
    public func finish(as after: EnrollmentRow, at now: Timestamp, in session: inout Session) throws -> Bool {
        guard let assignments = changes(to: after).assignments else { return true }
        return try write(assignments, at: now, in: &session)
    }

    /// Removes a row that should not have been, with its audit rows; false when it is not as this one says any more, and
    /// nothing was removed.
    ///
    /// - Throws: ``StoreError``.
    public func delete(in session: inout Session) throws -> Bool {
        // The row is locked before anything is removed, since its audit rows refer to it.
        let isUnchanged: Bool? = try session.first(
            "SELECT id FROM courses_courserunenrollment WHERE \(sql: asItIs) \(lock: .update)"
        ) { _ in true }
        guard isUnchanged != nil else { return false }
        try session.execute("DELETE FROM courses_courserunenrollmentaudit WHERE enrollment_id = \(id)")
        return try session.execute("DELETE FROM courses_courserunenrollment WHERE id = \(id)") == 1
    }

    private func changes(to after: EnrollmentRow) -> ChangedColumns {
        var columns = ChangedColumns()
        columns.note("active", isActive, after.isActive)
        columns.note("edx_enrolled", isEdxEnrolled, after.isEdxEnrolled)
        columns.note("enrollment_mode", mode, after.mode)
        columns.note("change_status", changeStatus, after.changeStatus)
        columns.note("edx_emails_subscription", receivesMails, after.receivesMails)
        columns.note("edx_enrollment_retry_count", retryCount, after.retryCount)
        return columns
    }

    private func write(_ assignments: SQL, at now: Timestamp, in session: inout Session) throws -> Bool {
        try session.execute(
            """
            UPDATE courses_courserunenrollment SET \(sql: assignments), updated_on = \(now) WHERE \(sql: asItIs)
            """) == 1
    }

    /// That the row is in the state that this one says.
    private var asItIs: SQL {
        """
        id = \(id) AND active = \(isActive) AND edx_enrolled = \(isEdxEnrolled) AND enrollment_mode = \(mode)
            AND \(sql: .equals("change_status", changeStatus))
        """
    }

    static func audit(
        _ before: EnrollmentRow?, _ after: EnrollmentRow, actor: Int?, stamp: String, at now: Timestamp,
        in session: inout Session
    ) throws {
        try session.execute(
            """
            INSERT INTO courses_courserunenrollmentaudit
                (created_on, updated_on, data_before, data_after, acting_user_id, enrollment_id, call_stack)
            VALUES (\(now), \(now), \(before?.audit), \(after.audit), \(actor), \(after.id), \(stamp))
            """)
    }
}
