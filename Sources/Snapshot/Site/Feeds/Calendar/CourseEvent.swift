import Bytes
import Catalog

/// A date of a run that a learner wants to be reminded of.
struct CourseEvent {
    /// What happens then. The raw value is part of the event's lasting identity.
    enum Kind: String {
        case start
        case enrollmentEnd = "enrollment-end"
        case upgradeDeadline = "upgrade-deadline"
        case end

        /// What a calendar calls it.
        var words: String {
            switch self {
            case .start: "Course starts"
            case .enrollmentEnd: "Enrollment ends"
            case .upgradeDeadline: "Upgrade deadline"
            case .end: "Course ends"
            }
        }

        /// Whether the day counts: a deadline is missed by a minute, a course by no hour.
        var isWholeDay: Bool { self == .start || self == .end }
    }

    let kind: Kind
    let instant: Timestamp

    /// The dates of `run`, in the order in which they mostly come. There is no upgrade where nothing is sold.
    static func events(of run: CourseRun) -> [CourseEvent] {
        let sells = run.product != nil && run.isVerified
        let dates: [(Kind, Timestamp?)] = [
            (.start, run.start), (.enrollmentEnd, run.enrollmentEnd),
            (.upgradeDeadline, sells ? run.upgradeDeadline : nil), (.end, run.end),
        ]
        return dates.compactMap { kind, instant in instant.map { CourseEvent(kind: kind, instant: $0) } }
    }
}
