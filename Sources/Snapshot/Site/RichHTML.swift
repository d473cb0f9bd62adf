import Bytes
import Catalog
import Markup

/// The field of a row that a text stands in, for warnings.
struct TextSource: Sendable {
    let table: String
    let id: Int
    let field: String
}

/// Where the addresses in rich text lead on this site.
struct SiteLinks: Sendable {
    /// Paths of the site's pages by the addresses that the CMS gives them.
    private let paths: [ByteKey: String]
    private let siteOrigin: String
    /// Storage keys of documents by id.
    private let documents: [Int: String]

    init(_ context: RenderContext, plan: SitePlan) {
        var paths: [ByteKey: String] = [:]
        for (id, path) in plan.pagePaths {
            paths[ByteKey(PercentEncoding.path("/" + path))] = path
            if let page = context.catalog.pages[id], let url = context.catalog.siteMap.relativeURL(of: page) {
                paths[ByteKey(PercentEncoding.path(url))] = path
            }
        }
        let lists =
            ["", "catalog/", SitePlan.courseList, SitePlan.programList, "courses/", "programs/"]
            + plan.courseDepartments.map { SitePlan.courseList(of: $0.department) }
            + plan.programDepartments.map { SitePlan.programList(of: $0.department) }
            + plan.topics.compactMap { plan.topicSlugs[$0.topic.id].map(SitePlan.topicList) }
        for path in lists { paths[ByteKey("/" + path)] = path }
        self.paths = paths
        siteOrigin = context.settings.siteBaseURL
        documents = context.catalog.media.publicDocuments
    }

    /// What an address of rich text becomes.
    enum Target: Equatable {
        case address(String)
        /// It leads nowhere on this site.
        case broken
    }

    /// What `url`, percent-encoded, becomes on the page at `place`, which has the `anchors`.
    func target(of url: String, use: LinkUse, at place: PagePlace, anchors: Set<String>) -> Target {
        if url.hasPrefix("#") { return anchors.contains(String(url.dropFirst())) ? .address(url) : .broken }
        if url.hasPrefix("//") { return .address("https:" + url) }
        let local = url.hasPrefix(siteOrigin + "/") ? String(url.dropFirst(siteOrigin.count)) : url
        let end = local.utf8.firstIndex { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") } ?? local.endIndex
        let fragment = local[end...].firstIndex(of: "#").map { String(local[$0...]) } ?? ""
        if use == .link, let path = page(at: String(local[..<end])) {
            return .address(place.link(to: path) + fragment)
        }
        if local.hasPrefix("/media/") || local.hasPrefix("/documents/") {
            // Written anew, so that whoever reads the link sees the path that was looked at here.
            guard let path = MediaAddress.path(of: String(local[..<end]), documents: documents) else { return .broken }
            return .address(place.link(to: path) + (local.hasPrefix("/media/") ? String(local[end...]) : fragment))
        }
        if local.hasPrefix("/") { return local == url ? .broken : .address(url) }
        return url.hasScheme ? .address(url) : .broken
    }

    private func page(at path: String) -> String? {
        paths[ByteKey(path)] ?? (path.hasSuffix("/") ? nil : paths[ByteKey(path + "/")])
    }
}

extension String {
    /// Whether the text begins with the scheme of an address (RFC 3986 §3.1).
    fileprivate var hasScheme: Bool {
        guard let colon = utf8.firstIndex(of: UInt8(ascii: ":")), colon > startIndex else { return false }
        return utf8[..<colon].allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
                true
            default: false
            }
        }
    }
}

extension SiteRenderer {
    /// Rich text of the CMS as the page at `place` shows it: references resolved, cleaned, links made the page's own.
    ///
    /// - Parameters:
    ///   - headings: the level that the text's highest heading becomes, 2 to 6.
    ///   - anchors: the ids on the page that the text may link to.
    /// - Returns: nil for no text.
    mutating func html(
        _ text: String?, of source: TextSource, at place: PagePlace, headings: Int = 3, anchors: Set<String> = []
    ) -> SafeHTML? {
        guard let text, !text.isEmpty else { return nil }
        var broken: [String] = []
        let expanded = RichText.expanded(text, from: WithoutEmbeds(context: context))
        let links = links
        let html = Sanitizer.clean(expanded, headings: headings) { use, url in
            switch links.target(of: url, use: use, at: place, anchors: anchors) {
            case .address(let address): return address
            case .broken:
                broken.append(url)
                return nil
            }
        }
        for url in broken {
            context.warnings.add(
                "link-broken", source.table, source.id,
                "Its \(source.field) links to \(url.prefix(200)), which this site does not have, so that the HTML page "
                    + "shows the words without a link; mend or remove the link.")
        }
        return html.text.isEmpty ? nil : html.withScrollingTables(label: "Table")
    }

    /// What search engines show below a page's title: the editors' own description, else the beginning of `html`
    /// (`spec/catalog.md` §10).
    func metaDescription(of page: Page, else html: String?) -> String? {
        if !page.searchDescription.isEmpty { return page.searchDescription }
        guard let html else { return nil }
        // White space is folded already.
        let text = HTMLText.text(of: html)
        return text.isEmpty ? nil : String(String.UnicodeScalarView(text.unicodeScalars.prefix(160)))
    }
}

/// What rich text refers to, an embedded medium as a link: its HTML would load another site's frames.
private struct WithoutEmbeds: RichTextSource {
    let context: RenderContext

    func pageURL(id: Int) -> String? { context.pageURL(id: id) }
    func documentFileName(id: Int) -> String? { context.documentFileName(id: id) }
    func image(id: Int, filterSpec: String) -> RichTextImage? { context.image(id: id, filterSpec: filterSpec) }
    func embedHTML(url: String) -> String? { nil }
}
