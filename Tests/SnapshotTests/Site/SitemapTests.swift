import Foundation
import Support
import Testing

@testable import Snapshot

@Suite("The sitemap")
struct SitemapTests {
    private static let site = "https://mitxonline.mit.edu"

    @Test("all pages are listed by address, with the day of their last publication where it is known")
    func pages() async throws {
        let site = try await SiteFixture()
        let urls = [
            "", "catalog/courses/", "catalog/courses/biology/",
            "catalog/courses/electrical-engineering-and-computer-science/", "catalog/programs/",
            "catalog/programs/electrical-engineering-and-computer-science/", "catalog/topics/algorithms/",
            "catalog/topics/biology-life/", "catalog/topics/computer-science/", "catalog/topics/genetics/",
            "courses/course-v1:MITx+6.100x/", "instructors/ada-lovelace/", "instructors/alan-turing/",
            "program-collections/coll-one/", "programs/program-v1:MITx+P1/", "programs/program-v1:MITx+P2/",
        ]
        let days = [
            "courses/course-v1:MITx+6.100x/": "2024-12-11", "instructors/ada-lovelace/": "2024-12-12",
            "instructors/alan-turing/": "2024-12-13", "program-collections/coll-one/": "2024-12-21",
            "programs/program-v1:MITx+P1/": "2024-12-18", "programs/program-v1:MITx+P2/": "2024-12-19",
        ]
        let items = urls.map { url in
            "<url>\n<loc>\(Self.site)/\(url)</loc>\n\(days[url].map { "<lastmod>\($0)</lastmod>\n" } ?? "")</url>\n"
        }
        let expected =
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            + "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n\(items.joined())</urlset>\n"
        #expect(site.file("sitemap.xml") == expected)
    }

    @Test("what may not stand in an address is encoded")
    func encoding() async throws {
        let site = try await SiteFixture {
            try $0.set("courses_course", 1, ["readable_id": "course-v1:é+1"])
            try $0.set("wagtailcore_page", 11, ["slug": "é-b"])
        }
        let sitemap = try #require(site.file("sitemap.xml"))
        #expect(sitemap.contains("/courses/course-v1:%C3%A9+1/</loc>"))
        #expect(sitemap.contains("/instructors/%C3%A9-b/</loc>"))
    }

    @Test("too many addresses are split, and an index names the parts")
    func split() async throws {
        let site = try await SiteFixture()
        let files = Sitemap.artifacts(site.context, site.plan, limit: 15)
        #expect(files.map(\.path) == ["public/sitemap-1.xml", "public/sitemap-2.xml", "public/sitemap.xml"])
        #expect(files.map { $0.text.components(separatedBy: "<loc>").count - 1 } == [15, 1, 2])
        #expect(
            files[1].text.contains(
                "<loc>\(Self.site)/programs/program-v1:MITx+P2/</loc>\n<lastmod>2024-12-19</lastmod>"))
        let index =
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            + "<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"
            + "<sitemap>\n<loc>\(Self.site)/sitemap-1.xml</loc>\n<lastmod>2024-12-21</lastmod>\n</sitemap>\n"
            + "<sitemap>\n<loc>\(Self.site)/sitemap-2.xml</loc>\n<lastmod>2024-12-19</lastmod>\n</sitemap>\n"
            + "</sitemapindex>\n"
        #expect(files[2].text == index)
        #expect(Sitemap.artifacts(site.context, site.plan, limit: 16).map(\.path) == ["public/sitemap.xml"])
    }

    @Test("pages under a view restriction are in no file for machines")
    func restricted() async throws {
        let site = try await SiteFixture {
            try $0.insert(
                "wagtailcore_pageviewrestriction",
                ["id": "1", "page_id": "4", "password": "", "restriction_type": "login"])
        }
        let files = site.files
        #expect(files.map(\.path).sorted() == ["public/feed.atom", "public/robots.txt", "public/sitemap.xml"])
        #expect(!files.contains { $0.text.contains("6.100x") })
    }
}
