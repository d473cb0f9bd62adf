import Store
import Support

/// What must hold when all is quiet, whatever happened before.
struct ScheduleCheck {
    let stage: RetryStage
    /// The enrollments that the application changed in the middle.
    let changed: Set<Int>

    /// What is wrong.
    func problems(_ rows: [ScheduleRow]) async throws -> [String] {
        var problems: [String] = []
        for row in rows { problems += try await self.problems(row) }
        for table in ["intent", "item"] where try await stage.count(table) > 0 { problems.append("\(table)s are left") }
        let accounts = stage.lms.effects.compactMap { effect in
            if case .accountCreated(_, let email) = effect { email } else { nil }
        }
        if Set(accounts).count < accounts.count { problems.append("an account was made twice: \(accounts)") }
        if !stage.lms.strays.isEmpty { problems.append("a request went to another host") }
        return problems
    }

    private func problems(_ row: ScheduleRow) async throws -> [String] {
        guard let state = try await stage.database.read({ session in try row.state(in: &session) }) else {
            return ["enrollment \(row.id) is gone"]
        }
        let there = stage.lms.enrollment(of: row.username, in: row.runKey)
        var problems: [String] = []
        if state.isActive {
            if !state.isEdx || there?.isActive != true || there?.mode != state.mode {
                problems.append("enrollment \(row.id) is \(state), but at the LMS \(String(describing: there))")
            }
        } else if state.isEdx || there?.isActive == true {
            problems.append(
                "enrollment \(row.id) was left and is \(state), but at the LMS \(String(describing: there))")
        }
        if state.retries > 0 { problems.append("enrollment \(row.id) was counted, though nothing refused it") }
        guard !changed.contains(row.id) else { return problems }
        let audits = try await stage.audits(row.id)
        let expected = row.kind == .settled ? 0 : 1
        if audits != expected { problems.append("enrollment \(row.id) has \(audits) audit rows, not \(expected)") }
        let enrollments = effects(of: row) { effect in
            switch effect {
            case .enrolled, .reactivated: true
            default: false
            }
        }
        let departures = effects(of: row) { effect in if case .deactivated = effect { true } else { false } }
        if enrollments > (row.kind == .pending ? 1 : 0) { problems.append("enrollment \(row.id) took effect twice") }
        if departures > (row.kind == .leaving ? 1 : 0) { problems.append("enrollment \(row.id) ended twice") }
        return problems
    }

    private func effects(of row: ScheduleRow, _ isMeant: (LMSEffect) -> Bool) -> Int {
        stage.lms.effects.count { effect in
            switch effect {
            case .enrolled(row.username, row.runKey, _), .reactivated(row.username, row.runKey, _),
                .deactivated(row.username, row.runKey):
                isMeant(effect)
            default: false
            }
        }
    }
}
