import Bytes
import Catalog
import Markup

/// What MIT Learn will make of the catalog and why, and what is missing or odd in it.
public struct CatalogReport: Sendable {
    /// All courses, in the order of lists.
    public let courses: [LearnCourseVerdict]
    /// All programs, in the order of lists.
    public let programs: [LearnProgramVerdict]
    /// What somebody should look at: of courses, then of programs, both in the order of lists, then of everything else; of one
    /// object the worst first.
    public let findings: [Finding]
    /// The instant that all of it is true for.
    public let now: Timestamp

    private let findingsBySubject: [Finding.Subject: [Finding]]

    /// The report on `catalog` as a render at `now` with `settings` showed it.
    ///
    /// - Parameter warnings: what that render warned of (``Rendering/warnings``).
    public init(_ catalog: CourseCatalog, at now: Timestamp, settings: RenderSettings, warnings: [Warning]) {
        var renderer = SnapshotRenderer(RenderContext(catalog: catalog, now: now, settings: settings))
        renderer.chooseProducts()
        let context = renderer.context
        let listed = Set(renderer.programs.map(\.id))
        let courses = context.inTitleOrder(catalog.courses, id: \.id, title: context.title)
        let programs = context.inTitleOrder(catalog.programs, id: \.id, title: context.title)
        self.courses = courses.map { context.verdict(on: $0, problem: context.learnProblems[.course($0.id)]) }
        self.programs = programs.map {
            context.verdict(on: $0, problem: context.learnProblems[.program($0.id)], listed: listed)
        }
        self.now = now
        var review = CatalogReview(context)
        review.take(warnings)
        for (course, verdict) in zip(courses, self.courses) { review.lookAt(course, verdict) }
        for (program, verdict) in zip(programs, self.programs) { review.lookAt(program, verdict) }
        for collection in catalog.collections { review.lookAt(collection) }
        for resource in catalog.resourcePages { review.lookAt(resource) }
        var bySubject: [Finding.Subject: [Finding]] = [:]
        for finding in review.findings { bySubject[finding.subject, default: []].append(finding) }
        findingsBySubject = bySubject.mapValues { list in
            list.enumerated().sorted { ($0.element.severity, $0.offset) < ($1.element.severity, $1.offset) }
                .map(\.element)
        }
        let subjects = courses.map { Finding.Subject.course($0.id) } + programs.map { .program($0.id) } + [.other]
        findings = subjects.flatMap { [bySubject = findingsBySubject] in bySubject[$0] ?? [] }
    }

    /// Renders `catalog` in memory and reports on it.
    ///
    /// - Parameter site: the templates of the HTML site, whose pages are rendered too to find links that lead nowhere.
    /// - Throws: `TemplateError` as a render does.
    public static func of(
        _ catalog: CourseCatalog, at now: Timestamp, settings: RenderSettings, site: SiteTemplates? = nil
    ) async throws(TemplateError) -> CatalogReport {
        let rendering = try await SnapshotRenderer.render(catalog, at: now, settings: settings, site: site)
        return CatalogReport(catalog, at: now, settings: settings, warnings: rendering.warnings)
    }

    /// What somebody should look at of one course or program, or of everything else; the worst first.
    public func findings(on subject: Finding.Subject) -> [Finding] {
        findingsBySubject[subject] ?? []
    }

    /// How many courses there are of each state, how many programs, and how many findings of each severity.
    public var counts: [Count] {
        var counts = [Count("courses", courses.count)]
        for state in LearnState.allCases {
            counts.append(Count("courses_\(state.countName)", courses.count { $0.state == state }))
        }
        counts.append(Count("programs", programs.count))
        for state in LearnState.allCases where state != .testMode {
            counts.append(Count("programs_\(state.countName)", programs.count { $0.state == state }))
        }
        for severity in Finding.Severity.allCases {
            counts.append(Count("\(severity.rawValue)s", findings.count { $0.severity == severity }))
        }
        return counts
    }
}

extension LearnState {
    fileprivate var countName: String {
        switch self {
        case .published, .unpublished: rawValue
        case .testMode: "test_mode"
        case .leftOut: "left_out"
        case .breaksLoad: "break_load"
        }
    }
}
