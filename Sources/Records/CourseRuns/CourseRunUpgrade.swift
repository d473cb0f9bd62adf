import Bytes
import Store

/// Until when learners of a run may change to a mode that costs something.
public struct CourseRunUpgrade: Sendable {
    /// The id of the run.
    public let id: Int
    /// The readable id of its course.
    public let courseKey: String
    /// `upgrade_deadline`.
    public let deadline: Timestamp?

    /// The row, locked until the transaction ends; nil when there is none.
    ///
    /// - Throws: ``StoreError``.
    public static func locked(_ id: Int, in session: inout Session) throws -> CourseRunUpgrade? {
        try session.first(
            """
            SELECT r.id, r.upgrade_deadline,
                (SELECT c.readable_id FROM courses_course c WHERE c.id = r.course_id) AS course_key
            FROM courses_courserun r WHERE r.id = \(id) \(lock: .update)
            """ as SQL
        ) { row in
            CourseRunUpgrade(id: try row["id"], courseKey: try row["course_key"], deadline: try row["upgrade_deadline"])
        }
    }

    /// Sets the deadline, which may be nil, and notes that the row was written.
    public func set(_ deadline: Timestamp?, at now: Timestamp, in session: inout Session) throws {
        try session.execute(
            "UPDATE courses_courserun SET upgrade_deadline = \(deadline), updated_on = \(now) WHERE id = \(id)")
    }
}
