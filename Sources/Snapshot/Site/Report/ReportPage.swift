import Bytes
import Markup

/// What MIT Learn will make of the catalog and why, and what is missing or odd, as a page for people; `report.mustache` draws
/// it. It belongs to the preview alone: it tells of what is not public.
struct ReportPage: TemplateRecord {
    /// A number with its words.
    struct Figure: TemplateRecord {
        let number: Int
        let words: String

        static let fields = TemplateFields<Figure>(.number("number", \.number), .text("words", \.words))
    }

    let page: PageFrame
    /// The day that all of it is true for; the second would make every render another one.
    let now: String
    /// How many courses and programs there are of each state, and how many findings.
    let figures: [Figure]
    /// Courses, then programs.
    let subjects: [ReportSubject]
    /// What belongs to no course or program.
    let others: [ReportFinding]

    static let fields = TemplateFields<ReportPage>(
        .record("page", \.page), .text("now", \.now), .list("figures", \.figures), .list("subjects", \.subjects),
        .flag("hasOthers") { !$0.others.isEmpty }, .list("others", \.others))
}

extension SiteRenderer {
    /// The page of `report` at `place`, kept out of search engines.
    mutating func reportPage(_ report: CatalogReport, at place: PagePlace) -> ReportPage {
        var page = frame(at: place, title: "Catalog report")
        page.isIndexed = false
        return ReportPage(
            page: page, now: DateText.day(of: report.now), figures: report.figures,
            subjects: report.courses.map { ReportSubject($0, findings: report.findings(on: .course($0.id))) }
                + report.programs.map { ReportSubject($0, findings: report.findings(on: .program($0.id))) },
            others: report.findings(on: .other).map { ReportFinding($0) })
    }
}

extension CatalogReport {
    fileprivate var figures: [ReportPage.Figure] {
        func states(_ noun: String, _ states: [LearnState]) -> [ReportPage.Figure] {
            LearnState.allCases.compactMap { state in
                let number = states.count { $0 == state }
                let plural = number == 1 ? noun : "\(noun)s"
                return number == 0 ? nil : ReportPage.Figure(number: number, words: "\(plural) \(state.words)")
            }
        }
        let severities = Finding.Severity.allCases.map { severity in
            let number = findings.count { $0.severity == severity }
            return ReportPage.Figure(number: number, words: number == 1 ? severity.rawValue : "\(severity.rawValue)s")
        }
        return states("course", courses.map(\.state)) + states("program", programs.map(\.state)) + severities
    }
}
