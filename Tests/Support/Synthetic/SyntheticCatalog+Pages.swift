import Bytes
import Store

extension SyntheticCatalog {
    /// A row of the page tree.
    struct PageRow {
        let id: Int
        let path: String
        let urlPath: String
        let slug: String
        let title: String
        let type: ContentType
        var live = true
        var childCount = 0

        init(_ id: Int, path: String, urlPath: String, slug: String, title: String, type: ContentType) {
            (self.id, self.path, self.urlPath, self.slug) = (id, path, urlPath, slug)
            (self.title, self.type) = (title, type)
        }

        /// The page that is child `number` of this one.
        func child(
            _ number: Int, id: Int, slug: String, title: String, type: ContentType, live: Bool = true
        ) -> PageRow {
            var row = PageRow(
                id, path: path + TreePath.step(number), urlPath: "\(urlPath)\(slug)/", slug: slug, title: title,
                type: type)
            row.live = live
            return row
        }
    }

    /// The folders below the home page, each with the pages of one kind; the raw value is the place there.
    enum Section: Int, CaseIterable {
        case courses = 1
        case programs, collections, signatories, certificates, instructors, organizations

        /// The folder's own page.
        var page: PageRow {
            SyntheticCatalog.home.child(rawValue, id: id, slug: "\(self)", title: "\(self)".capitalized, type: type)
        }

        private var id: Int { PageID.home + rawValue }

        private var type: ContentType {
            switch self {
            case .courses: .courseindexpage
            case .programs: .programindexpage
            case .collections: .programcollectionindexpage
            case .signatories: .signatoryindexpage
            case .certificates: .certificateindexpage
            case .instructors: .instructorindexpage
            case .organizations: .organizationindexpage
            }
        }
    }

    private static let root = PageRow(
        PageID.root, path: "0001", urlPath: "/", slug: "root", title: "Root", type: .page)
    private static let home = root.child(1, id: PageID.home, slug: "home-page", title: "Home", type: .homepage)

    /// The page tree: its upper part, then courses and programs with what stands below them, then sites.
    func insertPages(into session: inout Session) throws -> Int {
        try insertRows(of: upperPages, into: &session)
            + insertRows(
                of: courses.lazy.flatMap { pages(of: $0.page, in: .courses, .coursepage, $0.id) }, into: &session)
            + insertRows(
                of: programs.lazy.flatMap { pages(of: $0.page, in: .programs, .programpage, $0.id) }, into: &session)
            + insertSites(into: &session)
    }

    private var upperPages: [PageRow] {
        let sections = Section.allCases.map { section in
            var row = section.page
            row.childCount =
                switch section {
                case .courses: courses.count { $0.page != nil }
                case .programs: programs.count { $0.page != nil }
                case .collections: collectionCount
                case .signatories: signatoryCount
                case .certificates: 0
                case .instructors: instructorCount
                case .organizations: contractCount
                }
            return row
        }
        var (root, home) = (Self.root, Self.home)
        root.childCount = 1
        home.childCount = sections.count
        return [root, home] + sections
    }

    /// The page and what stands below it.
    private func pages(
        of page: ProductPage?, in section: Section, _ type: ContentType, _ number: Int
    ) -> [PageRow] {
        guard let page else { return [] }
        var row = section.page.child(
            number, id: page.id, slug: page.slug, title: page.title, type: type, live: page.live)
        var children: [PageRow] = []
        if page.hasCertificatePage {
            children.append(
                row.child(
                    1, id: PageID.certificate(below: page.id), slug: "certificate-\(page.id)",
                    title: "Certificate For \(page.title)", type: .certificatepage))
        }
        if page.hasForm {
            children.append(
                row.child(
                    2, id: PageID.form(below: page.id), slug: "financial-assistance", title: "Financial assistance",
                    type: .flexiblepricingrequestform))
        }
        row.childCount = children.count
        return [row] + children
    }

    func insertRows(of pages: some Sequence<PageRow>, into session: inout Session) throws -> Int {
        try session.insert("wagtailcore_page", pages) { row in
            let published: Bind =
                row.live ? SyntheticCatalog.beginning.adding(seconds: Int64(row.id % 1_000_000) * 60).bind : .null
            return [
                "id": row.id, "path": row.path, "depth": row.path.utf8.count / 4, "numchild": row.childCount,
                "title": row.title, "draft_title": row.title, "slug": row.slug, "url_path": row.urlPath,
                "live": row.live, "has_unpublished_changes": false, "seo_title": "", "search_description": "",
                "show_in_menus": false, "expired": false, "content_type_id": row.type.id, "locked": false,
                "first_published_at": published, "last_published_at": published, "locale_id": 1,
                "translation_key": SyntheticCatalog.uuid(row.id),
            ]
        }
    }

    private func insertSites(into session: inout Session) throws -> Int {
        // A few pages are behind a login, one in a hundred.
        let restricted = courses.lazy.compactMap { $0.id % 100 == 99 ? $0.page?.id : nil }
        return try session.insert("wagtailcore_locale", [(1, "en"), (2, "fr")]) { locale in
            ["id": locale.0, "language_code": locale.1]
        }
            + session.insert("cms_homepage", [PageID.home]) { page in
                ["page_ptr_id": page]
            }
            + session.insert("wagtailcore_site", [PageID.home]) { root in
                [
                    "id": 1, "hostname": "localhost", "port": 80, "is_default_site": true, "root_page_id": root,
                    "site_name": "Synthetic catalog",
                ]
            }
            + session.insert("wagtailcore_pageviewrestriction", restricted) { page in
                ["id": page, "password": "", "page_id": page, "restriction_type": "login"]
            }
    }
}
