import Bytes
import Store
import Support

/// An enrollment of a schedule, as it was in the beginning.
struct ScheduleRow: Sendable {
    /// How MITx Online had it.
    enum Kind: CaseIterable, Sendable {
        /// To be enrolled.
        case pending
        /// Left, which the LMS did not learn.
        case leaving
        /// The same here and there.
        case settled
    }

    let id: Int
    let user: Int
    let runKey: String
    let kind: Kind
    /// Whether the learner has an account at the LMS from the beginning.
    let isKnownToLMS: Bool

    var username: String { "learner_\(user)" }
    var email: String { "learner\(user)@example.org" }

    /// The row as it is now.
    func state(in session: inout Session) throws -> (isActive: Bool, mode: String, isEdx: Bool, retries: Int)? {
        let sql: SQL = """
            SELECT active, enrollment_mode, edx_enrolled, edx_enrollment_retry_count FROM courses_courserunenrollment
            WHERE id = \(id)
            """
        return try session.first(sql) { row in
            (
                isActive: try row["active"], mode: try row["enrollment_mode"], isEdx: try row["edx_enrolled"],
                retries: try row["edx_enrollment_retry_count"]
            )
        }
    }
}

extension RetrySchedule {
    /// Empties the tables, and fills them and the LMS by chance.
    func setUp() async throws -> [ScheduleRow] {
        try await stage.write { session in
            for table in [
                "courses_courserunenrollmentaudit", "courses_courserunenrollment", "courses_courserun",
                "courses_course",
                "oauth2_provider_accesstoken", "oauth2_provider_application", "openedx_openedxapiauth",
                "openedx_openedxuser", "users_legaladdress", "users_userprofile", "users_user",
            ] { try session.execute("DELETE FROM \(identifier: table)") }
            for table in ["lease", "run", "intent", "item", "rate"] {
                try session.execute("DELETE FROM \(flows: table)")
            }
            try session.insertApplication()
            for (index, key) in Self.runs.enumerated() { try session.insertRun(index + 1, key: key, tag: "R\(index)") }
        }
        for key in Self.runs { stage.lms.add(LMSCourse(key)) }
        var rows: [ScheduleRow] = []
        let last = 100 + number(2...5)
        var user = 101
        while user <= last || rows.isEmpty {
            rows += try await addLearner(user, rows.count)
            user += 1
        }
        return rows
    }

    private func addLearner(_ user: Int, _ count: Int) async throws -> [ScheduleRow] {
        let isSynced = chance(75)
        // An account that a killed process registered is not marked here.
        let isKnown = isSynced || chance(40)
        let email = "learner\(user)@example.org"
        try await stage.write { session in
            try session.insertLearner(user, email: email)
            try session.insertAccount(
                of: user, "learner_\(user)", desired: "learner_\(user)", isSynced: isSynced)
        }
        if isKnown { stage.lms.add(LMSUser("learner_\(user)", email: email)) }
        var rows: [ScheduleRow] = []
        for run in 1...Self.runs.count where chance(75) {
            let kind = isSynced ? pick(ScheduleRow.Kind.allCases) : .pending
            let row = ScheduleRow(
                id: count + rows.count + 1, user: user, runKey: Self.runs[run - 1], kind: kind, isKnownToLMS: isSynced)
            try await add(row, run: run)
            rows.append(row)
        }
        return rows
    }

    private func add(_ row: ScheduleRow, run: Int) async throws {
        let mode = pick(["audit", "verified"])
        let other = mode == "audit" ? "verified" : "audit"
        let isLeaving = row.kind == .leaving
        try await stage.write { session in
            try session.insertEnrollment(
                row.id, user: row.user, run: run, mode: mode, active: !isLeaving, edxEnrolled: row.kind != .pending,
                changeStatus: isLeaving ? "unenrolled" : nil, updatedOn: "2026-09-15T11:00:00Z")
        }
        guard row.isKnownToLMS else { return }
        func enrollment(_ mode: String, isActive: Bool) -> LMSEnrollment {
            LMSEnrollment(run: row.runKey, username: row.username, mode: mode, isActive: isActive)
        }
        let there: LMSEnrollment? =
            switch row.kind {
            case .settled: enrollment(mode, isActive: true)
            case .pending:
                pick([
                    nil, enrollment(mode, isActive: true), enrollment(other, isActive: true),
                    enrollment(mode, isActive: false), enrollment(other, isActive: false),
                ])
            case .leaving: pick([nil, enrollment(mode, isActive: true), enrollment(mode, isActive: false)])
            }
        if let there { stage.lms.add(there) }
        note(
            "enrollment \(row.id) of \(row.user): \(row.kind), \(mode); at the LMS: \(there.map { "\($0.mode) \($0.isActive)" } ?? "none")"
        )
    }
}
