import Records
import Services
import Store
import Worker

extension EnrollmentChanges {
    /// Moves a learner from one run to another, where they are verified, with what they paid; or only takes the first one back
    /// to audit (`spec/sheets.md` §8.3, `spec/openedx.md` §6.6).
    ///
    /// Open edX is told first, then everything is written in one transaction: whoever does the same again after a death finds
    /// done what is done.
    ///
    /// - Parameters:
    ///   - from: the key of the run to be given up. An enrollment that is inactive there stays so.
    ///   - to: the key of the run to go to; nil for none.
    ///   - keepsFailed: whether an enrollment that Open edX did not take is left to the job that retries.
    ///   - isForced: whether the rules on the time, the course and the activity do not matter.
    ///   - occasion: what the mail is sent for, the same in every attempt.
    ///   - alongside: written in the same transaction.
    /// - Throws: ``DeferralProblem``, with nothing changed here; `LockBusy`; `StoreError`.
    public func deferEnrollment(
        of user: Int, from: String, to: String?, keepsFailed: Bool = false, isForced: Bool = false,
        occasion: String? = nil, alongside: @Sendable (inout Session) throws -> Void = { _ in }
    ) async throws -> Deferral {
        guard from != to else { throw DeferralProblem(.sameRun) }
        return try await alone(with: user) {
            let now = time.now()
            let plan = try await database.read { session in
                try DeferralPlan(user, from: from, to: to, in: &session)
            }
            if !isForced { try plan.check(at: now) }
            var outcome = DeferralPlan.Outcome(occasion: occasion)
            if !plan.isDone {
                let step = try await tell(plan, keepsFailed: keepsFailed)
                outcome.isToEnrolled = step.isToEnrolled
                outcome.isFromEnrolled = step.isFromEnrolled
            }
            let told = outcome
            return try await database.write { session in
                let deferral = try plan.record(told, stamp: stamp, at: time.now(), in: &session)
                try alongside(&session)
                return deferral
            }
        }
    }

    /// Whether a deferral would be begun, for a dry run.
    ///
    /// - Throws: ``DeferralProblem``; `StoreError`.
    public func checkDeferral(of user: Int, from: String, to: String?, isForced: Bool) async throws {
        guard from != to else { throw DeferralProblem(.sameRun) }
        let plan = try await database.read { session in try DeferralPlan(user, from: from, to: to, in: &session) }
        if !isForced { try plan.check(at: time.now()) }
    }

    /// The calls of a deferral, each of which may have been made before.
    private func tell(
        _ plan: DeferralPlan, keepsFailed: Bool
    ) async throws -> (isToEnrolled: Bool, isFromEnrolled: Bool?) {
        if plan.endsAudit, let to = plan.to, !to.run.isFake {
            do {
                try await end(plan.user, in: to.run.key)
            } catch let error as ServiceError {
                throw DeferralProblem(.auditNotEnded, error)
            }
        }
        var isToEnrolled = false
        if let to = plan.to {
            isToEnrolled = try await tell(plan, to.run, as: "verified", keepsFailed: keepsFailed)
        }
        guard plan.from.isActive else { return (isToEnrolled, nil) }
        return (isToEnrolled, try await tell(plan, plan.fromRun, as: "audit", keepsFailed: keepsFailed))
    }

    private func tell(
        _ plan: DeferralPlan, _ run: RunToEnroll, as mode: String, keepsFailed: Bool
    ) async throws -> Bool {
        guard !run.isFake else { return true }
        do {
            try await enroll(plan.user, in: run.key, mode: mode)
            return true
        } catch let error as ServiceError {
            log.warning(
                "deferral_not_pushed", ["enrollment": .int(plan.from.id), "problem": .string(error.description)])
            guard !keepsFailed else { return false }
            // Calls before this one, or this one, may have changed what the rows say of Open edX.
            let now = time.now()
            try await database.write { session in try plan.doubt(stamp: stamp, at: now, in: &session) }
            throw DeferralProblem(.openEdX, error)
        }
    }
}
