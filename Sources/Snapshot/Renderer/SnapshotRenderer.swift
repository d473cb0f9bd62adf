import Bytes
import Catalog

/// A rendered snapshot: its files and what is worth knowing about them.
public struct Rendering: Sendable {
    /// The files, in no particular order.
    public let artifacts: [Artifact]
    /// What editors and operators should look at.
    public let warnings: [Warning]
    /// How many of each there are, in the order in which `snapshot.json` lists them.
    public let counts: [Count]
    /// The first instant at which the clock alone changes a document, nil when there is none.
    public let nextChange: Timestamp?
}

/// Turns a catalog into the files of a snapshot. Pure: the same catalog, instant and settings give the same bytes.
public struct SnapshotRenderer {
    var context: RenderContext
    var artifacts: [Artifact] = []
    /// The courses that have documents, in the order of lists.
    var courses: [Course] = []
    /// The programs that have documents, in the order of lists.
    var programs: [Program] = []
    /// The documents of live courses, by course id.
    var courseDocuments: [Int: CourseDocument] = [:]
    /// The documents of live programs, by program id.
    var programDocuments: [Int: ProgramDocument] = [:]
    var collectionCount = 0

    private init(_ context: RenderContext) {
        self.context = context
    }

    /// Renders `catalog` as it is at `now`.
    public static func render(_ catalog: CourseCatalog, at now: Timestamp, settings: RenderSettings) -> Rendering {
        var renderer = SnapshotRenderer(RenderContext(catalog: catalog, now: now, settings: settings))
        renderer.chooseProducts()
        renderer.renderCourses()
        renderer.renderPrograms()
        renderer.renderDepartments()
        renderer.renderCollections()
        renderer.renderInstructorsAndTopics()
        if settings.pages { renderer.renderPages() }
        renderer.renderAnswers()
        return renderer.rendering()
    }

    private func rendering() -> Rendering {
        let live = courses.filter(\.live)
        let counts = [
            Count("courses_live", live.count), Count("courses_all", courses.count),
            Count("runs_public", live.reduce(0) { $0 + $1.publicRuns.onePerTag.count }),
            Count("runs_internal", courses.reduce(0) { $0 + $1.runs.count }),
            Count("programs", programs.count), Count("departments", context.catalog.departments.count),
            Count("collections", collectionCount), Count("pages_html", 0), Count("archives", 0),
        ]
        return Rendering(
            artifacts: artifacts, warnings: context.warnings.warnings,
            counts: counts, nextChange: context.catalog.nextChange(after: context.now)
        )
    }
}
