import Records
import Services
import Store
import Worker

/// What became of an enrollment that a learner was to leave.
public enum LeavingOutcome: Sendable {
    /// The learner is away. `problem` says why Open edX does not know yet; the job that retries tells it.
    case left(problem: (any Error)?)
    /// Open edX did not end it, and nothing was changed.
    case refused(any Error)
    /// There is no active enrollment of that id.
    case notEnrolled

    /// What `DELETE /api/v2/enrollments/{id}/` answers.
    public var answer: EnrollmentAnswer {
        switch self {
        case .left: .done
        case .refused: .refused("Open edX did not end the enrollment")
        case .notEnrolled: .notFound
        }
    }
}

extension EnrollmentChanges {
    /// Ends an active enrollment (`spec/openedx.md` §6.5): at Open edX first, then here in one transaction, which also forgets
    /// the payment, and has HubSpot and the learner told.
    ///
    /// With `keepsFailed` an enrollment that Open edX did not end is left as inactive here and enrolled there, by which the job
    /// that retries knows it.
    ///
    /// - Parameters:
    ///   - status: `unenrolled` or `refunded`.
    ///   - keepsFailed: when nil, as `FEATURE_IGNORE_EDX_FAILURES` says.
    ///   - sendsMail: whether the learner is told, once Open edX has ended it.
    /// - Throws: `LockBusy`; `StoreError`.
    public func leave(
        _ enrollment: Int, as status: String = "unenrolled", keepsFailed: Bool? = nil, sendsMail: Bool = true
    ) async throws -> LeavingOutcome {
        guard let user = try await self.enrollment(enrollment)?.userID else { return .notEnrolled }
        return try await alone(with: user) {
            guard let pending = try await self.enrollment(enrollment), pending.change == .enroll else {
                return .notEnrolled
            }
            var problem: (any Error)?
            do {
                if !pending.isFakeRun { try await end(user, in: pending.runKey) }
            } catch let error as ServiceError {
                log.warning(
                    "enrollment_not_ended",
                    ["enrollment": .int(enrollment), "problem": .string(error.description)])
                guard keepsFailed ?? keepsFailedByDefault else { return .refused(error) }
                problem = error
            }
            let isTold = problem == nil
            let now = time.now()
            let hasLeft = try await database.write { session -> Bool in
                guard let row = try EnrollmentRow.locked(enrollment, in: &session), row.isActive else { return false }
                var after = row
                after.isActive = false
                after.changeStatus = status
                after.isEdxEnrolled = !isTold
                if isTold { after.receivesMails = false }
                guard try row.changed(to: after, stamp: stamp, at: now, in: &session) else { return false }
                try PaidRuns.delete(user: user, run: row.runID, in: &session)
                if let line = try PaidRuns.line(of: user, run: row.runID, in: &session) {
                    try Dirty.mark(.line, [line], at: now, in: &session)
                }
                if isTold, sendsMail {
                    try Mail(.unenrollment, occasion: "\(enrollment)@\(now)", user: user, enrollment: enrollment)
                        .post(at: now, in: &session)
                }
                return true
            }
            return hasLeft ? .left(problem: problem) : .notEnrolled
        }
    }
}
