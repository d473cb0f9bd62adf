import Bytes
import Catalog

/// `sitemap.xml`: the addresses of all pages, for search engines (`spec/catalog.md` §10.7).
enum Sitemap {
    /// The most addresses that the protocol allows in one file.
    static let maximumURLs = 50_000

    /// The file, or with more than `limit` addresses the files and, as `sitemap.xml`, an index of them.
    static func artifacts(_ context: RenderContext, _ plan: SitePlan, limit: Int = maximumURLs) -> [Artifact] {
        let entries = plan.sitemapPages
            .map { Entry(url: context.settings.url(ofSitePath: $0.path), lastModified: $0.page?.lastPublished) }
            .sorted { ByteKey($0.url) < ByteKey($1.url) }
        guard entries.count > limit else { return [file("sitemap.xml", .pages, entries)] }
        let parts = stride(from: 0, to: entries.count, by: limit).enumerated().map { place, start in
            (name: "sitemap-\(place + 1).xml", entries: Array(entries[start..<min(start + limit, entries.count)]))
        }
        let index = parts.map { part in
            Entry(
                url: context.settings.url(ofSitePath: part.name),
                lastModified: part.entries.compactMap(\.lastModified).max())
        }
        return parts.map { file($0.name, .pages, $0.entries) } + [file("sitemap.xml", .files, index)]
    }

    /// An address and the day on which what it leads to was last changed.
    private struct Entry {
        let url: String
        let lastModified: Timestamp?
    }

    /// What a file lists.
    private enum Content {
        case pages, files

        var names: (list: StaticString, item: StaticString) {
            switch self {
            case .pages: ("urlset", "url")
            case .files: ("sitemapindex", "sitemap")
            }
        }
    }

    private static func file(_ name: String, _ content: Content, _ entries: [Entry]) -> Artifact {
        let names = content.names
        var buffer = ByteBuffer(capacity: entries.count * 120 + 200)
        buffer.appendXMLDeclaration()
        buffer.append("<")
        buffer.append(names.list)
        buffer.append(" xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n")
        for entry in entries {
            buffer.appendElement(names.item) { item in
                item.append("\n")
                item.appendElement("loc", entry.url)
                if let day = entry.lastModified?.date { item.appendElement("lastmod") { $0.append(day) } }
            }
        }
        buffer.append("</")
        buffer.append(names.list)
        buffer.append(">\n")
        return Artifact(sitePath: name, buffer)
    }
}

extension SitePlan {
    /// The pages that search engines shall list, in no particular order, each with the page of the CMS that it shows. Of lists
    /// only the beginning: the rest is reached from there. `catalog/` is left out, since it says what the list of courses says.
    fileprivate var sitemapPages: [(path: String, page: Page?)] {
        var pages: [(path: String, page: Page?)] = [(Self.courseList, nil), (Self.programList, nil)]
        pages += courseDepartments.map { (Self.courseList(of: $0.department), nil) }
        pages += programDepartments.map { (Self.programList(of: $0.department), nil) }
        pages += topics.compactMap { topic in path(ofTopic: topic.topic.id).map { ($0, nil) } }
        let shown: [Page] =
            [home?.page].compactMap(\.self) + courses.compactMap(\.page?.page) + programs.compactMap(\.page?.page)
            + instructors.map(\.page) + collections.map(\.page) + resources.map(\.page)
        return pages + shown.compactMap { page in path(of: page).map { ($0, page) } }
    }
}
