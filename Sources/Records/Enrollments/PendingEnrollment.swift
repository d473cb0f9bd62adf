import Bytes
import Store

/// An enrollment that Open edX does not know of as MITx Online has it: a learner who is to be enrolled, or one who left.
public struct PendingEnrollment: Sendable {
    /// What Open edX is to be told.
    public enum Change: Hashable, Sendable {
        /// The learner is enrolled.
        case enroll
        /// The learner left.
        case leave
    }

    /// The id of the row.
    public let id: Int
    /// What is to be told.
    public let change: Change
    /// The learner.
    public let userID: Int
    /// The key of the course run: `course-v1:MITx+6.00x+3T2026`.
    public let runKey: String
    /// Whether the run exists in MITx Online alone: its tag begins with `fake`.
    public let isFakeRun: Bool
    /// `audit` or `verified`.
    public let mode: String
    /// Whether Open edX has the enrollment, as far as this row knows.
    public let isEdxEnrolled: Bool
    /// The learner's name in Open edX, if one was chosen.
    public let username: String?
    /// Whether the learner's account is known to exist there.
    public let isSynced: Bool

    /// The rows of those ids as they are now, in the order of `ids`; rows that need no change any more are left out, unless
    /// `enrolledToo` lets through those that Open edX is said to have.
    ///
    /// - Throws: ``StoreError``.
    public static func rows(
        _ ids: some Collection<Int>, enrolledToo: Bool = false, in session: inout Session
    ) throws -> [PendingEnrollment] {
        var found: [Int: PendingEnrollment] = [:]
        try session.forEach(
            """
            SELECT e.id, e.user_id, e.active, e.edx_enrolled, e.enrollment_mode, r.courseware_id, r.run_tag,
                o.edx_username, o.has_been_synced
            FROM courses_courserunenrollment e
            JOIN courses_courserun r ON r.id = e.run_id
            LEFT JOIN openedx_openedxuser o ON o.user_id = e.user_id AND o.platform = 'edx'
            WHERE e.id \(in: ids)
            """
        ) { row in
            let isActive: Bool = try row["active"]
            let isEdxEnrolled: Bool = try row["edx_enrolled"]
            guard isActive != isEdxEnrolled || enrolledToo && isActive else { return }
            let tag: String = try row["run_tag"]
            let id: Int = try row["id"]
            found[id] = PendingEnrollment(
                id: id, change: isActive ? .enroll : .leave, userID: try row["user_id"],
                runKey: try row["courseware_id"], isFakeRun: tag.hasPrefix("fake"), mode: try row["enrollment_mode"],
                isEdxEnrolled: isEdxEnrolled, username: try row["edx_username"],
                isSynced: try row["has_been_synced"] ?? false)
        }
        return ids.compactMap { found[$0] }
    }
}

extension PendingEnrollment: CustomStringConvertible, CustomReflectable {
    /// `enrollment 812`: the row tells who the learner is.
    public var description: String { "enrollment \(id)" }

    /// A mirror without children, for the same reason.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
