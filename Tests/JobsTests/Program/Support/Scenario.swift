import Bytes
import Store
import Support

/// One enrollment of each kind that the job knows, all in one run but one.
///
/// 1 ada is to be enrolled · 2 bob is enrolled in the LMS already · 3 cyd is inactive there, in another mode · 4 dan has no
/// account yet · 5 eve left · 6 fay is refused for good, for the fifth time · 7 gil is in a run that only MITx Online has.
extension ProgramStage {
    static let names = ["ada", "bob", "cyd", "dan", "eve", "fay", "gil"]

    /// The counters of an undisturbed run.
    static let counts = ["selected": 7, "enrolled": 5, "unenrolled": 1, "permanent": 1, "gave_up": 1]

    func prepareScenario() async throws {
        let (day, hour) = (ProgramStage.ago(.seconds(86_400)), ProgramStage.ago(.seconds(3600)))
        try await write { session in
            try session.insertRun(2, key: "course-v1:MITx+2+fake", tag: "fake-1T2026")
            for (index, name) in ProgramStage.names.enumerated() {
                try session.insertCanary(index + 11, name, isSynced: name != "dan")
            }
            func enroll(_ id: Int, run: Int = 1, _ mode: String, retries: Int = 0) throws {
                try session.insertEnrollment(id, user: 10 + id, run: run, mode: mode, retries: retries, createdOn: day)
            }
            try enroll(1, "verified")
            try enroll(2, "audit")
            try enroll(3, "verified")
            try enroll(4, "audit")
            try session.insertEnrollment(
                5, user: 15, run: 1, active: false, edxEnrolled: true, changeStatus: "unenrolled", createdOn: day,
                updatedOn: hour)
            try enroll(6, "audit", retries: 4)
            try enroll(7, run: 2, "audit")
        }
        for name in ProgramStage.names where !["dan", "gil"].contains(name) {
            lms.add(LMSUser(Canary.username(name), email: Canary.email(name)))
        }
        func there(_ name: String, isActive: Bool = true) {
            lms.add(
                LMSEnrollment(
                    run: ProgramStage.run, username: Canary.username(name), mode: "audit", isActive: isActive))
        }
        there("bob")
        there("cyd", isActive: false)
        there("eve")
        lms.update { $0.courses[ProgramStage.run]?.filtered = [Canary.username("fay")] }
    }

    /// `count` learners who are to be enrolled, from the ids 1 and 11 on.
    func prepareLearners(_ count: Int) async throws {
        let day = ProgramStage.ago(.seconds(86_400))
        try await write { session in
            for id in 1...count {
                try session.insertCanary(10 + id, "l\(id)", isSynced: true)
                try session.insertEnrollment(id, user: 10 + id, run: 1, mode: "verified", createdOn: day)
            }
        }
        for id in 1...count { lms.add(LMSUser(Canary.username("l\(id)"), email: Canary.email("l\(id)"))) }
    }

    /// What is to be the same however often a run was disturbed: rows, audit rows, what is left to do, and all that happened
    /// at the LMS.
    func finalState() async throws -> [String] {
        let rows = try await database.read { session -> [String] in
            let ids: [Int] = try session.rows("SELECT id FROM courses_courserunenrollment ORDER BY id") { row in
                try row["id"]
            }
            let enrollments = try ids.map { id in
                let line = try session.enrollmentLine(id) ?? ""
                let timeless = line.split(separator: " ").dropLast().joined(separator: " ")
                return "\(id): \(timeless), \(try session.enrollmentAudits(id).count) audit rows"
            }
            let accounts = try ids.map { id in "account \(id): \(try session.accountLine(of: 10 + id) ?? "-")" }
            let parked: [String] = try session.rows(
                "SELECT key FROM \(flows: "item") WHERE parked_at IS NOT NULL ORDER BY key"
            ) { row in
                "parked \(try row["key"] as String)"
            }
            let open: [String] = try session.rows("SELECT key FROM \(flows: "intent") ORDER BY key") { row in
                "open \(try row["key"] as String)"
            }
            return enrollments + accounts + parked + open
        }
        let state = lms.state
        let enrollments = state.enrollments.map { "\($0.username) \($0.mode) \($0.isActive ? "active" : "inactive")" }
        return rows + enrollments.sorted() + state.effects.map { "\($0)" }.sorted()
    }
}

extension Session {
    /// A learner all of whose fields are canaries.
    mutating func insertCanary(_ id: Int, _ name: String, isSynced: Bool) throws {
        let (word, username) = (Canary.word, Canary.username(name))
        try insertLearner(
            id, username: "\(username)-site", email: Canary.email(name), name: "\(word) \(name)",
            password: "pbkdf2$\(word)")
        try execute(
            """
            UPDATE users_legaladdress SET first_name = \(word), last_name = \(word), street_address_1 = \(word),
                street_address_2 = \(word), city = \(word), postal_code = 'kana-2000' WHERE user_id = \(id)
            """)
        try insertAccount(of: id, isSynced ? username : nil, desired: username, isSynced: isSynced)
    }
}
