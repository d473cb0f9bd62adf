import Markup

/// Where a page is, and how its links reach the rest of the site.
///
/// Links begin with `./` or `../`: a bare `course-v1:…` would read as a scheme, and pages open from disk too.
struct PagePlace: Sendable, Equatable {
    /// Below the site's root: `courses/course-v1:MITx+6.100x/`; empty for the home page.
    let path: String
    /// What leads from the page to the site's root: `./`, `../../`.
    let root: String
    /// What leads to the folder of styles, scripts and icons.
    let assets: String

    /// A page of the site at `path`, which ends in a slash or is empty.
    init(path: String) {
        self.path = path
        let depth = path.utf8.count { $0 == UInt8(ascii: "/") }
        root = depth == 0 ? "./" : String(repeating: "../", count: depth)
        assets = root + "assets/"
    }

    /// A page of another tree, which reaches the site by `root` and the assets by `assets`; both end in a slash.
    init(path: String, root: String, assets: String) {
        self.path = path
        self.root = root
        self.assets = assets
    }

    /// A page that is served for any address, so that relative links would lead anywhere.
    static let anywhere = PagePlace(path: "404.html", root: "/", assets: "/assets/")

    /// The link from here to the page or file at `path` below the site's root, percent-encoded.
    func link(to path: String) -> String { root + PercentEncoding.path(path) }
}
