import Bytes
import Catalog
import Markup

/// `feed.atom` (RFC 4287): the newest courses and programs (`spec/catalog.md` §10.7).
enum AtomFeed {
    /// The most entries.
    static let maximumEntries = 50

    /// The file.
    static func artifact(_ context: RenderContext, _ plan: SitePlan) -> Artifact {
        let settings = context.settings
        let entries = entries(context, plan)
        let address = settings.url(ofSitePath: "feed.atom")
        var buffer = ByteBuffer()
        buffer.appendXMLDeclaration()
        buffer.append("<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\">\n")
        buffer.appendElement("title", "\(settings.site.name): new courses and programs")
        buffer.appendElement("id", address)
        buffer.appendLink("self", "application/atom+xml", address)
        buffer.appendLink("alternate", "text/html", settings.url(ofSitePath: SitePlan.courseList))
        buffer.appendElement("updated", entries.map(\.updated).max() ?? lastChange(context, plan))
        buffer.appendElement("author") { $0.appendElement("name", settings.site.name) }
        for entry in entries { buffer.append(entry) }
        buffer.append("</feed>\n")
        return Artifact(sitePath: "feed.atom", buffer)
    }

    /// A page that the feed tells of.
    fileprivate struct Entry {
        let page: Page
        let title: String
        let url: String
        let published: Timestamp
        let description: String?
        var updated: Timestamp { page.lastPublished ?? published }
    }

    /// The newest pages first. Which was published when is not known of all; those are left out.
    private static func entries(_ context: RenderContext, _ plan: SitePlan) -> [Entry] {
        func entry(_ product: ProductPage?, _ title: String) -> Entry? {
            guard let product, let path = plan.path(of: product.page), let published = product.page.firstPublished
            else { return nil }
            return Entry(
                page: product.page, title: product.shownTitle(else: title), url: context.settings.url(ofSitePath: path),
                published: published,
                description: product.description)
        }
        let entries =
            plan.courses.compactMap { entry($0.page, context.title(of: $0)) }
            + plan.programs.compactMap { entry($0.page, context.title(of: $0)) }
        let ordered = entries.sorted { ($1.published, $0.page.id) < ($0.published, $1.page.id) }
        return Array(ordered.prefix(maximumEntries))
    }

    /// When a feed without entries last changed: when any page of the site was last published. Without such a page nothing ever
    /// happened, and any instant that never changes is as good as another.
    private static func lastChange(_ context: RenderContext, _ plan: SitePlan) -> Timestamp {
        let pages = plan.pagePaths.keys.compactMap { context.catalog.pages[$0] }
        return pages.compactMap { $0.lastPublished ?? $0.firstPublished }.max() ?? beginning
    }

    /// 2000-01-01T00:00:00Z.
    private static let beginning = Timestamp(microseconds: 946_684_800_000_000)
}

extension ByteBuffer {
    fileprivate mutating func append(_ entry: AtomFeed.Entry) {
        appendElement("entry") { buffer in
            buffer.append("\n")
            buffer.appendElement("title", entry.title)
            buffer.appendElement("id", entry.url)
            buffer.appendLink("alternate", "text/html", entry.url)
            buffer.appendElement("published", entry.published)
            buffer.appendElement("updated", entry.updated)
            let summary = entry.description.map { HTMLText.text(of: $0) } ?? ""
            if !summary.isEmpty { buffer.appendElement("summary", summary) }
        }
    }

    fileprivate mutating func appendLink(_ relation: StaticString, _ type: StaticString, _ url: String) {
        append("<link rel=\"")
        append(relation)
        append("\" type=\"")
        append(type)
        append("\" href=\"")
        appendXML(url)
        append("\"/>\n")
    }
}
