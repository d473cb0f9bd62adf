import Bytes
import Store

extension EnrollmentRow {
    /// Whether Open edX is still to be told of the enrollment in `mode`.
    public func isAwaited(in mode: String) -> Bool {
        isActive && !isEdxEnrolled && self.mode == mode
    }

    /// Whether Open edX is still to be told that the learner left.
    public var isLeaving: Bool {
        !isActive && isEdxEnrolled && EnrollmentRow.leavingStatuses.contains(changeStatus ?? "")
    }

    /// The statuses of learners who left for good (`spec/openedx.md` §6.5).
    static let leavingStatuses = ["unenrolled", "refunded"]

    /// The row so marked that the job that retries asks Open edX what it has, and brings it to the state of the row: for when it
    /// is not known what a call came to.
    public var inDoubt: EnrollmentRow {
        var row = self
        if isActive { row.isEdxEnrolled = false }
        if !isActive, Self.leavingStatuses.contains(changeStatus ?? "") { row.isEdxEnrolled = true }
        return row
    }

    /// Notes that Open edX has the enrollment in `mode`, with an audit row; false when the row has changed since, and nothing
    /// was written (`spec/openedx.md` §6.4).
    ///
    /// - Parameter stamp: what the audit row names as the cause.
    public func markEnrolled(
        in mode: String, stamp: String, at now: Timestamp, in session: inout Session
    ) throws -> Bool {
        let changed = try session.execute(
            """
            UPDATE courses_courserunenrollment
            SET edx_enrolled = true, edx_emails_subscription = true, updated_on = \(now)
            WHERE id = \(id) AND active AND NOT edx_enrolled AND enrollment_mode = \(mode)
            """)
        guard changed == 1 else { return false }
        var after = self
        after.isEdxEnrolled = true
        after.receivesMails = true
        after.updatedOn = now
        try Self.audit(self, after, actor: nil, stamp: stamp, at: now, in: &session)
        return true
    }

    /// Notes that Open edX does not have the enrollment of the learner who left, with an audit row; false when the row has
    /// changed since.
    public func markLeft(stamp: String, at now: Timestamp, in session: inout Session) throws -> Bool {
        let changed = try session.execute(
            """
            UPDATE courses_courserunenrollment SET edx_enrolled = false, updated_on = \(now)
            WHERE id = \(id) AND NOT active AND edx_enrolled AND change_status \(in: Self.leavingStatuses)
            """)
        guard changed == 1 else { return false }
        var after = self
        after.isEdxEnrolled = false
        after.updatedOn = now
        try Self.audit(self, after, actor: nil, stamp: stamp, at: now, in: &session)
        return true
    }

    /// Lets the next pass look again at a row that changed while Open edX was being told of `mode`: our call may have
    /// overtaken the one that belongs to the change.
    public func markOvertaken(by mode: String, in session: inout Session) throws {
        if isActive {
            try session.execute(
                """
                UPDATE courses_courserunenrollment SET edx_enrolled = false
                WHERE id = \(id) AND active AND enrollment_mode <> \(mode)
                """)
        } else {
            try session.execute(
                """
                UPDATE courses_courserunenrollment SET edx_enrolled = true
                WHERE id = \(id) AND NOT active AND change_status \(in: Self.leavingStatuses)
                """)
        }
    }

    /// Lets the next pass enroll a learner who came back while Open edX was being told that they left.
    public func markOvertakenByLeaving(in session: inout Session) throws {
        try session.execute(
            """
            UPDATE courses_courserunenrollment SET edx_enrolled = false WHERE id = \(id) AND active AND edx_enrolled
            """)
    }

    /// Raises the counter of failures for good and returns it; nil when the row is not awaited any more.
    public static func raiseRetryCount(_ id: Int, in session: inout Session) throws -> Int? {
        try session.first(
            """
            UPDATE courses_courserunenrollment SET edx_enrollment_retry_count = edx_enrollment_retry_count + 1
            WHERE id = \(id) AND active AND NOT edx_enrolled RETURNING edx_enrollment_retry_count AS count
            """
        ) { row in try row["count"] }
    }
}
