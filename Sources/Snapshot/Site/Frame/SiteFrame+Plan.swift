import Catalog
import Markup

extension SiteFrame {
    /// The frame of a site with what `plan` has, whose assets are known by `version`.
    init(settings: SiteSettings, plan: SitePlan, version: String) {
        let copy = settings.copy
        name = settings.name
        isIndexed = settings.isIndexed
        provider = copy.provider
        self.version = version
        // A page below another is reached from there. Of pages with one title, a reader could not tell which is which.
        var titles: Set<String> = []
        pages = plan.resources.compactMap { resource in
            guard let path = plan.path(of: resource.page), path.utf8.count(where: { $0 == UInt8(ascii: "/") }) == 1
            else { return nil }
            guard titles.insert(resource.page.title).inserted else { return nil }
            return Link(text: resource.page.title, target: PercentEncoding.path(path))
        }
        links = copy.footerLinks.map { Link(text: $0.text, target: $0.url) }
        socialLinks = copy.socialLinks.map { Link(text: $0.text, target: $0.url) }
        newsletter = copy.newsletter.map { Link(text: $0.text, target: $0.url) }
    }
}
