import Bytes

/// Where pages are found (`spec/catalog.md` §7.3).
public struct SiteMap: Sendable {
    /// A site with the `url_path` of its home page.
    struct Root: Sendable {
        let site: Site
        let urlPath: String
    }

    /// In the order in which they are asked whether a page is theirs: the deepest home first.
    let roots: [Root]
    /// The readable ids of the courses and programs that product pages describe, by page id.
    let readableIDs: [Int: String]
    /// Product pages by their path in the page tree, to find the one above a page.
    let productPageIDs: [ByteKey: Int]
    /// The paths of pages that only some visitors may see.
    let restrictedPaths: Set<ByteKey>

    /// The page that the default site opens with, else that of the site with the lowest id; nil without a site.
    public var defaultRootPageID: Int? {
        let sites = roots.map(\.site).sorted { $0.id < $1.id }
        return (sites.first(where: \.isDefault) ?? sites.first)?.rootPageID
    }

    /// Where a page is.
    public struct Location: Sendable {
        /// The site that the page belongs to.
        public let site: Site
        /// The path of the URL, with a slash at both ends.
        public let path: String
        /// Scheme, host and path.
        public var url: String { site.rootURL + path }
    }

    /// The page's own place, with a product's readable id in place of its slug; nil when no site has the page.
    public func location(of page: Page) -> Location? {
        guard let place = slugLocation(of: page) else { return nil }
        if let readableID = readableIDs[page.id] {
            return Location(site: place.site, path: replacingLastPart(of: place.path, with: readableID))
        }
        guard let parent = page.parentPath, let productPageID = productPageIDs[ByteKey(parent)],
            let readableID = readableIDs[productPageID]
        else { return place }
        return Location(
            site: place.site,
            path: replacingLastPart(of: parentPath(of: place.path), with: readableID) + page.slug + "/")
    }

    /// The page's place by slugs alone; nil when no site has the page.
    public func slugLocation(of page: Page) -> Location? {
        guard let root = roots.first(where: { page.urlPath.utf8.starts(with: $0.urlPath.utf8) }) else { return nil }
        // By bytes: as characters, a slash and a combining mark after it are one.
        let rest = page.urlPath.utf8.dropFirst(root.urlPath.utf8.count)
        return Location(site: root.site, path: "/" + String(decoding: rest, as: UTF8.self))
    }

    /// The URL as links on the site write it: without host as long as there is only one site.
    public func relativeURL(of page: Page) -> String? {
        guard let place = location(of: page) else { return nil }
        return roots.count == 1 ? place.path : place.url
    }

    /// Whether only some visitors may see the page: a restriction stands on it or above it.
    public func isRestricted(_ page: Page) -> Bool {
        guard !restrictedPaths.isEmpty else { return false }
        var path = page.path
        while !path.isEmpty {
            if restrictedPaths.contains(ByteKey(path)) { return true }
            path.removeLast(min(4, path.count))
        }
        return false
    }

    private func replacingLastPart(of path: String, with part: String) -> String {
        path == "/" ? path : parentPath(of: path) + part + "/"
    }

    /// The path without its last part, which like all ends in a slash.
    private func parentPath(of path: String) -> String {
        guard let slash = path.utf8.dropLast().lastIndex(of: UInt8(ascii: "/")) else { return path }
        return String(decoding: path.utf8[...slash], as: UTF8.self)
    }
}

extension SiteMap {
    init(data: CatalogData, courses: [Course], programs: [Program], pages: [Int: Page]) {
        roots = data.sites.compactMap { site in pages[site.rootPageID].map { Root(site: site, urlPath: $0.urlPath) } }
            .sorted { left, right in
                let (leftPath, rightPath) = (ByteKey(left.urlPath), ByteKey(right.urlPath))
                if leftPath != rightPath { return rightPath < leftPath }
                if left.site.isDefault != right.site.isDefault { return left.site.isDefault }
                return ByteKey(left.site.hostname) < ByteKey(right.site.hostname)
            }
        var readableIDs: [Int: String] = [:]
        var productPageIDs: [ByteKey: Int] = [:]
        let products = courses.map { ($0.page, $0.readableID) } + programs.map { ($0.page, $0.readableID) }
        for case (let page?, let readableID) in products {
            readableIDs[page.page.id] = readableID
            productPageIDs[ByteKey(page.page.path)] = page.page.id
        }
        self.readableIDs = readableIDs
        self.productPageIDs = productPageIDs
        restrictedPaths = Set(data.restrictedPageIDs.compactMap { pages[$0].map { ByteKey($0.path) } })
    }
}
