import Bytes
import Catalog
import Markup

/// What MIT Learn makes of the catalog and why, for content staff.
struct ReportView: TemplateRecord {
    /// A reason or an oddity.
    struct Note: TemplateRecord {
        /// `Error`, `Warning`, `Note`; nil for a reason.
        let severity: String?
        let text: String
        let advice: String
        /// The row and its field: `cms_coursepage 201, include_in_learn_catalog`.
        let place: String

        static let fields = TemplateFields<Note>(
            .text("severity", \.severity), .text("text", \.text), .text("advice", \.advice), .text("place", \.place))
    }

    /// A course or program.
    struct Product: TemplateRecord {
        let title: String
        let readableID: String
        let state: String
        let reasons: [Note]
        let findings: [Note]

        static let fields = TemplateFields<Product>(
            .text("title", \.title), .text("readableID", \.readableID), .text("state", \.state),
            .flag("hasReasons") { !$0.reasons.isEmpty }, .list("reasons", \.reasons),
            .flag("hasFindings") { !$0.findings.isEmpty }, .list("findings", \.findings))
    }

    let page: PageFrame
    let courses: [Product]
    let programs: [Product]
    let others: [Note]

    static let fields = TemplateFields<ReportView>(
        .record("page", \.page), .flag("hasCourses") { !$0.courses.isEmpty }, .list("courses", \.courses),
        .flag("hasPrograms") { !$0.programs.isEmpty }, .list("programs", \.programs),
        .flag("hasOthers") { !$0.others.isEmpty }, .list("others", \.others))

    init(_ report: CatalogReport, page: PageFrame) {
        self.page = page
        courses = report.courses.map { course in
            Product(
                title: course.title, readableID: course.readableID, state: course.state.inWords,
                reasons: course.reasons.map(Note.init), findings: report.findings(on: .course(course.id)).map(Note.init)
            )
        }
        programs = report.programs.map { program in
            Product(
                title: program.title, readableID: program.readableID, state: program.state.inWords,
                reasons: program.reasons.map(Note.init),
                findings: report.findings(on: .program(program.id)).map(Note.init))
        }
        others = report.findings(on: .other).map(Note.init)
    }
}

extension ReportView.Note {
    fileprivate init(_ reason: LearnReason) {
        self.init(severity: nil, text: reason.text, advice: reason.advice, place: reason.code)
    }

    fileprivate init(_ finding: Finding) {
        self.init(
            severity: finding.severity.rawValue, text: "\(finding.title) \(finding.text)", advice: finding.advice,
            place: "\(finding.table) \(finding.id)")
    }
}

extension LearnState {
    /// As content staff say it.
    fileprivate var inWords: String {
        switch self {
        case .published: "Shown by MIT Learn"
        case .unpublished: "Not shown by MIT Learn"
        case .testMode: "Not shown by MIT Learn, but its content is taken in"
        case .leftOut: "Left out: MIT Learn could not load it"
        case .breaksLoad: "Stops MIT Learn's load of the whole catalog"
        }
    }
}
