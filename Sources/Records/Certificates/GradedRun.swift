import Bytes
import Store

/// A course run as far as grades and certificates go: a row of `courses_courserun`.
public struct GradedRun: Hashable, Sendable {
    /// Its id.
    public let id: Int
    /// Its key at Open edX.
    public let key: String
    /// The course that it is a run of.
    public let courseID: Int
    /// Whether learners go at their own pace; then certificates are issued at once.
    public let isSelfPaced: Bool
    /// From when on certificates are issued; nil when that is not known.
    public let certificatesFrom: Timestamp?

    /// Whether certificates are issued at `now`. A run with an instructor and without a date never comes to that
    /// (`spec/openedx.md` §8.1).
    public func issuesCertificates(at now: Timestamp) -> Bool {
        isSelfPaced || certificatesFrom.map { $0 <= now } ?? false
    }

    private static let columns: SQL =
        "r.id, r.courseware_id, r.course_id, r.is_self_paced, r.certificate_available_date"

    /// The runs whose grades are fetched at `now`, by id: live ones, those of organisations too, whose certificates were
    /// available for less than `window` or are not yet, and in which there is any enrollment (`spec/openedx.md` §8.1).
    ///
    /// - Throws: ``StoreError``.
    public static func due(
        at now: Timestamp, window: Duration, in session: inout Session
    ) throws -> [GradedRun] {
        let sql: SQL = """
            SELECT \(sql: columns) FROM courses_courserun r
            WHERE NOT r.is_source_run AND r.run_tag <> 'SOURCE' AND r.live
                AND r.variant_industry = '' AND r.variant_length = ''
                AND (r.certificate_available_date IS NULL OR r.certificate_available_date > \(now - window))
                AND EXISTS (SELECT 1 FROM courses_courserunenrollment e WHERE e.run_id = r.id)
            ORDER BY r.id
            """
        return try rows(sql, in: &session)
    }

    /// The run with that key, nil when there is none; source runs are none.
    ///
    /// - Throws: ``StoreError``.
    public static func named(_ key: String, in session: inout Session) throws -> GradedRun? {
        let sql: SQL = """
            SELECT \(sql: columns) FROM courses_courserun r
            WHERE r.courseware_id = \(key) AND NOT r.is_source_run AND r.run_tag <> 'SOURCE'
            """
        return try rows(sql, in: &session).first
    }

    /// The run with that id, nil when there is none; source runs are none.
    ///
    /// - Throws: ``StoreError``.
    public static func with(id: Int, in session: inout Session) throws -> GradedRun? {
        let sql: SQL = """
            SELECT \(sql: columns) FROM courses_courserun r
            WHERE r.id = \(id) AND NOT r.is_source_run AND r.run_tag <> 'SOURCE'
            """
        return try rows(sql, in: &session).first
    }

    private static func rows(_ sql: SQL, in session: inout Session) throws -> [GradedRun] {
        try session.rows(sql.labelled("courses_courserun")) { row in
            GradedRun(
                id: try row["id"], key: try row["courseware_id"], courseID: try row["course_id"],
                isSelfPaced: try row["is_self_paced"], certificatesFrom: try row["certificate_available_date"])
        }
    }
}
