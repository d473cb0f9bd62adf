import Markup

/// A page that says one thing and leads on; `message.mustache` draws it.
struct MessageView: TemplateRecord {
    let page: PageFrame
    let title: String
    let text: String
    /// Where to go on from here.
    let link: String
    let linkText: String

    static let fields = TemplateFields<MessageView>(
        .record("page", \.page), .text("title", \.title), .text("text", \.text), .text("link", \.link),
        .text("linkText", \.linkText))
}

extension SiteRenderer {
    /// The page for addresses that lead nowhere, and those that lead from a bare `/courses/` to the catalog
    /// (`spec/catalog.md` §10.1).
    mutating func renderMessages() throws(TemplateError) {
        let title = "Page not found"
        var page = frame(at: .anywhere, title: title)
        page.isIndexed = false
        try addPage(
            file: "404.html", templates.message,
            MessageView(
                page: page, title: title,
                text: "There is nothing at this address. The page may have moved, or the address may be mistyped.",
                link: PagePlace.anywhere.link(to: ""), linkText: "Go to the home page"))
        try renderRedirect("courses/", to: SitePlan.courseList, title: "Courses", section: .courses)
        try renderRedirect("programs/", to: SitePlan.programList, title: "Programs", section: .programs)
    }

    private mutating func renderRedirect(
        _ path: String, to target: String, title: String, section: PageFrame.Section
    ) throws(TemplateError) {
        let place = PagePlace(path: path)
        let link = place.link(to: target)
        var page = frame(at: place, title: title, canonical: context.settings.url(ofSitePath: target), section: section)
        page.redirect = link
        try addPage(
            path, templates.message,
            MessageView(
                page: page, title: title, text: "The list of them is in the catalog.", link: link,
                linkText: "Go to the catalog"))
    }
}
