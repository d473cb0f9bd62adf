import Bytes
import Store

/// Rows for enrollments that Open edX has and MITx Online does not, many at once.
public enum EnrollmentImport {
    /// An enrollment at Open edX.
    public struct Enrollment: Hashable, Sendable {
        let username: String
        let mode: String
        let isActive: Bool

        /// An enrollment of the learner with that name at Open edX.
        public init(username: String, mode: String, isActive: Bool) {
            self.username = username
            self.mode = mode
            self.isActive = isActive
        }
    }

    /// How many rows are missing or were made, and of how many learners nothing is known.
    public struct Outcome: Hashable, Sendable {
        /// Rows.
        public let created: Int
        /// Learners.
        public let strangers: Int
    }

    /// What is to be made.
    public struct Missing: Sendable {
        fileprivate let users: [(user: Int, enrollment: Enrollment)]
        fileprivate let strangers: Int

        /// The same as numbers.
        public var outcome: Outcome { Outcome(created: users.count, strangers: strangers) }
    }

    /// Those of the enrollments in a run that there are no rows of. Names are those at Open edX, in any letter case.
    ///
    /// - Throws: ``StoreError``.
    public static func missing(
        _ enrollments: [Enrollment], in run: Int, in session: inout Session
    ) throws -> Missing {
        let byName = Dictionary(enrollments.map { ($0.username.lowercased(), $0) }) { _, last in last }
        var strangers = Set(byName.keys)
        var users: [(user: Int, enrollment: Enrollment)] = []
        try session.forEach(
            """
            SELECT o.user_id AS user_id, lower(o.edx_username) AS name,
                (SELECT e.id FROM courses_courserunenrollment e WHERE e.user_id = o.user_id AND e.run_id = \(run))
                    AS enrollment
            FROM openedx_openedxuser o
            WHERE o.platform = 'edx' AND lower(o.edx_username) \(in: byName.keys.sorted()) ORDER BY o.user_id
            """
        ) { row in
            let name: String = try row["name"]
            strangers.remove(name)
            let known: Int? = try row["enrollment"]
            guard known == nil, let enrollment = byName[name] else { return }
            users.append((try row["user_id"], enrollment))
        }
        return Missing(users: users, strangers: strangers.count)
    }

    /// Makes the missing rows, with audit rows: in a number of statements that does not grow with theirs.
    ///
    /// - Throws: ``StoreError``.
    public static func add(
        _ enrollments: [Enrollment], to run: Int, stamp: String, at now: Timestamp, in session: inout Session
    ) throws -> Outcome {
        let missing = try missing(enrollments, in: run, in: &session)
        guard !missing.users.isEmpty else { return missing.outcome }
        var ids: [Int] = []
        for (kind, members) in Dictionary(grouping: missing.users, by: { Kind($0.enrollment) }).sorted(by: {
            $0.key < $1.key
        }) {
            // Whoever was enrolled by another at this moment keeps that row.
            ids += try session.rows(
                """
                INSERT INTO courses_courserunenrollment (created_on, updated_on, user_id, run_id, active, change_status,
                    enrollment_mode, edx_enrolled, edx_emails_subscription, edx_enrollment_retry_count)
                SELECT \(now), \(now), u.id, \(run), \(kind.isActive), NULL, \(kind.mode), \(true), \(false), 0
                FROM users_user u WHERE u.id \(in: members.map(\.user)) ORDER BY u.id
                ON CONFLICT (user_id, run_id) DO NOTHING RETURNING id
                """
            ) { row in try row["id"] }
        }
        let made = try EnrollmentRow.rows("e.id \(in: ids)", isLocked: false, in: &session)
        try session.insert(
            into: "courses_courserunenrollmentaudit",
            columns: [
                "created_on", "updated_on", "data_before", "data_after", "acting_user_id", "enrollment_id",
                "call_stack",
            ]
        ) { add in
            for row in made {
                try add([now.bind, now.bind, .null, row.audit.bind, .null, row.id.bind, stamp.bind])
            }
        }
        return Outcome(created: made.count, strangers: missing.strangers)
    }

    private struct Kind: Hashable, Comparable {
        let mode: String
        let isActive: Bool

        init(_ enrollment: Enrollment) {
            mode = enrollment.mode
            isActive = enrollment.isActive
        }

        static func < (left: Kind, right: Kind) -> Bool {
            (left.mode, left.isActive ? 1 : 0) < (right.mode, right.isActive ? 1 : 0)
        }
    }
}
