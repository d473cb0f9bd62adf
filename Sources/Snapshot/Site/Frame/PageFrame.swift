import Markup

/// What every page has around its content (`spec/catalog.md` §10). A page's record embeds it as `page`, and its template
/// is set into `layout.mustache`.
struct PageFrame: TemplateRecord {
    /// The parts of the site that its menu names.
    enum Section: Sendable {
        case courses
        case programs
    }

    /// What kind of thing the page is, in the words of Open Graph.
    enum Kind: String, Sendable {
        case website
        case article
    }

    /// Where the page is.
    let place: PagePlace
    /// What is the same on all pages.
    let site: SiteFrame
    /// The page's own title.
    let title: String
    /// What the browser's window is called; nil for the title and the site's name.
    var windowTitle: String?
    /// What search engines show below the title; nil for nothing.
    var description: String?
    /// The absolute address under which the page is to be known.
    let canonical: String
    /// The absolute address of the page's image.
    var imageURL: String?
    var kind = Kind.website
    /// Whether search engines may list the page.
    var isIndexed = true
    /// The part of the site that the page belongs to.
    var section: Section?
    /// What the site says at the head of every page.
    var banner: SafeHTML?
    /// What the page says to machines.
    var jsonLD: SafeHTML?
    /// What a page is told to show instead of itself, at once; relative.
    var redirect: String?
    /// What says that the page shows a draft; nil on public pages.
    var draft: DraftBar?

    static let fields = TemplateFields<PageFrame>(
        .text("root", \.place.root), .text("assets", \.place.assets), .record("site", \.site),
        .text("title", \.title),
        .text("fullTitle") {
            $0.windowTitle ?? ($0.place.path.isEmpty ? $0.title : "\($0.title) | \($0.site.name)")
        },
        .text("description", \.description), .text("canonical", \.canonical), .text("imageURL", \.imageURL),
        .text("kind", \.kind.rawValue), .flag("isHidden") { !($0.isIndexed && $0.site.isIndexed) },
        .flag("inCourses") { $0.section == .courses }, .flag("inPrograms") { $0.section == .programs },
        .html("banner", \.banner), .html("jsonLD", \.jsonLD), .text("redirect", \.redirect),
        .record("draft", \.draft))
}

/// What a whole page shows, its frame with it.
protocol FramedView: TemplateRecord {
    /// What is around the page's content.
    var page: PageFrame { get set }
}

/// What is the same on all pages.
struct SiteFrame: TemplateRecord {
    /// A link at the foot of pages.
    struct Link: TemplateRecord {
        let text: String
        /// Below the site's root, percent-encoded, or absolute.
        let target: String

        static let fields = TemplateFields<Link>(.text("text", \.text), .text("target", \.target))
    }

    let name: String
    let isIndexed: Bool
    /// What the addresses of assets end with: another text once an asset is another (`SiteTemplates.version`).
    let version: String
    let provider: SiteCopy.Link
    /// The site's own pages of plain text; their targets are below the site's root.
    let pages: [Link]
    /// Links to elsewhere.
    let links: [Link]
    let socialLinks: [Link]
    let newsletter: Link?

    static let fields = TemplateFields<SiteFrame>(
        .text("name", \.name), .text("version", \.version), .text("providerName", \.provider.text),
        .text("providerURL", \.provider.url),
        .list("pages", \.pages), .list("links", \.links), .list("socialLinks", \.socialLinks),
        .record("newsletter", \.newsletter))
}

/// What a preview says above a draft (`spec/catalog.md` §10.8).
struct DraftBar: TemplateRecord {
    let revisionID: Int
    /// When the draft was saved.
    let created: String
    /// Who saved it, a user's id.
    let authorID: Int?
    /// When it is to be published.
    let goLive: String?
    /// The names of the fields that differ from what is published.
    let changedFields: [String]
    /// Whether the draft can be shown as a page.
    var isShown: Bool
    /// The page with the draft's changes, seen from the page; nil on that page itself.
    var changesURL: String? = "./diff.html"

    static let fields = TemplateFields<DraftBar>(
        .number("revisionID", \.revisionID), .text("created", \.created),
        .text("authorID") { $0.authorID.map { "\($0)" } }, .text("goLive", \.goLive),
        .flag("hasChanges") { !$0.changedFields.isEmpty }, .texts("changedFields", \.changedFields),
        .flag("isShown", \.isShown), .text("changesURL", \.changesURL))
}
