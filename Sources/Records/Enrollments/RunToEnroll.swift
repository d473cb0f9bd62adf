import Bytes
import Store

/// A course run as enrolling somebody in it needs to know it.
public struct RunToEnroll: Sendable {
    /// Its id.
    public let id: Int
    /// Its key: `course-v1:MITx+6.00x+3T2026`.
    public let key: String
    /// The course it is a run of.
    public let courseID: Int
    /// Whether it exists in MITx Online alone: its tag begins with `fake`.
    public let isFake: Bool
    /// Whether other runs are copied from it; nobody is enrolled in such a run.
    public let isSource: Bool
    /// The contract that it was made for; nil for a run that is open to all.
    public let contractID: Int?
    private let isLive: Bool
    private let hasStart: Bool
    private let enrollmentStart: Timestamp?
    private let enrollmentEnd: Timestamp?

    /// Whether learners may enroll at `now` (`spec/openedx.md` §1).
    public func isEnrollable(at now: Timestamp) -> Bool {
        isLive && hasStart && (enrollmentStart.map { $0 <= now } ?? false) && (enrollmentEnd.map { $0 > now } ?? true)
    }

    /// The runs of those ids, in their order; those that there are not are left out.
    ///
    /// - Throws: ``StoreError``.
    public static func rows(_ ids: [Int], in session: inout Session) throws -> [RunToEnroll] {
        let found = try rows(where: "id \(in: ids)", in: &session)
        let byID = Dictionary(found.map { ($0.id, $0) }) { first, _ in first }
        return ids.compactMap { byID[$0] }
    }

    /// The run with that key; nil when there is none.
    ///
    /// - Throws: ``StoreError``.
    public static func row(_ key: String, in session: inout Session) throws -> RunToEnroll? {
        try rows(where: "courseware_id = \(key)", in: &session).first
    }

    /// The runs with those keys that are no source runs.
    ///
    /// - Throws: ``StoreError``.
    public static func rows(keys: [String], in session: inout Session) throws -> [RunToEnroll] {
        try rows(where: "courseware_id \(in: keys)", in: &session).filter { !$0.isSource }
    }

    private static func rows(where condition: SQL, in session: inout Session) throws -> [RunToEnroll] {
        let sql: SQL = """
            SELECT id, courseware_id, course_id, run_tag, is_source_run, b2b_contract_id, live, start_date,
                enrollment_start, enrollment_end
            FROM courses_courserun WHERE \(sql: condition)
            """
        return try session.rows(sql.labelled("courses_courserun")) { row in
            let tag: String = try row["run_tag"]
            let start: Timestamp? = try row["start_date"]
            return RunToEnroll(
                id: try row["id"], key: try row["courseware_id"], courseID: try row["course_id"],
                isFake: tag.hasPrefix("fake"), isSource: try row["is_source_run"] || tag == "SOURCE",
                contractID: try row["b2b_contract_id"], isLive: try row["live"], hasStart: start != nil,
                enrollmentStart: try row["enrollment_start"], enrollmentEnd: try row["enrollment_end"])
        }
    }
}
