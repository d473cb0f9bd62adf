import Bytes
import Catalog
import Markup

/// When a course can be taken, as the search narrows down to it.
enum Availability: String, CaseIterable, TemplateRecord {
    case anytime
    case upcoming
    case underWay = "under-way"

    /// As the search form says it.
    var name: String {
        switch self {
        case .anytime: "Start anytime"
        case .upcoming: "Starts soon"
        case .underWay: "Under way"
        }
    }

    static let fields = TemplateFields<Availability>(.text("value", \.rawValue), .text("name", \.name))

    /// What the date text of a card says.
    init?(of run: CourseRun?, at now: Timestamp) {
        guard let run, let start = run.start else { return nil }
        self = start > now ? .upcoming : run.isSelfPaced || run.isArchived(at: now) ? .anytime : .underWay
    }
}
