import Records
import Services
import Store
import Worker

/// What a learner has after a deferral.
public struct Deferral: Hashable, Sendable {
    /// The enrollment that was given up, now in audit.
    public let from: Int
    /// The enrollment in its place; nil when none was wanted.
    public let to: Int?

    /// A deferral from one enrollment to another.
    public init(from: Int, to: Int?) {
        self.from = from
        self.to = to
    }
}

/// Why an enrollment was not deferred. The description is safe to log.
public struct DeferralProblem: Error, Sendable, CustomStringConvertible {
    /// What kind of reason it is.
    public enum Reason: Hashable, Sendable {
        /// Both keys are the same, with force or without.
        case sameRun
        /// The learner has no enrollment in the run to be given up.
        case notEnrolled
        /// There is no run of the key to go to, or it is a source run.
        case noRun
        /// The enrollment to be given up is inactive; not a reason with force.
        case inactive
        /// The run to go to cannot be enrolled in now; not a reason with force.
        case notEnrollable
        /// The runs are of different courses; not a reason with force.
        case otherCourse
        /// Open edX did not end the audit enrollment in the run to go to; nothing was changed.
        case auditNotEnded
        /// Open edX did not do its part; nothing was changed here.
        case openEdX
        /// Somebody else changed the enrollments meanwhile; the same again finds out.
        case changed
    }

    /// The reason.
    public let reason: Reason
    /// What Open edX, or its absence, said; nil for the other reasons.
    public let cause: ServiceError?

    init(_ reason: Reason, _ cause: ServiceError? = nil) {
        self.reason = reason
        self.cause = cause
    }

    /// One sentence without a full stop.
    public var description: String {
        switch reason {
        case .sameRun: "the run to defer from and the run to defer to are the same"
        case .notEnrolled: "the learner has no enrollment in the run to defer from"
        case .noRun: "there is no course run of that key to defer to"
        case .inactive: "the enrollment to defer from is not active"
        case .notEnrollable: "the run to defer to is not open for enrollment"
        case .otherCourse: "the runs are of different courses"
        case .auditNotEnded: "the audit enrollment in the run to defer to could not be ended; nothing was changed"
        case .openEdX: cause?.description ?? "Open edX did not do its part; nothing was changed"
        case .changed: "the enrollments were changed by another meanwhile; try again"
        }
    }
}
