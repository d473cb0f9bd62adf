import Catalog
import Testing

@Suite("Where pages are found")
struct SiteMapTests {
    private static let home = page(3, path: "00010001", urlPath: "/home/")
    private static let coursePage = page(10, path: "000100010001", urlPath: "/home/s1/")
    private static let certificate = page(11, path: "0001000100010001", urlPath: "/home/s1/certificate/")
    private static let deep = page(12, path: "00010001000100010001", urlPath: "/home/s1/certificate/more/")
    private static let plain = page(13, path: "000100010002", urlPath: "/home/about-us/")
    private static let other = page(20, path: "00010002", urlPath: "/homely/")

    private static func map(
        _ sites: [Site], coursePage: Page = coursePage, more: [Page] = [], restricted: [Int] = []
    ) throws -> SiteMap {
        var data = CatalogData()
        data.sites = sites
        data.pages = [home, coursePage, certificate, deep, plain, other] + more
        data.courses = [course(1)]
        data.productPages = [productPage(.course, of: 1, coursePage)]
        data.restrictedPageIDs = restricted
        return try CourseCatalog(data).siteMap
    }

    private static func site(
        _ id: Int = 1, _ hostname: String = "localhost", port: Int = 80, isDefault: Bool = true, root: Int = 3
    ) -> Site {
        Site(id: id, hostname: hostname, port: port, isDefault: isDefault, rootPageID: root)
    }

    @Test("a product page is found under its readable id, pages below it under theirs and their slug")
    func paths() throws {
        let map = try Self.map([Self.site()])
        #expect(map.location(of: Self.home)?.path == "/")
        #expect(map.location(of: Self.coursePage)?.path == "/course-v1:MITx+1x/")
        #expect(map.slugLocation(of: Self.coursePage)?.path == "/s1/")
        #expect(map.location(of: Self.certificate)?.path == "/course-v1:MITx+1x/certificate/")
        #expect(map.location(of: Self.plain)?.path == "/about-us/")
        #expect(map.location(of: Self.other) == nil)
        #expect(map.relativeURL(of: Self.other) == nil)
        #expect(map.relativeURL(of: Self.certificate) == "/course-v1:MITx+1x/certificate/")
    }

    @Test("slugs in any script keep their bytes")
    func unicode() throws {
        // A combining mark after the slash makes one character of both.
        let page = page(30, path: "000100010003", urlPath: "/home/\u{301}e/")
        let map = try Self.map([Self.site()], more: [page])
        #expect(map.location(of: page)?.path.utf8.elementsEqual("/\u{301}e/".utf8) == true)
    }

    @Test(
        "the root of a site leaves out the ordinary port only",
        arguments: [
            (80, "http://example.org"), (443, "https://example.org"), (8013, "http://example.org:8013"),
        ])
    func roots(port: Int, url: String) throws {
        let map = try Self.map([Self.site(1, "example.org", port: port)])
        #expect(map.location(of: Self.plain)?.url == url + "/about-us/")
        #expect(map.relativeURL(of: Self.plain) == "/about-us/")
    }

    @Test("of several sites the deepest root wins, then the default site, then the hostname; URLs are then full")
    func severalSites() throws {
        func url(_ sites: [Site]) throws -> String? { try Self.map(sites).relativeURL(of: Self.coursePage) }
        let below = Self.site(2, "courses.example.org", isDefault: false, root: 10)
        #expect(try url([Self.site(), below]) == "http://courses.example.org/")
        let twins = [Self.site(1, "b.org", isDefault: false), Self.site(2, "a.org", isDefault: false)]
        #expect(try url(twins) == "http://a.org/course-v1:MITx+1x/")
        #expect(try url(twins + [Self.site(3, "c.org")]) == "http://c.org/course-v1:MITx+1x/")
        let elsewhere = Self.site(4, "d.org", isDefault: false, root: 20)
        #expect(try url([Self.site(), elsewhere]) == "http://localhost/course-v1:MITx+1x/")
    }

    @Test("without a site nothing is found")
    func noSite() throws {
        #expect(try Self.map([]).location(of: Self.home) == nil)
    }

    @Test("a restriction holds for a page and everything below it")
    func restricted() throws {
        let map = try Self.map([Self.site()], restricted: [10])
        #expect(map.isRestricted(Self.coursePage))
        #expect(map.isRestricted(Self.certificate))
        #expect(!map.isRestricted(Self.plain))
        #expect(!map.isRestricted(Self.home))
    }
}
