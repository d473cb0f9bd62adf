import Catalog
import Markup

/// The page that the site opens with; `home.mustache` draws it.
struct HomeView: FramedView {
    var page: PageFrame
    let title: String
    let subtitle: String?
    let hero: ImageView?
    let featuredTitle: String
    let featured: [CardView]
    let video: VideoView?
    let counts: [CountLink]

    static let fields = TemplateFields<HomeView>(
        .record("page", \.page), .text("title", \.title), .text("subtitle", \.subtitle), .record("hero", \.hero),
        .text("featuredTitle", \.featuredTitle), .flag("hasFeatured") { !$0.featured.isEmpty },
        .list("featured", \.featured), .record("video", \.video), .list("counts", \.counts))
}

/// A video, which opens where it is: no other site's player is loaded into a page.
struct VideoView: TemplateRecord {
    let title: String
    let description: SafeHTML?
    let url: String

    static let fields = TemplateFields<VideoView>(
        .text("title", \.title), .html("description", \.description), .text("url", \.url))
}

/// A way into the catalog with the number of what is there.
struct CountLink: TemplateRecord {
    let number: Int
    let noun: String
    let link: String

    static let fields = TemplateFields<CountLink>(
        .number("number", \.number), .text("noun", \.noun), .text("link", \.link))
}

extension SiteRenderer {
    /// The home page (`spec/catalog.md` §10.1). A site without one in the CMS opens with its name and the catalog.
    mutating func renderHome() throws(TemplateError) {
        try addPage("", templates.home, view(of: plan.home, at: PagePlace(path: "")))
    }

    /// What the page that opens the site says, at `place`.
    mutating func view(of home: HomePage?, at place: PagePlace) -> HomeView {
        let title = home?.heroTitle.flatMap { $0.isEmpty ? nil : $0 } ?? site.name
        let page = frame(
            at: place, title: site.name,
            description: home.flatMap { metaDescription(of: $0.page, else: $0.heroSubtitle) },
            image: home?.hero)
        return HomeView(
            page: page, title: title, subtitle: home?.heroSubtitle, hero: MediaLink.view(of: home?.hero, from: place),
            featuredTitle: home?.productSectionTitle.flatMap { $0.isEmpty ? nil : $0 } ?? "Featured",
            featured: home.map { featuredCards(of: $0, at: place) } ?? [],
            video: home.flatMap { video(of: $0, at: place) }, counts: counts(at: place))
    }

    private mutating func video(of home: HomePage, at place: PagePlace) -> VideoView? {
        guard let url = WebLink.address(home.videoURL) else { return nil }
        let source = TextSource(table: "cms_homepage", id: home.page.id, field: "video_component_description")
        return VideoView(
            title: home.videoTitle.flatMap { $0.isEmpty ? nil : $0 } ?? "Watch the video",
            description: html(home.videoDescription, of: source, at: place), url: url)
    }

    private func counts(at place: PagePlace) -> [CountLink] {
        let courses = plan.catalogCourses.count
        let programs = plan.catalogPrograms.count
        return [
            CountLink(
                number: courses, noun: courses == 1 ? "course" : "courses", link: place.link(to: SitePlan.courseList)),
            CountLink(
                number: programs, noun: programs == 1 ? "program" : "programs",
                link: place.link(to: SitePlan.programList)),
        ]
    }
}
