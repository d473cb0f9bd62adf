import Bytes
import Store

/// What a run is to be at Studio once it was cloned (`spec/openedx.md` §7.5).
public struct CloneRow: Sendable {
    /// Its id.
    public let id: Int
    /// Its key.
    public let key: String
    /// Its title.
    public let title: String
    /// Whether learners go at their own pace.
    public let isSelfPaced: Bool
    /// The dates.
    public let start, end, enrollmentStart, enrollmentEnd: Timestamp?
    /// The modes that it has here.
    public let modes: [EnrollmentModes.Mode]

    /// The run of that id; nil when there is none.
    ///
    /// - Throws: ``StoreError``.
    public static func row(_ id: Int, in session: inout Session) throws -> CloneRow? {
        let modes = try EnrollmentModes.modes(ofRun: id, in: &session)
        return try session.first(
            """
            SELECT id, courseware_id, title, is_self_paced, start_date, end_date, enrollment_start, enrollment_end
            FROM courses_courserun WHERE id = \(id)
            """
        ) { row in
            CloneRow(
                id: try row["id"], key: try row["courseware_id"], title: try row["title"],
                isSelfPaced: try row["is_self_paced"], start: try row["start_date"], end: try row["end_date"],
                enrollmentStart: try row["enrollment_start"], enrollmentEnd: try row["enrollment_end"], modes: modes)
        }
    }

    /// The id of the run with that key, source runs included; nil when there is none.
    public static func id(ofRun key: String, in session: inout Session) throws -> Int? {
        try session.first("SELECT id FROM courses_courserun WHERE courseware_id = \(key)") { row in try row["id"] }
    }
}
