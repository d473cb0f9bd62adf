import Bytes
import Store

/// A row of `courses_courserunenrollment`, with what an audit row says of its learner and run.
public struct EnrollmentRow: Sendable {
    /// Its id.
    public let id: Int
    /// The learner.
    public let userID: Int
    /// The course run.
    public let runID: Int
    /// Whether the learner is enrolled, as far as MITx Online knows.
    public var isActive: Bool
    /// Whether Open edX knows it.
    public var isEdxEnrolled: Bool
    /// `audit` or `verified`.
    public var mode: String
    /// `deferred`, `transferred`, `refunded`, `unenrolled`, or nil.
    public var changeStatus: String?
    /// Whether the learner gets the course's e-mails.
    public var receivesMails: Bool
    /// How often Open edX refused it for good.
    public var retryCount: Int
    var updatedOn: Timestamp
    let createdOn: Timestamp
    let username: String?
    let fullName: String
    let email: String
    /// The key of the run: `course-v1:MITx+6.00x+3T2026`.
    public let runKey: String

    /// The row, locked until the transaction ends; nil when there is none.
    ///
    /// - Throws: ``StoreError``.
    public static func locked(_ id: Int, in session: inout Session) throws -> EnrollmentRow? {
        try rows("e.id = \(id)", isLocked: true, in: &session).first
    }

    /// The row of a learner and a run, active or not, locked until the transaction ends; nil when there is none.
    ///
    /// - Throws: ``StoreError``.
    public static func locked(user: Int, run: Int, in session: inout Session) throws -> EnrollmentRow? {
        try rows("e.user_id = \(user) AND e.run_id = \(run)", isLocked: true, in: &session).first
    }

    /// The row of a learner and a run, active or not; nil when there is none.
    ///
    /// - Throws: ``StoreError``.
    public static func row(user: Int, run: Int, in session: inout Session) throws -> EnrollmentRow? {
        try rows("e.user_id = \(user) AND e.run_id = \(run)", isLocked: false, in: &session).first
    }

    /// All rows of a learner, active or not, locked until the transaction ends.
    ///
    /// - Throws: ``StoreError``.
    public static func locked(ofUser user: Int, in session: inout Session) throws -> [EnrollmentRow] {
        try rows("e.user_id = \(user)", isLocked: true, in: &session)
    }

    static func rows(
        _ condition: SQL, isLocked: Bool, in session: inout Session
    ) throws -> [EnrollmentRow] {
        let lock: SQL = isLocked ? "\(lock: .update)" : ""
        // The lock is on the enrollment alone, so what belongs to it is looked up rather than joined.
        return try session.rows(
            """
            SELECT e.id, e.user_id, e.run_id, e.active, e.edx_enrolled, e.enrollment_mode, e.change_status,
                e.edx_emails_subscription, e.created_on, e.updated_on, e.edx_enrollment_retry_count,
                (SELECT o.edx_username FROM openedx_openedxuser o WHERE o.user_id = e.user_id AND o.platform = 'edx')
                    AS edx_username,
                (SELECT u.name FROM users_user u WHERE u.id = e.user_id) AS full_name,
                (SELECT u.email FROM users_user u WHERE u.id = e.user_id) AS email,
                (SELECT r.courseware_id FROM courses_courserun r WHERE r.id = e.run_id) AS run_key
            FROM courses_courserunenrollment e WHERE \(sql: condition) ORDER BY e.id \(sql: lock)
            """ as SQL
        ) { row in
            EnrollmentRow(
                id: try row["id"], userID: try row["user_id"], runID: try row["run_id"], isActive: try row["active"],
                isEdxEnrolled: try row["edx_enrolled"], mode: try row["enrollment_mode"],
                changeStatus: try row["change_status"], receivesMails: try row["edx_emails_subscription"],
                retryCount: try row["edx_enrollment_retry_count"], updatedOn: try row["updated_on"],
                createdOn: try row["created_on"], username: try row["edx_username"],
                fullName: try row["full_name"], email: try row["email"], runKey: try row["run_key"])
        }
    }

    /// Whether nothing of what the rules look at differs.
    public func isAs(_ other: EnrollmentRow) -> Bool {
        isActive == other.isActive && isEdxEnrolled == other.isEdxEnrolled && mode == other.mode
            && changeStatus == other.changeStatus
    }

    /// The row as an audit row keeps it (`spec/openedx.md` §14.3).
    var audit: JSONValue {
        .auditDocument([
            ("id", .audited(id)), ("created_on", .audited(createdOn)), ("updated_on", .audited(updatedOn)),
            ("user", .audited(userID)), ("change_status", .audited(changeStatus)), ("active", .bool(isActive)),
            ("enrollment_mode", .string(mode)), ("run", .audited(runID)), ("edx_enrolled", .bool(isEdxEnrolled)),
            ("edx_emails_subscription", .bool(receivesMails)), ("edx_enrollment_retry_count", .audited(retryCount)),
            ("username", .audited(username)), ("full_name", .string(fullName)), ("email", .string(email)),
            ("text_id", .string(runKey)),
        ])
    }
}

extension EnrollmentRow: CustomStringConvertible, CustomReflectable {
    /// The id alone: the row tells who the learner is.
    public var description: String { "enrollment \(id)" }

    /// A mirror without children, for the same reason.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
