import Catalog
import Markup

/// A page of plain text, such as the terms of service (`spec/catalog.md` §10.1).
struct ResourceView: FramedView {
    /// A heading with its text.
    struct Section: TemplateRecord {
        /// Nil for a text without a heading.
        let heading: String?
        /// Nil without a heading: nothing can lead there.
        let anchor: String?
        let text: SafeHTML?

        static let fields = TemplateFields<Section>(
            .text("heading", \.heading), .text("anchor", \.anchor), .html("text", \.text))
    }

    var page: PageFrame
    /// The page above, for one that stands below another.
    let parent: LinkView?
    let title: String
    let image: ImageView?
    let sections: [Section]
    /// The pages below.
    let pages: [LinkView]

    static let fields = TemplateFields<ResourceView>(
        .record("page", \.page), .record("parent", \.parent), .text("title", \.title), .record("image", \.image),
        .flag("hasContents") { $0.headed.count > 1 }, .list("contents", \.headed), .list("sections", \.sections),
        .flag("hasPages") { !$0.pages.isEmpty }, .list("pages", \.pages))

    /// The ids that the templates themselves give, and the one that the site's script looks for.
    static let ownIDs: Set<String> = ["main", "contents-title", "below-title", "catalog-filters"]

    private var headed: [Section] { sections.filter { $0.heading != nil } }
}

extension SiteRenderer {
    mutating func renderResources() throws(TemplateError) {
        for resource in plan.resources {
            guard let path = plan.path(of: resource.page) else { continue }
            try addPage(path, templates.resource, view(of: resource, at: PagePlace(path: path)))
        }
    }

    /// What the page of `resource` at `place` says: its sections, each with an anchor made of its heading.
    mutating func view(of resource: ResourcePage, at place: PagePlace) -> ResourceView {
        var names = AnchorNames(taken: ResourceView.ownIDs)
        let anchors = resource.sections.map { section in
            section.heading.trimmed.isEmpty ? nil : names.name(for: section.heading)
        }
        let known = Set(anchors.compactMap(\.self))
        let table = resource.page.isInner(in: context.catalog, plan) ? "cms_innerresourcepage" : "cms_resourcepage"
        let source = TextSource(table: table, id: resource.page.id, field: "content")
        var sections: [ResourceView.Section] = []
        for (section, anchor) in zip(resource.sections, anchors) {
            let heading = section.heading.trimmed
            let text = html(
                section.detail, of: source, at: place, headings: heading.isEmpty ? 2 : 3, anchors: known)
            sections.append(ResourceView.Section(heading: heading.isEmpty ? nil : heading, anchor: anchor, text: text))
        }
        let title = resource.page.seoTitle.trimmed.isEmpty ? resource.page.title : resource.page.seoTitle
        let parent = context.catalog.parent(of: resource.page)
        return ResourceView(
            page: frame(
                at: place, title: title,
                description: metaDescription(of: resource.page, else: resource.sections.first?.detail),
                image: resource.headerImage),
            parent: parent.flatMap { page in
                plan.path(of: page).flatMap {
                    $0.isEmpty ? nil : LinkView(text: page.title, url: place.link(to: $0))
                }
            },
            title: resource.page.title,
            image: MediaLink.view(of: resource.headerImage, from: place), sections: sections,
            pages: plan.resources.filter { context.catalog.parent(of: $0.page)?.id == resource.page.id }
                .compactMap { page in
                    plan.path(of: page.page).map { LinkView(text: page.page.title, url: place.link(to: $0)) }
                })
    }
}

extension Page {
    /// Whether the page of text stands below another one.
    fileprivate func isInner(in catalog: CourseCatalog, _ plan: SitePlan) -> Bool {
        catalog.parent(of: self).flatMap { plan.path(of: $0) }.map { !$0.isEmpty } ?? false
    }
}
