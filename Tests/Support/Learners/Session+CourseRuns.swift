import Bytes
import Store

extension Session {
    /// A course.
    public mutating func insertCourse(_ id: Int, _ readableID: String) throws {
        let then = try Timestamp(fixture: "2026-01-01T00:00:00Z")
        try execute(
            """
            INSERT INTO courses_course (id, created_on, updated_on, title, readable_id, live)
            VALUES (\(id), \(then), \(then), 'Course', \(readableID), \(true))
            """)
    }

    /// A run of a course, with the dates that the fake LMS has by itself: none.
    public mutating func insertCourseRun(
        _ id: Int, course: Int, key: String, tag: String = "3T2026", title: String = "Run", live: Bool = true,
        isSource: Bool = false, start: String? = nil, end: String? = nil, enrollmentEnd: String? = nil,
        expiration: String? = nil, upgradeDeadline: String? = nil, language: String = "", isPrimary: Bool = false
    ) throws {
        let then = try Timestamp(fixture: "2026-01-01T00:00:00Z")
        func instant(_ text: String?) throws -> Timestamp? { try text.map { try Timestamp(fixture: $0) } }
        let (start, end) = (try instant(start), try instant(end))
        let (enrollmentEnd, expiration) = (try instant(enrollmentEnd), try instant(expiration))
        let upgradeDeadline = try instant(upgradeDeadline)
        try execute(
            """
            INSERT INTO courses_courserun (id, created_on, updated_on, title, courseware_id, run_tag, live, course_id,
                is_self_paced, is_source_run, has_courseware_url, is_primary_language, language, variant_industry,
                variant_length, start_date, end_date, enrollment_end, expiration_date, upgrade_deadline,
                certificate_available_date)
            VALUES (\(id), \(then), \(then), \(title), \(key), \(tag), \(live), \(course), \(true), \(isSource), \(true),
                \(isPrimary), \(language), '', '', \(start), \(end), \(enrollmentEnd), \(expiration), \(upgradeDeadline),
                \(end))
            """)
    }

    /// A run as one line: title, the seven columns, `live`, expiration and when it was written.
    public mutating func courseRunLine(_ id: Int) throws -> String? {
        let sql: SQL = """
            SELECT title, start_date, end_date, enrollment_start, enrollment_end, certificate_available_date,
                expiration_date, upgrade_deadline, is_self_paced, live, updated_on
            FROM courses_courserun WHERE id = \(id)
            """
        return try first(sql) { row in
            let title: String = try row["title"]
            let dates: [(String, Timestamp?)] = [
                ("start", try row["start_date"]), ("end", try row["end_date"]),
                ("enroll", try row["enrollment_start"]), ("until", try row["enrollment_end"]),
                ("certificates", try row["certificate_available_date"]), ("expires", try row["expiration_date"]),
                ("upgrade", try row["upgrade_deadline"]),
            ]
            let (isSelfPaced, isLive): (Bool, Bool) = (try row["is_self_paced"], try row["live"])
            let updated: Timestamp = try row["updated_on"]
            var words = [title, isSelfPaced ? "self" : "instructor", isLive ? "live" : "hidden"]
            for case (let name, let date?) in dates { words.append("\(name)=\(date.date.text)") }
            words.append(updated.date.text)
            return words.joined(separator: " ")
        }
    }

    /// What waits in the outbox, the oldest first: `purge mitxonline:course:…`.
    public mutating func outboxLines(doneToo: Bool = false) throws -> [String] {
        let sql: SQL = """
            SELECT kind, key, done_at, parked_at FROM \(flows: "outbox") ORDER BY id
            """
        var lines: [String] = []
        try forEach(sql) { row in
            let (kind, key): (String, String) = (try row["kind"], try row["key"])
            let (done, parked): (Timestamp?, Timestamp?) = (try row["done_at"], try row["parked_at"])
            guard doneToo || done == nil else { return }
            lines.append("\(kind) \(key)" + (done == nil ? "" : " done") + (parked == nil ? "" : " parked"))
        }
        return lines
    }
}

extension CivilDate {
    /// `2026-09-15`.
    fileprivate var text: String {
        if case .text(let text) = bind { return text }
        return ""
    }
}
