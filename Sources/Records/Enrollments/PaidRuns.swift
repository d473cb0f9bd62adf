import Bytes
import Store

/// What learners have paid for: `courses_paidcourserun`, `courses_paidprogram`, and the lines of orders.
public enum PaidRuns {
    /// Notes that the learner has paid for the run with that order; a note that exists stays.
    ///
    /// - Throws: ``StoreError``.
    public static func add(
        user: Int, run: Int, order: Int, at now: Timestamp, in session: inout Session
    ) throws {
        try session.execute(
            """
            INSERT INTO courses_paidcourserun (created_on, updated_on, user_id, course_run_id, order_id)
            VALUES (\(now), \(now), \(user), \(run), \(order))
            ON CONFLICT (user_id, course_run_id, order_id) DO NOTHING
            """)
    }

    /// The same for a program.
    ///
    /// - Throws: ``StoreError``.
    public static func add(
        user: Int, program: Int, order: Int, at now: Timestamp, in session: inout Session
    ) throws {
        try session.execute(
            """
            INSERT INTO courses_paidprogram (created_on, updated_on, user_id, program_id, order_id)
            VALUES (\(now), \(now), \(user), \(program), \(order))
            ON CONFLICT (user_id, program_id, order_id) DO NOTHING
            """)
    }

    /// Forgets that the learner has paid for the run.
    ///
    /// - Throws: ``StoreError``.
    public static func delete(user: Int, run: Int, in session: inout Session) throws {
        try session.execute("DELETE FROM courses_paidcourserun WHERE user_id = \(user) AND course_run_id = \(run)")
    }

    /// Moves what the learner has paid for one run, by orders that are fulfilled, to another run
    /// (`spec/sheets.md` §8.3). What is there already is not doubled.
    ///
    /// - Throws: ``StoreError``.
    public static func move(
        of user: Int, from: Int, to: Int, at now: Timestamp, in session: inout Session
    ) throws {
        let fulfilled: SQL = """
            user_id = \(user) AND course_run_id = \(from)
                AND order_id IN (SELECT o.id FROM ecommerce_order o WHERE o.state = 'fulfilled')
            """
        try session.execute(
            """
            DELETE FROM courses_paidcourserun WHERE \(sql: fulfilled)
                AND order_id IN (SELECT p.order_id FROM courses_paidcourserun p
                    WHERE p.user_id = \(user) AND p.course_run_id = \(to))
            """)
        try session.execute(
            "UPDATE courses_paidcourserun SET course_run_id = \(to), updated_on = \(now) WHERE \(sql: fulfilled)")
    }

    /// The first line for the run among the learner's orders that are fulfilled or pending; nil without one.
    ///
    /// - Throws: ``StoreError``.
    public static func line(of user: Int, run: Int, in session: inout Session) throws -> Int? {
        try session.first(
            """
            SELECT l.id FROM ecommerce_line l JOIN ecommerce_order o ON o.id = l.order_id
            WHERE o.purchaser_id = \(user) AND o.state IN ('fulfilled', 'pending') AND l.purchased_object_id = \(run)
                AND l.purchased_content_type_id = (SELECT t.id FROM django_content_type t
                    WHERE t.app_label = 'courses' AND t.model = 'courserun')
            ORDER BY l.id LIMIT 1
            """
        ) { row in try row["id"] }
    }

    /// The runs in which a purchase of the program makes the learner verified (`spec/openedx.md` §6.3): live runs, none of them
    /// a source, of courses in the program's tree, which have that mode and can still be upgraded to it at `now`, and in which
    /// the learner is active in audit.
    ///
    /// - Throws: ``StoreError``.
    public static func upgradableRuns(
        of user: Int, program: Int, at now: Timestamp, in session: inout Session
    ) throws -> [Int] {
        try session.rows(
            """
            SELECT r.id FROM courses_courserunenrollment e JOIN courses_courserun r ON r.id = e.run_id
            WHERE e.user_id = \(user) AND e.active AND e.enrollment_mode = 'audit'
                AND r.live AND NOT r.is_source_run AND r.run_tag <> 'SOURCE'
                AND (r.upgrade_deadline IS NULL OR r.upgrade_deadline > \(now))
                AND r.course_id IN (SELECT q.course_id FROM courses_programrequirement q
                    WHERE q.program_id = \(program) AND q.node_type = 'course')
                AND EXISTS (SELECT 1 FROM courses_courserun_enrollment_modes m
                    JOIN courses_enrollmentmode k ON k.id = m.enrollmentmode_id
                    WHERE m.courserun_id = r.id AND k.mode_slug = 'verified')
            ORDER BY r.id
            """
        ) { row in try row["id"] }
    }
}
