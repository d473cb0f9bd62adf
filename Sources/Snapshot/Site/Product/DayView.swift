import Bytes
import Markup

/// A day on a page, for people and for machines.
struct DayView: TemplateRecord {
    /// `January 5, 2026`.
    let text: String
    /// `2026-01-05`.
    let machine: String

    static let fields = TemplateFields<DayView>(.text("text", \.text), .text("machine", \.machine))

    /// The day of `instant` in UTC.
    init(_ instant: Timestamp) {
        self.init(instant, as: DateText.day(of: instant))
    }

    /// The day of `instant` in UTC as certificates print it: `Sept. 3, 2026`.
    static func abbreviated(_ instant: Timestamp) -> DayView {
        DayView(instant, as: DateText.shortDay(of: instant))
    }

    private init(_ instant: Timestamp, as text: String) {
        self.text = text
        machine = String(instant.description.prefix(10))
    }
}

/// From when to when a run is taught.
struct RunDatesView: TemplateRecord, Equatable {
    let start: DayView?
    let end: DayView?

    static let fields = TemplateFields<RunDatesView>(
        .record("start", \.start), .record("end", \.end), .flag("isOpenEnded") { $0.end == nil })

    static func == (left: RunDatesView, right: RunDatesView) -> Bool {
        left.start?.machine == right.start?.machine && left.end?.machine == right.end?.machine
    }
}
