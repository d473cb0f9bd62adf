import Bytes
import Store

/// A row of `courses_programenrollment`, with what an audit row says of its learner and program.
public struct ProgramEnrollmentRow: Sendable {
    /// Its id.
    public let id: Int
    /// The learner.
    public let userID: Int
    /// The program.
    public let programID: Int
    /// Whether the learner is enrolled.
    public var isActive: Bool
    /// `audit` or `verified`.
    public var mode: String
    /// `deferred`, `transferred`, `refunded`, `unenrolled`, or nil.
    public var changeStatus: String?
    var updatedOn: Timestamp
    let createdOn: Timestamp
    let username: String?
    let fullName: String
    let email: String
    let readableID: String

    /// The row, locked until the transaction ends; nil when there is none.
    ///
    /// - Throws: ``StoreError``.
    public static func locked(_ id: Int, in session: inout Session) throws -> ProgramEnrollmentRow? {
        try locked("e.id = \(id)", in: &session)
    }

    /// The row of a learner and a program, active or not, locked until the transaction ends; nil when there is none.
    ///
    /// - Throws: ``StoreError``.
    public static func locked(user: Int, program: Int, in session: inout Session) throws -> ProgramEnrollmentRow? {
        try locked("e.user_id = \(user) AND e.program_id = \(program)", in: &session)
    }

    private static func locked(_ condition: SQL, in session: inout Session) throws -> ProgramEnrollmentRow? {
        try session.first(
            """
            SELECT e.id, e.user_id, e.program_id, e.active, e.enrollment_mode, e.change_status, e.created_on, e.updated_on,
                (SELECT o.edx_username FROM openedx_openedxuser o WHERE o.user_id = e.user_id AND o.platform = 'edx')
                    AS edx_username,
                (SELECT u.name FROM users_user u WHERE u.id = e.user_id) AS full_name,
                (SELECT u.email FROM users_user u WHERE u.id = e.user_id) AS email,
                (SELECT p.readable_id FROM courses_program p WHERE p.id = e.program_id) AS readable_id
            FROM courses_programenrollment e WHERE \(sql: condition) \(lock: .update)
            """ as SQL
        ) { row in
            ProgramEnrollmentRow(
                id: try row["id"], userID: try row["user_id"], programID: try row["program_id"],
                isActive: try row["active"], mode: try row["enrollment_mode"],
                changeStatus: try row["change_status"], updatedOn: try row["updated_on"],
                createdOn: try row["created_on"], username: try row["edx_username"],
                fullName: try row["full_name"], email: try row["email"], readableID: try row["readable_id"])
        }
    }

    /// The row as an audit row keeps it (`spec/openedx.md` §14.3).
    var audit: JSONValue {
        .auditDocument([
            ("id", .audited(id)), ("created_on", .audited(createdOn)), ("updated_on", .audited(updatedOn)),
            ("user", .audited(userID)), ("change_status", .audited(changeStatus)), ("active", .bool(isActive)),
            ("enrollment_mode", .string(mode)), ("program", .audited(programID)), ("username", .audited(username)),
            ("full_name", .string(fullName)), ("email", .string(email)), ("text_id", .string(readableID)),
        ])
    }
}

extension ProgramEnrollmentRow: CustomStringConvertible, CustomReflectable {
    /// The id alone: the row tells who the learner is.
    public var description: String { "program enrollment \(id)" }

    /// A mirror without children, for the same reason.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
