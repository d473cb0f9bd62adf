import Bytes
import Store
import Support

/// What must hold when all is quiet, whatever happened before.
struct JobsScheduleCheck {
    let world: JobsWorld
    let changes: JobsSchedule.Changes

    private var lms: FakeLMS { world.stage.lms }

    /// What is wrong.
    func problems() async throws -> [String] {
        let state = try await world.state()
        return accounts() + (try await enrollments()) + (try await certificates()) + (try await programs())
            + (try await mails()) + left(in: state)
    }

    private func rows<T: Sendable>(_ sql: SQL, _ body: @Sendable (borrowing Row) throws -> T) async throws -> [T] {
        try await world.stage.database.read { session in try session.rows(sql, body) }
    }

    /// One account for each address, for everybody.
    private func accounts() -> [String] {
        let made = lms.effects.compactMap { effect in
            if case .accountCreated(_, let email) = effect { email } else { nil }
        }
        var problems = made == ["cyd_n@example.org"] ? [] : ["accounts were made: \(made)"]
        if lms.state.users.count != JobsWorld.learners.count { problems.append("accounts: \(lms.state.users)") }
        if !lms.strays.isEmpty { problems.append("a request went to another host") }
        return problems
    }

    /// Open edX has everybody where MITx Online has them.
    private func enrollments() async throws -> [String] {
        let rows = try await rows(
            """
            SELECT e.id AS id, e.user_id AS user_id, r.courseware_id AS run, e.active AS active,
                e.enrollment_mode AS mode, e.edx_enrolled AS edx, e.edx_enrollment_retry_count AS retries,
                o.edx_username AS name
            FROM courses_courserunenrollment e JOIN courses_courserun r ON r.id = e.run_id
            JOIN openedx_openedxuser o ON o.user_id = e.user_id ORDER BY e.id
            """
        ) { row in
            let (id, user, retries): (Int, Int, Int) = (try row["id"], try row["user_id"], try row["retries"])
            let (run, name, mode): (String, String, String) = (try row["run"], try row["name"], try row["mode"])
            let (isActive, isEdx): (Bool, Bool) = (try row["active"], try row["edx"])
            return (
                id: id, user: user, retries: retries, run: run, name: name, mode: mode, isActive: isActive, isEdx: isEdx
            )
        }
        var problems = rows.count == 9 ? [] : ["there are \(rows.count) enrollments"]
        for row in rows {
            let there = lms.enrollment(of: row.name, in: row.run)
            let fits =
                row.isActive
                ? row.isEdx && there?.isActive == true && there?.mode == row.mode
                : !row.isEdx && there?.isActive != true
            if !fits { problems.append("enrollment \(row.id): \(row), at the LMS \(String(describing: there))") }
            if row.retries > 0 { problems.append("enrollment \(row.id) was counted, though nothing refused it") }
            let times = lms.effects.count { effect in
                switch effect {
                case .enrolled(row.name, row.run, _), .reactivated(row.name, row.run, _): true
                default: false
                }
            }
            if times > 1, !changes.enrollments.contains(row.user) {
                problems.append("enrollment \(row.id) took effect \(times) times")
            }
        }
        return problems
    }

    /// Who passed has one certificate; what was revoked stays so.
    private func certificates() async throws -> [String] {
        let rows = try await rows(
            """
            SELECT user_id, course_run_id AS run, is_revoked, verifiable_credential_id IS NOT NULL AS signed
            FROM courses_courseruncertificate ORDER BY user_id, id
            """
        ) { row in
            let (user, run): (Int, Int) = (try row["user_id"], try row["run"])
            return (user: user, run: run, isRevoked: try row["is_revoked"] as Bool, isSigned: try row["signed"] as Bool)
        }
        var problems: [String] = []
        for row in rows {
            if rows.count(where: { $0.user == row.user && $0.run == row.run }) > 1 {
                problems.append("learner \(row.user) has two certificates of run \(row.run)")
            }
            if row.isRevoked != changes.revoked.contains(row.user) {
                problems.append("certificate of learner \(row.user): revoked is \(row.isRevoked)")
            }
            if row.run == 101, !row.isSigned, !row.isRevoked {
                problems.append("the certificate of learner \(row.user) has no credential")
            }
        }
        let earned = [(12, 101), (16, 102), (17, 101), (18, 101)]
        for (user, run) in earned where !rows.contains(where: { $0.user == user && $0.run == run }) {
            if !changes.enrollments.contains(user) {
                problems.append("learner \(user) lacks the certificate of \(run)")
            }
        }
        for row in rows where !earned.contains(where: { $0 == (row.user, row.run) }) {
            problems.append("learner \(row.user) has a certificate of \(row.run) for nothing")
        }
        return problems
    }

    private func programs() async throws -> [String] {
        let rows = try await rows(
            "SELECT user_id, program_id FROM courses_programcertificate ORDER BY user_id, program_id"
        ) { row in "\(try row["user_id"] as Int) P\(try row["program_id"] as Int)" }
        var problems = Set(rows).count == rows.count ? [] : ["program certificates: \(rows)"]
        for (user, program) in [(12, 101), (16, 102), (16, 103), (17, 101), (18, 101)]
        where !rows.contains("\(user) P\(program)")
            && changes.enrollments.union(changes.revoked).isDisjoint(with: [user])
        {
            problems.append("learner \(user) lacks the certificate of program \(program)")
        }
        let enrollments = try await self.rows(
            "SELECT enrollment_mode AS mode FROM courses_programenrollment WHERE id = 16103"
        ) { row in try row["mode"] as String }
        if changes.enrollments.union(changes.revoked).isDisjoint(with: [16]), enrollments != ["verified"] {
            problems.append("the program enrollment was not upgraded")
        }
        return problems
    }

    /// Each mail waits once: one for the order, and as many as there were causes.
    private func mails() async throws -> [String] {
        let keys = try await rows("SELECT key FROM \(flows: "outbox") WHERE kind = 'mail'") { row in
            try row["key"] as String
        }
        var problems = Set(keys).count == keys.count ? [] : ["mails: \(keys)"]
        let order = try await rows(
            "SELECT payload FROM \(flows: "outbox") WHERE kind = 'mail' AND key LIKE 'enrollment:%'"
        ) { row in try row["payload"] as JSONValue }
        let bought = order.count { $0["user"]?.int == 11 }
        if bought > 1 || bought == 0 && !changes.enrollments.contains(11) {
            problems.append("the order has \(bought) mails")
        }
        return problems
    }

    /// Nothing is open, parked or waiting but mails, for which there is no service.
    private func left(in state: [String]) -> [String] {
        let left = state.filter { line in
            line.hasPrefix("intent:") || line.hasPrefix("item:")
                || (line.hasPrefix("outbox:") || line.hasPrefix("inbox:")) && !line.hasPrefix("outbox: mail")
                    && !(line.hasSuffix(" 0 1") || line.hasSuffix(" false true"))
        }
        return left.map { "left: \($0)" }
    }
}
