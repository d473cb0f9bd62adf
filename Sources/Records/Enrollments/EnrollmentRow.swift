import Bytes
import Store

/// A row of `courses_courserunenrollment`, with what an audit row says of its learner and run.
public struct EnrollmentRow: Sendable {
    /// Its id.
    public let id: Int
    /// The learner.
    public let userID: Int
    /// Whether the learner is enrolled, as far as MITx Online knows.
    public internal(set) var isActive: Bool
    /// Whether Open edX knows it.
    public internal(set) var isEdxEnrolled: Bool
    /// `audit` or `verified`.
    public let mode: String
    /// `deferred`, `transferred`, `refunded`, `unenrolled`, or nil.
    public let changeStatus: String?
    var receivesMails: Bool
    var updatedOn: Timestamp
    let createdOn: Timestamp
    let runID: Int
    /// How often Open edX refused it for good.
    public let retryCount: Int
    let username: String?
    let fullName: String
    let email: String
    let runKey: String

    /// The row, locked until the transaction ends; nil when there is none.
    ///
    /// - Throws: ``StoreError``.
    public static func locked(_ id: Int, in session: inout Session) throws -> EnrollmentRow? {
        // The lock is on the enrollment alone, so what belongs to it is looked up rather than joined.
        try session.first(
            """
            SELECT e.id, e.user_id, e.run_id, e.active, e.edx_enrolled, e.enrollment_mode, e.change_status,
                e.edx_emails_subscription, e.created_on, e.updated_on, e.edx_enrollment_retry_count,
                (SELECT o.edx_username FROM openedx_openedxuser o WHERE o.user_id = e.user_id AND o.platform = 'edx')
                    AS edx_username,
                (SELECT u.name FROM users_user u WHERE u.id = e.user_id) AS full_name,
                (SELECT u.email FROM users_user u WHERE u.id = e.user_id) AS email,
                (SELECT r.courseware_id FROM courses_courserun r WHERE r.id = e.run_id) AS run_key
            FROM courses_courserunenrollment e WHERE e.id = \(id) \(lock: .update)
            """ as SQL
        ) { row in
            EnrollmentRow(
                id: try row["id"], userID: try row["user_id"], isActive: try row["active"],
                isEdxEnrolled: try row["edx_enrolled"], mode: try row["enrollment_mode"],
                changeStatus: try row["change_status"], receivesMails: try row["edx_emails_subscription"],
                updatedOn: try row["updated_on"], createdOn: try row["created_on"], runID: try row["run_id"],
                retryCount: try row["edx_enrollment_retry_count"], username: try row["edx_username"],
                fullName: try row["full_name"], email: try row["email"], runKey: try row["run_key"])
        }
    }

    /// The row as an audit row keeps it (`spec/openedx.md` §14.3).
    var audit: JSONValue {
        func number(_ value: Int) -> JSONValue { .number(String(value)) }
        func text(_ value: String?) -> JSONValue { value.map(JSONValue.string) ?? .null }
        let members: [(String, JSONValue)] = [
            ("id", number(id)), ("created_on", .string(createdOn.inMilliseconds)),
            ("updated_on", .string(updatedOn.inMilliseconds)), ("user", number(userID)),
            ("change_status", text(changeStatus)), ("active", .bool(isActive)), ("enrollment_mode", .string(mode)),
            ("run", number(runID)), ("edx_enrolled", .bool(isEdxEnrolled)),
            ("edx_emails_subscription", .bool(receivesMails)), ("edx_enrollment_retry_count", number(retryCount)),
            ("username", text(username)), ("full_name", .string(fullName)), ("email", .string(email)),
            ("text_id", .string(runKey)),
        ]
        return .object(members.map { JSONValue.Member(key: $0.0, value: $0.1) })
    }
}

extension Timestamp {
    /// ISO 8601 with milliseconds, cut off, or without a fraction when the microseconds are zero.
    fileprivate var inMilliseconds: String {
        let whole = Timestamp(microseconds: wholeSeconds * 1_000_000)
        if whole == self { return description }
        let milliseconds = (microseconds - whole.microseconds) / 1000
        let digits = String(1000 + milliseconds).dropFirst()
        return whole.description.dropLast() + "." + digits + "Z"
    }
}

extension EnrollmentRow: CustomStringConvertible, CustomReflectable {
    /// The id alone: the row tells who the learner is.
    public var description: String { "enrollment \(id)" }

    /// A mirror without children, for the same reason.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
