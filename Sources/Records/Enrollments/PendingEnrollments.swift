import Bytes
import Store

/// Which enrollments are to be brought to Open edX (`spec/openedx.md` §6.4, §6.5).
public enum PendingEnrollments {
    /// After so many failures for good an enrollment is given up.
    public static let cap = 5
    /// So long the one who changed the row may still be telling Open edX itself.
    private static let grace = Duration.seconds(300)
    /// After so long a learner who left is not looked at any more.
    private static let leavingWindow = Duration.seconds(7 * 86_400)

    /// An enrollment that is due.
    public struct Due: Hashable, Sendable {
        /// The id of the row.
        public let id: Int
        /// Whether the learner left, rather than is to be enrolled.
        public let isLeaving: Bool
        /// When it was made, or when the learner left.
        public let since: Timestamp
    }

    /// What an operator chose: these learners, this run.
    public struct Choice: Hashable, Sendable {
        /// The learners; nil is all.
        public let users: [Int]?
        /// The key of the run; nil is all.
        public let runKey: String?

        /// A choice.
        public init(users: [Int]?, runKey: String?) {
            self.users = users
            self.runKey = runKey
        }

        /// The condition on an enrollment `e`.
        fileprivate var condition: SQL {
            switch (users, runKey) {
            case (let users?, let key?):
                """
                e.user_id \(in: users)
                AND e.run_id IN (SELECT r.id FROM courses_courserun r WHERE r.courseware_id = \(key))
                """
            case (let users?, nil): "e.user_id \(in: users)"
            case (nil, let key?):
                "e.run_id IN (SELECT r.id FROM courses_courserun r WHERE r.courseware_id = \(key))"
            case (nil, nil): "1 = 1"
            }
        }
    }

    /// What is due at `now`: those to be enrolled with the fewest failures first, then the oldest, then those who left.
    ///
    /// - Throws: ``StoreError``.
    public static func due(at now: Timestamp, limit: Int? = nil, in session: inout Session) throws -> [Due] {
        try session.rows(selection(at: now, limit: limit)) { row in
            Due(id: try row["id"], isLeaving: try row["leaving"], since: try row["since"])
        }
    }

    static func selection(at now: Timestamp, limit: Int?) -> SQL {
        """
        SELECT e.id, NOT e.active AS leaving, CASE WHEN e.active THEN e.created_on ELSE e.updated_on END AS since
        FROM courses_courserunenrollment e WHERE \(sql: condition(at: now))
        ORDER BY leaving, e.edx_enrollment_retry_count, e.created_on, e.id LIMIT \(limit ?? Int.max)
        """
    }

    /// How many are due, and when the oldest was made or left.
    ///
    /// - Throws: ``StoreError``.
    public static func backlog(at now: Timestamp, in session: inout Session) throws -> (count: Int, oldest: Timestamp?)
    {
        try session.first(
            """
            SELECT count(*) AS count, min(CASE WHEN e.active THEN e.created_on ELSE e.updated_on END) AS oldest
            FROM courses_courserunenrollment e WHERE \(sql: condition(at: now))
            """
        ) { row in (count: try row["count"], oldest: try row["oldest"]) } ?? (0, nil)
    }

    /// The first term is also that of the index that `migrate --indexes` offers.
    ///
    /// The learner is looked up last, and for the few rows alone that pass the rest. A join would tempt PostgreSQL, which
    /// takes a comparison of two columns to be true of most rows, to read all learners.
    private static func condition(at now: Timestamp) -> SQL {
        """
        e.active <> e.edx_enrolled AND (
            e.active AND e.created_on < \(now - grace) AND e.edx_enrollment_retry_count < \(cap)
            OR NOT e.active AND e.change_status \(in: EnrollmentRow.leavingStatuses)
                AND e.updated_on < \(now - grace) AND e.updated_on > \(now - leavingWindow))
            AND (NOT e.active OR (SELECT u.is_active FROM users_user u WHERE u.id = e.user_id))
        """
    }

    /// Those of a choice, whatever their age and their failures; with `enrolledToo` also those that Open edX is said to have.
    ///
    /// - Throws: ``StoreError``.
    public static func chosen(
        _ choice: Choice, enrolledToo: Bool, limit: Int? = nil, in session: inout Session
    ) throws -> [Due] {
        try session.rows(
            """
            SELECT e.id, e.created_on FROM courses_courserunenrollment e JOIN users_user u ON u.id = e.user_id
            WHERE e.active AND (NOT e.edx_enrolled OR \(enrolledToo)) AND u.is_active AND \(sql: choice.condition)
            ORDER BY e.edx_enrollment_retry_count, e.created_on, e.id LIMIT \(limit ?? Int.max)
            """
        ) { row in Due(id: try row["id"], isLeaving: false, since: try row["created_on"]) }
    }

    /// Whether the enrollment is still to be brought to Open edX in this mode, asked at the last moment; and whether `username` is
    /// still the learner's, since a name that was changed may be another's by now. Nil is no name.
    ///
    /// - Throws: ``StoreError``.
    public static func isAwaited(
        _ pending: PendingEnrollment, as username: String?, in session: inout Session
    ) throws -> Bool {
        let condition: SQL =
            switch pending.change {
            case .enroll:
                """
                e.active AND e.edx_enrolled = \(pending.isEdxEnrolled) AND e.enrollment_mode = \(pending.mode)
                    AND (SELECT u.is_active FROM users_user u WHERE u.id = e.user_id)
                """
            case .leave:
                "NOT e.active AND e.edx_enrolled AND e.change_status \(in: EnrollmentRow.leavingStatuses)"
            }
        return try session.first(
            """
            SELECT (SELECT o.edx_username FROM openedx_openedxuser o WHERE o.user_id = e.user_id AND o.platform = 'edx')
                AS edx_username
            FROM courses_courserunenrollment e WHERE e.id = \(pending.id) AND \(sql: condition)
            """
        ) { row in
            let current: String? = try row["edx_username"]
            return username.map { name in current.map { ByteKey($0) == ByteKey(name) } ?? false } ?? true
        } ?? false
    }

    /// Those of `ids` whose learners left, which Open edX did not learn.
    ///
    /// - Throws: ``StoreError``.
    public static func leaving(among ids: [Int], in session: inout Session) throws -> Set<Int> {
        let found: [Int] = try session.rows(
            """
            SELECT id FROM courses_courserunenrollment
            WHERE id \(in: ids) AND NOT active AND edx_enrolled AND change_status \(in: EnrollmentRow.leavingStatuses)
            """
        ) { row in try row["id"] }
        return Set(found)
    }

    /// Lets learners who left be looked at again, however long ago that was.
    ///
    /// - Throws: ``StoreError``.
    public static func renewLeaving(of ids: [Int], at now: Timestamp, in session: inout Session) throws {
        try session.execute(
            """
            UPDATE courses_courserunenrollment SET updated_on = \(now - grace - .seconds(1))
            WHERE id \(in: ids) AND NOT active AND edx_enrolled AND change_status \(in: EnrollmentRow.leavingStatuses)
                AND updated_on < \(now - leavingWindow + .seconds(86_400))
            """)
    }

    /// The partial index that helps on a large table. It is offered, never made silently: the table is MITx Online's.
    ///
    /// It holds every column that the search looks at, so that what is not due is never looked up in the table; PostgreSQL would
    /// not use a narrower one, since it expects most rows to be in it.
    public static let index = """
        CREATE INDEX IF NOT EXISTS flows_enrollment_pending
        ON courses_courserunenrollment (edx_enrollment_retry_count, created_on, id, user_id, active, edx_enrolled,
            change_status, updated_on)
        WHERE active <> edx_enrolled
        """

    /// The enrollments that were given up, the longest first: ids and how often they failed.
    ///
    /// - Throws: ``StoreError``.
    public static func givenUp(in session: inout Session) throws -> [(id: Int, failures: Int)] {
        try session.rows(
            """
            SELECT e.id, e.edx_enrollment_retry_count AS failures
            FROM courses_courserunenrollment e JOIN users_user u ON u.id = e.user_id
            WHERE e.active AND NOT e.edx_enrolled AND u.is_active AND e.edx_enrollment_retry_count >= \(cap)
            ORDER BY e.created_on, e.id
            """
        ) { row in (id: try row["id"], failures: try row["failures"]) }
    }

    /// Sets the counter of failures to 0 for the awaited enrollments of a choice, and returns their ids.
    ///
    /// - Parameter exhaustedOnly: leaves out those that have not been given up.
    /// - Throws: ``StoreError``.
    public static func resetRetryCounts(
        _ choice: Choice, exhaustedOnly: Bool, in session: inout Session
    ) throws -> [Int] {
        try session.rows(
            """
            UPDATE courses_courserunenrollment AS e SET edx_enrollment_retry_count = 0
            WHERE e.active AND NOT e.edx_enrolled AND e.edx_enrollment_retry_count >= \(exhaustedOnly ? cap : 0)
                AND \(sql: choice.condition)
            RETURNING id
            """
        ) { row in try row["id"] }
    }

    /// The same for rows of those ids that were given up.
    ///
    /// - Throws: ``StoreError``.
    public static func resetRetryCounts(of ids: [Int], in session: inout Session) throws -> Int {
        try session.execute(
            """
            UPDATE courses_courserunenrollment SET edx_enrollment_retry_count = 0
            WHERE id \(in: ids) AND active AND NOT edx_enrolled AND edx_enrollment_retry_count >= \(cap)
            """)
    }
}
