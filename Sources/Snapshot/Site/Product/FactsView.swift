import Markup

/// What the information box of a course or program says (`spec/catalog.md` §10.4, item 6). What is nil is not shown.
struct FactsView: TemplateRecord {
    var image: ImageView?
    /// Where the video is, an absolute address.
    var videoURL: String?
    /// When learning starts, if that lies ahead.
    var starts: DayView?
    /// When it started, if learners can still join.
    var started: DayView?
    var startsAnytime = false
    /// Whether learners can enroll in nothing at the moment.
    var isClosed = false
    /// The dates of what learners can enroll in.
    var runs: [RunDatesView] = []
    var pacing: Pacing?
    var length: String?
    var effort: String?
    var weeks: String?
    var languages: [String] = []
    /// The price in the editors' words, else the range of prices.
    var price: String?
    /// What the editors' words lead to.
    var priceURL: String?
    /// The price of the next run where the words do not name it, or the price that a program is listed with.
    var currentPrice: String?
    var certificate: String?
    /// MIT Learn's page, where learners enroll.
    var enrollURL: String
    /// The form for a lower price, an absolute address.
    var assistanceURL: String?
    /// The file with the dates, relative to the page.
    var calendarURL: String?

    enum Pacing: Sendable {
        case own
        case instructors
    }

    static let fields = TemplateFields<FactsView>(
        .record("image", \.image), .text("videoURL", \.videoURL), .record("starts", \.starts),
        .record("started", \.started), .flag("startsAnytime", \.startsAnytime), .flag("isClosed", \.isClosed),
        .flag("hasRuns") { !$0.runs.isEmpty }, .list("runs", \.runs),
        .flag("hasPacing") { $0.pacing != nil }, .flag("isSelfPaced") { $0.pacing == .own },
        .text("length", \.length), .text("effort", \.effort), .text("weeks", \.weeks),
        .text("languages") { $0.languages.isEmpty ? nil : $0.languages.joined(separator: ", ") },
        .flag("hasManyLanguages") { $0.languages.count > 1 }, .text("price", \.price), .text("priceURL", \.priceURL),
        .text("currentPrice", \.currentPrice), .text("certificate", \.certificate), .text("enrollURL", \.enrollURL),
        .text("assistanceURL", \.assistanceURL), .text("calendarURL", \.calendarURL))
}
