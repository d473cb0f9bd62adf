import Bytes
import Catalog

/// Looks the catalog over for what is missing or odd.
///
/// What is written about a course or program is only judged once somebody shall see it: when its page is live or it is
/// to be listed by MIT Learn. What is being prepared, or was put away, is nobody's concern.
struct CatalogReview {
    let context: RenderContext
    let index: ReviewIndex
    private(set) var findings: [Finding] = []
    private var seen: Set<Finding> = []

    init(_ context: RenderContext) {
        self.context = context
        index = ReviewIndex(context)
    }

    var now: Timestamp { context.now }

    mutating func add(
        _ severity: Finding.Severity, _ code: String, _ table: String, _ id: Int, _ text: String, _ advice: String,
        title: String? = nil
    ) {
        let entry = index.entry(table: table, id: "\(id)")
        add(
            Finding(
                severity, code, table: table, id: "\(id)", title: title ?? entry.title, subject: entry.subject,
                text: text, advice: advice))
    }

    private mutating func add(_ finding: Finding) {
        if seen.insert(finding).inserted { findings.append(finding) }
    }

    /// Whether somebody shall see the page.
    func isShown(_ page: ProductPage) -> Bool {
        page.page.live || page.includeInLearnCatalog == true
    }

    /// Takes over what a render warned of.
    mutating func take(_ warnings: [Warning]) {
        for warning in warnings {
            let entry = index.entry(table: warning.table, id: warning.id)
            let (text, advice) = warning.halves
            add(
                Finding(
                    severity(of: warning), warning.code, table: warning.table, id: warning.id, title: entry.title,
                    subject: entry.subject, text: text, advice: advice))
        }
    }

    private func severity(of warning: Warning) -> Finding.Severity {
        switch warning.code {
        case "learn-invalid": .error
        case "no-open-run": severityOfClosedCourse(warning.id)
        default: .warning
        }
    }

    /// A course that is to be listed but has no open run is in order while a run will open, or its page is not out yet.
    private func severityOfClosedCourse(_ id: String) -> Finding.Severity {
        guard let course = Int(id).flatMap({ context.catalog.course($0) }), course.page?.page.live == true else {
            return .note
        }
        let opensLater = course.runs.contains { run in
            run.isPublic && run.live && run.start != nil && run.enrollmentStart.map { $0 > now } == true
                && run.enrollmentEnd.map { $0 > now } != false
        }
        return opensLater ? .note : .error
    }
}
