import Bytes
import Catalog
import Markup

/// Turns what a plan has into the pages of the HTML site. What is rendered for each kind of page stands in an extension of
/// its own.
struct SiteRenderer: Sendable {
    let templates: SiteTemplates
    let plan: SitePlan
    let links: SiteLinks
    let site: SiteFrame
    /// What pages of products and people look up.
    let productLists: ProductLists
    /// What lists call each topic, by topic id.
    let topicLabels: [Int: String]
    var context: RenderContext
    private(set) var artifacts: [Artifact] = []
    /// How many pages there are.
    private(set) var pageCount = 0
    /// The banner by the root of the pages that show it, since its links depend on that alone.
    private var banners: [String: SafeHTML?] = [:]

    /// A renderer of the site of what `context` renders; `courses` and `programs` in the order of lists.
    init(_ context: RenderContext, templates: SiteTemplates, courses: [Course], programs: [Program]) {
        var context = context
        self.templates = templates
        plan = SitePlan(&context, courses: courses, programs: programs)
        links = SiteLinks(context, plan: plan)
        productLists = ProductLists(plan)
        topicLabels = Self.topicLabels(plan, context)
        site = SiteFrame(settings: context.settings.site, plan: plan, version: templates.version)
        self.context = context
        // As deep as pages mostly are; each costs a cleaning, which pages need not repeat.
        for depth in 0...5 {
            let place = PagePlace(path: String(repeating: "-/", count: depth))
            banners[place.root] = .some(banner(at: place))
        }
    }

    /// The frame of a page of the CMS or of a list.
    ///
    /// - Parameters:
    ///   - canonical: the absolute address under which the page is to be known; nil for its own.
    mutating func frame(
        at place: PagePlace, title: String, description: String? = nil, canonical: String? = nil,
        image: Image? = nil, section: PageFrame.Section? = nil
    ) -> PageFrame {
        var frame = PageFrame(
            place: place, site: site, title: title,
            canonical: canonical ?? context.settings.url(ofSitePath: place.path))
        frame.description = description
        frame.imageURL = MediaLink.absoluteURL(of: image, settings: context.settings)
        frame.section = section
        if let known = banners[place.root] { frame.banner = known } else { frame.banner = banner(at: place) }
        return frame
    }

    /// Renders `record` as the page in the folder `path`, which ends in a slash or is empty.
    mutating func addPage<Record>(_ path: String, _ template: Template<Record>, _ record: Record) throws(TemplateError)
    {
        try addPage(file: "\(path)index.html", template, record)
    }

    /// Renders `record` as the file at `file`.
    mutating func addPage<Record>(
        file: String, _ template: Template<Record>, _ record: Record
    ) throws(TemplateError) {
        var buffer = context.documentBuffer()
        try template.render(record, into: &buffer)
        artifacts.append(
            Artifact(path: "\(SnapshotRenderer.publicRoot)/\(file)", body: ArtifactBody(context.stored(buffer))))
        pageCount += 1
    }

    /// Adds a file that is no page.
    mutating func addFile(_ path: String, _ bytes: [UInt8]) {
        artifacts.append(Artifact(path: "\(SnapshotRenderer.publicRoot)/\(path)", body: ArtifactBody(bytes)))
    }

    /// Adds the calendar of a course that has one.
    mutating func addCalendar(of course: Course) {
        if let file = CourseCalendar.artifact(of: course, context, plan) { artifacts.append(file) }
    }

    /// Calls `work` for each of `items`, a number of them at a time on each core. The numbers are fixed, so that pages and
    /// warnings come in one order on whatever machine.
    mutating func addPages<Item: Sendable>(
        of items: [Item], _ work: @escaping @Sendable (inout SiteRenderer, Item) throws(TemplateError) -> Void
    ) async throws(TemplateError) {
        var empty = self
        empty.artifacts = []
        empty.pageCount = 0
        empty.context.warnings = WarningList()
        let blank = empty
        let chunks = await withTaskGroup(of: (Int, Result<SiteRenderer, TemplateError>).self) { group in
            for start in stride(from: 0, to: items.count, by: Self.pagesAtATime) {
                group.addTask {
                    var own = blank
                    do throws(TemplateError) {
                        for item in items[start..<min(start + Self.pagesAtATime, items.count)] { try work(&own, item) }
                        return (start, .success(own))
                    } catch {
                        return (start, .failure(error))
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }
        }
        for chunk in chunks { take(try chunk.1.get()) }
    }

    private mutating func take(_ other: SiteRenderer) {
        artifacts += other.artifacts
        pageCount += other.pageCount
        context.warnings.add(other.context.warnings)
    }

    private static let pagesAtATime = 64

    private mutating func banner(at place: PagePlace) -> SafeHTML? {
        guard let banner = context.catalog.banner else { return nil }
        let source = TextSource(table: "cms_sitebanner", id: banner.id, field: "message")
        return html(banner.message, of: source, at: place)
    }
}

extension SiteRenderer {
    /// Renders all pages.
    mutating func render() async throws(TemplateError) {
        try renderHome()
        try await renderCatalog()
        try await renderCourses()
        try await renderPrograms()
        try await renderInstructors()
        try renderCollections()
        try renderResources()
        try renderMessages()
        artifacts += SiteFiles.artifacts(&context, plan)
        for asset in templates.assets where !asset.isForPreview { addFile("assets/\(asset.path)", asset.bytes) }
    }
}
