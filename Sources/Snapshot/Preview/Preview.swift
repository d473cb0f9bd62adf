import Bytes
import Catalog
import Markup

/// The files of a preview and what there is to say about them (`spec/catalog.md` §10.8).
public struct Preview: Sendable {
    /// The root that all files of a preview are below; nothing of it is for everybody.
    public static let root = "preview"

    /// The files, in no particular order.
    public let artifacts: [Artifact]
    /// How many pages have a draft.
    public let draftCount: Int
    /// The pages whose drafts cannot be shown, by page id, and why.
    public let problems: [(pageID: Int, title: String, problem: String)]
    /// The files of the media storage that pages show from beside themselves, sorted: `media/original_images/dome.png`,
    /// `documents/a.pdf`. Whoever publishes the preview adds them below its root.
    public let media: [String]
    /// What editors should look at in drafts, such as links that lead nowhere.
    public let warnings: [Warning]
    /// The first instant at which the clock alone changes a page; nil when there is none.
    public let nextChange: Timestamp?
}

extension Preview {
    /// What a preview is made of.
    public struct Source: Sendable {
        /// The catalog with all drafts laid over it.
        public let drafted: DraftedCatalog
        /// What MIT Learn makes of the catalog as it is; nil for no such page.
        public let report: CatalogReport?
        /// Whether a file of the media storage, such as `media/original_images/dome.png`, can stand beside the pages; else it
        /// is taken from the site.
        public let hasMedia: @Sendable (String) -> Bool

        /// A preview of `drafted`.
        public init(
            _ drafted: DraftedCatalog, report: CatalogReport? = nil,
            hasMedia: @escaping @Sendable (String) -> Bool = { _ in false }
        ) {
            self.drafted = drafted
            self.report = report
            self.hasMedia = hasMedia
        }
    }

    /// Renders the drafts as they would look at `now`. Pure: the same source, instant and settings give the same bytes.
    ///
    /// - Throws: `TemplateError` when templates include each other without end.
    public init(
        _ source: Source, at now: Timestamp, settings: RenderSettings, site: SiteTemplates
    ) throws(TemplateError) {
        var settings = settings
        settings.site.environment = Self.root
        var context = RenderContext(catalog: source.drafted.catalog, now: now, settings: settings)
        context.previewedPageIDs = Set(source.drafted.pages.filter { $0.error == nil }.map(\.draft.pageID))
        var renderer = PreviewRenderer(source, context, templates: site)
        try renderer.render()
        artifacts = renderer.artifacts
        media = renderer.media.sorted().map(\.text)
        draftCount = source.drafted.pages.count
        problems = source.drafted.pages.compactMap { page in
            page.error.map { (page.draft.pageID, page.title, $0.description) }
        }.sorted { $0.pageID < $1.pageID }
        warnings = renderer.warnings
        nextChange = source.drafted.catalog.nextChange(after: now)
    }
}
