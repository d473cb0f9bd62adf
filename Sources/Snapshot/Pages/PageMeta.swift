import Bytes
import Catalog

/// The kinds of pages that have documents (`spec/catalog.md` §6.8).
enum PageType: String {
    case course = "cms.CoursePage"
    case program = "cms.ProgramPage"
    case certificate = "cms.CertificatePage"

    /// The folder that queries for this type are answered from.
    var folder: String { rawValue.lowercased() }
}

extension RenderContext {
    /// Whether everybody may read the page: live, within a site, and neither it nor a page above it restricted.
    func isReadable(_ page: Page) -> Bool {
        if previewedPageIDs.contains(page.id) { return true }
        return page.live && !catalog.siteMap.isRestricted(page) && catalog.siteMap.location(of: page) != nil
    }

    /// Those who teach what `page` is about and whom the HTML site names, in the order of the catalog documents: everybody may
    /// read their own pages. The catalog documents name the others too (`spec/catalog.md` §6.8).
    func shownInstructors(of page: ProductPage) -> [Instructor] {
        page.instructors.compactMap(\.instructor).filter { isReadable($0.page) }
    }

    /// Writes the `meta` of an item. Inside another item a page names its parent instead of its state.
    func writeMeta(
        of page: Page, type: PageType, parent: (page: ProductPage, type: PageType)? = nil,
        into object: inout JSONObjectWriter
    ) {
        object.object("meta") { meta in
            writeAddress(of: page, type: type, url: catalog.siteMap.location(of: page)?.url, into: &meta)
            meta.member("slug", page.slug)
            meta.member("show_in_menus", page.showInMenus)
            meta.member("seo_title", page.seoTitle)
            meta.member("search_description", page.searchDescription)
            meta.member("first_published_at", page.firstPublished)
            meta.member("alias_of", nil as Int?)
            if let parent { writeParent(parent.page.page, type: parent.type, into: &meta) }
            meta.member("locale", catalog.locales[page.localeID])
            guard parent == nil else { return }
            meta.member("live", page.live)
            meta.member("last_published_at", page.lastPublished)
        }
    }

    private func writeAddress(of page: Page, type: PageType, url: String?, into meta: inout JSONObjectWriter) {
        let root = catalog.siteMap.location(of: page)?.site.rootURL ?? ""
        meta.member("type", type.rawValue)
        meta.member("detail_url", "\(root)/api/v2/pages/\(page.id)/")
        meta.member("html_url", url)
    }

    private func writeParent(_ page: Page, type: PageType, into meta: inout JSONObjectWriter) {
        // The existing application forgets to put the readable id into a parent's URL.
        let place = isStrict ? catalog.siteMap.slugLocation(of: page) : catalog.siteMap.location(of: page)
        meta.object("parent") { parent in
            parent.member("id", page.id)
            parent.object("meta") { writeAddress(of: page, type: type, url: place?.url, into: &$0) }
            parent.member("title", page.title)
        }
    }
}
