import Bytes
import Store

/// The modes of course runs: `courses_enrollmentmode` and what links them to runs (`spec/openedx.md` §7.2).
public enum EnrollmentModes {
    /// A mode as MITx Online has it.
    public struct Mode: Hashable, Sendable {
        /// `audit`, `verified`.
        public let slug: String
        /// The name that learners see.
        public let displayName: String
        /// Whether it costs something.
        public let requiresPayment: Bool

        /// A mode.
        public init(slug: String, displayName: String, requiresPayment: Bool) {
            self.slug = slug
            self.displayName = displayName
            self.requiresPayment = requiresPayment
        }
    }

    /// The longest slug and name that the table takes, in characters.
    public static let longestText = 255

    /// The modes of a run, in the order of their slugs.
    public static func modes(ofRun run: Int, in session: inout Session) throws -> [Mode] {
        try session.rows(
            """
            SELECT m.mode_slug, m.mode_display_name, m.requires_payment FROM courses_enrollmentmode m
            JOIN courses_courserun_enrollment_modes l ON l.enrollmentmode_id = m.id
            WHERE l.courserun_id = \(run) ORDER BY m.mode_slug, m.id
            """
        ) { row in
            Mode(
                slug: try row["mode_slug"], displayName: try row["mode_display_name"],
                requiresPayment: try row["requires_payment"])
        }
    }

    /// Sees to it that there are the modes and that the run has them, and returns how many it had not. What a mode that is there
    /// is called, and whether it costs something, stays; no mode is taken from a run.
    public static func link(_ modes: [Mode], toRun run: Int, in session: inout Session) throws -> Int {
        var linked = 0
        for mode in modes {
            try session.execute(
                """
                INSERT INTO courses_enrollmentmode (mode_slug, mode_display_name, requires_payment)
                VALUES (\(mode.slug), \(mode.displayName), \(mode.requiresPayment)) ON CONFLICT DO NOTHING
                """)
            linked += try session.execute(
                """
                INSERT INTO courses_courserun_enrollment_modes (courserun_id, enrollmentmode_id)
                SELECT r.id, m.id FROM courses_courserun r, courses_enrollmentmode m
                WHERE r.id = \(run) AND m.mode_slug = \(mode.slug)
                ON CONFLICT DO NOTHING
                """)
        }
        return linked
    }
}
