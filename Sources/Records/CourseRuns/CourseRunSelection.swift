import Bytes
import Store

/// Which course runs are kept up to date (`spec/openedx.md` §7.1).
public enum CourseRunSelection {
    /// A run that was selected.
    public struct Entry: Hashable, Sendable {
        /// Its id.
        public let id: Int
        /// Its key at Open edX.
        public let key: String
    }

    /// The runs that the timer's job looks at: live, not expired, none that serves as a source, and none of a test.
    ///
    /// - Parameter fakeToo: whether runs of tests are looked at too, as an operator's `--all` has it (§17).
    public static func current(
        at now: Timestamp, fakeToo: Bool = false, limit: Int? = nil, in session: inout Session
    ) throws -> [Entry] {
        try session.rows(
            """
            SELECT id, courseware_id FROM courses_courserun
            WHERE live AND NOT is_source_run AND run_tag <> 'SOURCE'
                AND (expiration_date IS NULL OR expiration_date > \(now))
                AND (\(fakeToo) OR substr(run_tag, 1, 5) <> 'fake-')
            ORDER BY id LIMIT \(limit ?? Int.max)
            """, entry)
    }

    /// The runs with those keys that do not serve as a source, whatever else they are.
    public static func named(_ keys: [String], in session: inout Session) throws -> [Entry] {
        try session.rows(
            """
            SELECT id, courseware_id FROM courses_courserun
            WHERE courseware_id \(in: keys) AND NOT is_source_run AND run_tag <> 'SOURCE' ORDER BY id
            """, entry)
    }

    @Sendable private static func entry(_ row: borrowing Row) throws -> Entry {
        Entry(id: try row["id"], key: try row["courseware_id"])
    }
}

/// Whether a text is the key of a run, as Open edX has them.
public enum CourseRunKey {
    /// Whether the text is `course-v1:<org>+<course>+<run>` (`^course-v1:[^+]+\+[^+]+\+[^+]+$`).
    public static func isValid(_ text: String) -> Bool { parts(of: text) != nil }

    /// The three parts of a key; nil when it is none.
    public static func parts(of text: String) -> (organization: String, course: String, run: String)? {
        guard text.utf8.starts(with: prefix.utf8), !text.utf8.contains(UInt8(ascii: "\n")) else { return nil }
        let parts = text.dropFirst(prefix.count).split(separator: "+", omittingEmptySubsequences: false)
        guard parts.count == 3, parts.allSatisfy({ !$0.isEmpty }) else { return nil }
        return (String(parts[0]), String(parts[1]), String(parts[2]))
    }

    private static let prefix = "course-v1:"
}
