/// Where links to courses and programs lead.
public enum ProductAddress: String, CaseIterable, Sendable {
    /// To the pages of this site.
    case ownSite = "self"
    /// To MIT Learn's pages.
    case learn
}

/// What the HTML site needs to know beside the catalog (`spec/catalog.md` §13, `html.*`).
public struct SiteSettings: Sendable {
    /// What the site is called, in its header and in titles.
    public var name = "MITx Online"
    /// Which pages search engines are told to list for courses and programs.
    public var canonical = ProductAddress.ownSite
    /// Where cards lead.
    public var productLinks = ProductAddress.ownSite
    /// What the installation is for; anything but `production` is kept out of search engines.
    public var environment = SiteSettings.production
    /// The installation's own words.
    public var copy = SiteCopy()

    /// The environment whose pages search engines may list.
    public static let production = "production"

    /// Settings as by default.
    public init() {}

    /// Whether search engines may list the pages.
    public var isIndexed: Bool { environment == Self.production }
}

/// The words of the site that no table has; an installation may set its own (`html.copyFile`).
public struct SiteCopy: Sendable {
    /// A link with its words.
    public struct Link: Sendable, Equatable {
        /// What the link says.
        public let text: String
        /// Where it leads, an absolute address.
        public let url: String

        /// A link to `url` that says `text`.
        public init(text: String, url: String) {
            self.text = text
            self.url = url
        }
    }

    /// Who offers the courses.
    public var provider = Copy.provider
    /// What learners under export control should know; plain text.
    public var exportControlNotice = Copy.exportControlNotice
    /// Links at the foot of every page, beside those to the site's own pages.
    public var footerLinks: [Link] = []
    /// Where else the provider can be followed.
    public var socialLinks: [Link] = []
    /// Where news can be ordered.
    public var newsletter: Link?

    /// The project's own words.
    public init() {}
}
