import Bytes
import Catalog
import Markup

/// A rendered snapshot: its files and what is worth knowing about them.
public struct Rendering: Sendable {
    /// The files that everybody may read, in no particular order.
    public let publicArtifacts: [Artifact]
    /// The files that only MIT Learn's ETL may read, in no particular order.
    public let internalArtifacts: [Artifact]
    /// What editors and operators should look at.
    public let warnings: [Warning]
    /// How many of each there are, in the order in which `snapshot.json` lists them.
    public let counts: [Count]
    /// The first instant at which the clock alone changes a document, nil when there is none.
    public let nextChange: Timestamp?

    /// All files.
    public var artifacts: [Artifact] { publicArtifacts + internalArtifacts }
}

/// Turns a catalog into the files of a snapshot. Pure: the same catalog, instant and settings give the same bytes.
public struct SnapshotRenderer: Sendable {
    var context: RenderContext
    var publicArtifacts: [Artifact] = []
    var internalArtifacts: [Artifact] = []
    /// The courses that have documents, in the order of lists.
    var courses: [Course] = []
    /// The programs that have documents, in the order of lists.
    var programs: [Program] = []
    /// The documents of courses, in the order of lists.
    var renderedCourses: [CourseRendering] = []
    /// The documents of live programs, by program id.
    var programDocuments: [Int: ProgramDocument] = [:]
    /// The ids of the collections that list each program.
    var collectionIDs: [Int: [Int]] = [:]
    var collectionCount = 0
    var pageCount = 0

    init(_ context: RenderContext) {
        self.context = context
    }

    /// Renders the documents of `catalog` as it is at `now`.
    ///
    /// - Parameter store: where documents are kept that are large together and share no bytes with others; nil for memory.
    public static func render(
        _ catalog: CourseCatalog, at now: Timestamp, settings: RenderSettings,
        keepingIn store: (any FragmentStore)? = nil
    ) async -> Rendering {
        await documents(of: RenderContext(catalog: catalog, now: now, settings: settings, store: store)).rendering()
    }

    /// Renders the documents of `catalog` as it is at `now`, and the HTML site.
    ///
    /// - Parameters:
    ///   - site: the templates of the HTML site; nil for none.
    ///   - store: where documents are kept that are large together and share no bytes with others; nil for memory.
    /// - Throws: `TemplateError` when templates include each other without end.
    public static func render(
        _ catalog: CourseCatalog, at now: Timestamp, settings: RenderSettings, site: SiteTemplates?,
        keepingIn store: (any FragmentStore)? = nil
    ) async throws(TemplateError) -> Rendering {
        var renderer = await documents(
            of: RenderContext(catalog: catalog, now: now, settings: settings, store: store))
        if let site { try await renderer.renderSite(site) }
        return renderer.rendering()
    }

    private static func documents(of context: RenderContext) async -> SnapshotRenderer {
        var renderer = SnapshotRenderer(context)
        renderer.chooseProducts()
        await renderer.renderCourses()
        renderer.fileCourses()
        renderer.fileInternalCourses()
        renderer.renderPrograms()
        renderer.renderDepartments()
        renderer.renderCollections()
        renderer.renderInstructorsAndTopics()
        if context.settings.pages { renderer.renderPages() }
        renderer.renderAnswers()
        return renderer
    }

    private mutating func renderSite(_ templates: SiteTemplates) async throws(TemplateError) {
        var site = SiteRenderer(context, templates: templates, courses: courses, programs: programs)
        try await site.render()
        publicArtifacts += site.artifacts
        pageCount = site.pageCount
        context.warnings.add(site.context.warnings)
    }

    private consuming func rendering() -> Rendering {
        let live = courses.filter(\.live)
        let counts = [
            Count("courses_live", live.count), Count("courses_all", courses.count),
            Count("courses_in_learn_catalog", courses.count { $0.page?.includeInLearnCatalog == true }),
            Count("runs_public", live.reduce(0) { $0 + $1.publicRuns.onePerTag.count }),
            Count("runs_internal", courses.reduce(0) { $0 + $1.runs.count }),
            Count("programs", programs.count), Count("departments", context.catalog.departments.count),
            Count("collections", collectionCount), Count("pages_html", pageCount), Count("archives", 0),
        ]
        return Rendering(
            publicArtifacts: publicArtifacts, internalArtifacts: internalArtifacts,
            warnings: context.warnings.warnings, counts: counts,
            nextChange: context.catalog.nextChange(after: context.now))
    }
}
