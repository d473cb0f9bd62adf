import Bytes
import Records
import Services
import Store
import Worker

/// What became of an enrollment that was brought to Open edX.
enum PushedChange: Sendable {
    case enrolled
    /// It was enrolled here and there before.
    case confirmed
    case unenrolled
    case superseded

    var counter: Counter {
        switch self {
        case .enrolled, .confirmed: .enrolled
        case .unenrolled: .unenrolled
        case .superseded: .superseded
        }
    }
}

extension EnrollmentRetry {
    /// The answer of a call says no more than that it is done.
    typealias PushStep = Step<Void, PushedChange>

    func step(for member: Member) -> PushStep {
        let pending = member.pending
        var step =
            switch pending.change {
            case .enroll: enrolling(member)
            case .leave: leaving(member)
            }
        let isThere = member.current?.isActive == true
        let isDone =
            switch pending.change {
            case .enroll: pending.isFakeRun || isThere && member.current?.mode == pending.mode
            case .leave: pending.isFakeRun || !isThere
            }
        step.knowledge = isDone ? .present(()) : .absent
        return step
    }

    private func enrolling(_ member: Member) -> PushStep {
        let pending = member.pending
        return PushStep(
            key: pending.key,
            summary: "enroll \(pending.name) in \(pending.runKey) as \(pending.mode)",
            digest: digest("enroll", pending),
            isWanted: { session in
                if try PendingEnrollments.isAwaited(pending, as: member.username, in: &session) { return true }
                // Whoever left since the list was asked for is still there, which perhaps nobody else knows.
                if member.current?.isActive == true, let row = try EnrollmentRow.locked(pending.id, in: &session) {
                    try row.markOvertaken(by: row.mode, in: &session)
                }
                return false
            },
            ask: { try await isThere(member) { $0?.isActive == true && $0?.mode == pending.mode } },
            call: { try await enroll(member) },
            record: { _, session in try recordEnrolled(pending, in: &session) })
    }

    private func enroll(_ member: Member) async throws {
        let pending = member.pending
        guard let username = member.username else { throw Postponed("the learner has no name at Open edX") }
        _ = try await client.enroll(username, in: pending.runKey, mode: pending.mode) {
            pending.isSynced ? try await repaired(pending) : nil
        }
    }

    /// The name of the account that was looked after; nil when there is none, and none can be made.
    private func repaired(_ pending: PendingEnrollment) async throws -> String? {
        do {
            return try await accounts.repair(pending.userID, holdsLock: true).username
        } catch let error as ServiceError where error.disposition == .systemic {
            context.alarm("accounts_unavailable", ["problem": .string(error.description)])
            throw Postponed("the account is not known to Open edX: \(error)")
        }
    }

    private func recordEnrolled(_ pending: PendingEnrollment, in session: inout Session) throws -> PushedChange {
        guard let row = try EnrollmentRow.locked(pending.id, in: &session) else { return .superseded }
        // An operator may have what is said to be enrolled sent again.
        if pending.isEdxEnrolled, row.isActive, row.isEdxEnrolled, row.mode == pending.mode { return .confirmed }
        let now = context.time.now()
        guard try row.markEnrolled(in: pending.mode, stamp: context.stamp, at: now, in: &session) else {
            try row.markOvertaken(by: pending.mode, in: &session)
            return .superseded
        }
        if row.retryCount > 0 { try Items(of: context.job).succeeded(pending.key, in: &session) }
        return .enrolled
    }

    private func leaving(_ member: Member) -> PushStep {
        let pending = member.pending
        return PushStep(
            key: pending.key,
            summary: "end \(pending.name) in \(pending.runKey)",
            digest: digest("leave", pending),
            isWanted: { session in
                try PendingEnrollments.isAwaited(pending, as: member.username, in: &session)
            },
            ask: { try await isThere(member) { $0?.isActive != true } },
            call: {
                if let username = member.username {
                    try await client.deactivate(username, in: pending.runKey)
                }
            },
            record: { _, session in
                guard let row = try EnrollmentRow.locked(pending.id, in: &session) else { return .superseded }
                let now = context.time.now()
                guard try row.markLeft(stamp: context.stamp, at: now, in: &session) else {
                    try row.markOvertakenByLeaving(in: &session)
                    return .superseded
                }
                try Items(of: context.job).succeeded(pending.key, in: &session)
                return .unenrolled
            })
    }

    private func isThere(
        _ member: Member, _ isDone: (OpenEdXEnrollment?) -> Bool
    ) async throws -> Void? {
        guard let username = member.username else { return nil }
        let found = try await client.enrollments(in: member.pending.runKey, of: [username])
        return isDone(found.last) ? () : nil
    }

    private func digest(_ verb: String, _ pending: PendingEnrollment) -> Digest {
        SHA256.hash("\(verb)\n\(pending.userID)\n\(pending.runKey)\n\(pending.mode)".utf8)
    }
}
