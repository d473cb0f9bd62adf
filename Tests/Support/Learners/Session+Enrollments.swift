import Bytes
import Store

extension Session {
    /// A course with one run, whose id is `id`.
    public mutating func insertRun(
        _ id: Int, key: String, tag: String? = nil, live: Bool = true, isSource: Bool = false
    ) throws {
        let then = try Timestamp(fixture: "2026-01-01T00:00:00Z")
        try execute(
            """
            INSERT INTO courses_course (id, created_on, updated_on, title, readable_id, live)
            VALUES (\(id), \(then), \(then), 'Course', \("course-v1:MITx+\(id)"), \(true))
            """)
        try execute(
            """
            INSERT INTO courses_courserun (id, created_on, updated_on, title, courseware_id, run_tag, live, course_id,
                is_self_paced, is_source_run, has_courseware_url, is_primary_language, language, variant_industry,
                variant_length)
            VALUES (\(id), \(then), \(then), 'Run', \(key), \(tag ?? "3T2026"), \(live), \(id), \(true), \(isSource), \(true),
                \(true), '', '', '')
            """)
    }

    /// A row of `courses_courserunenrollment`.
    public mutating func insertEnrollment(
        _ id: Int, user: Int, run: Int, mode: String = "audit", active: Bool = true, edxEnrolled: Bool = false,
        changeStatus: String? = nil, retries: Int = 0, createdOn: String = "2026-09-14T00:00:00Z",
        updatedOn: String? = nil
    ) throws {
        let created = try Timestamp(fixture: createdOn)
        let updated = try updatedOn.map { try Timestamp(fixture: $0) } ?? created
        // So inserted, the next row that the database numbers does not get this id.
        try insert(
            into: "courses_courserunenrollment",
            columns: [
                "id", "created_on", "updated_on", "change_status", "active", "edx_enrolled", "run_id", "user_id",
                "edx_emails_subscription", "enrollment_mode", "edx_enrollment_retry_count",
            ]
        ) { add in
            try add([
                id.bind, created.bind, updated.bind, changeStatus.bind, active.bind, edxEnrolled.bind, run.bind,
                user.bind, false.bind, mode.bind, retries.bind,
            ])
        }
    }

    /// An enrollment as one line: `active verified unenrolled edx mails 4 2026-09-14T00:00:00Z`.
    public mutating func enrollmentLine(_ id: Int) throws -> String? {
        let sql: SQL = """
            SELECT active, enrollment_mode, change_status, edx_enrolled, edx_emails_subscription,
                edx_enrollment_retry_count, updated_on
            FROM courses_courserunenrollment WHERE id = \(id)
            """
        return try first(sql) { row in
            let (isActive, mode): (Bool, String) = (try row["active"], try row["enrollment_mode"])
            let status: String? = try row["change_status"]
            let (isEdx, mails): (Bool, Bool) = (try row["edx_enrolled"], try row["edx_emails_subscription"])
            let (retries, updated): (Int, Timestamp) = (try row["edx_enrollment_retry_count"], try row["updated_on"])
            let words: [String?] = [
                isActive ? "active" : "inactive", mode, status, isEdx ? "edx" : nil, mails ? "mails" : nil,
                "\(retries)",
                "\(updated)",
            ]
            return words.compactMap(\.self).joined(separator: " ")
        }
    }

    /// The audit rows of an enrollment, the oldest first: the documents before and after, and the cause.
    public mutating func enrollmentAudits(
        _ id: Int
    ) throws -> [(before: JSONValue, after: JSONValue, actor: Int?, cause: String?)] {
        let sql: SQL = """
            SELECT data_before, data_after, acting_user_id, call_stack FROM courses_courserunenrollmentaudit
            WHERE enrollment_id = \(id) ORDER BY id
            """
        return try rows(sql) { row in
            (
                before: try row["data_before"] ?? .null, after: try row["data_after"] ?? .null,
                actor: try row["acting_user_id"], cause: try row["call_stack"]
            )
        }
    }
}
