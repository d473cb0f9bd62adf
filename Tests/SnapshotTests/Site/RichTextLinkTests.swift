import Bytes
import Catalog
import Support
import Testing

@testable import Snapshot

@Suite("Links in rich text on the site")
struct RichTextLinkTests {
    /// The banner as the list of courses shows it, and the warnings.
    private func banner(_ html: String) async throws -> (text: String, warnings: [Warning]) {
        let site = try await ReadFixture(.sqlite) {
            try $0.insert("cms_sitebanner", ["id": "1", "message": html])
        }.renderedSite()
        let text = try site.text("/catalog/courses/").between("<aside class=\"banner\"", "</aside>")
        return (text, site.rendering.warnings.filter { $0.code == "link-broken" })
    }

    @Test(
        "lead to the site's own pages and files from where the page is",
        arguments: [
            (#"<a linktype="page" id="10">x</a>"#, "../../courses/course-v1:MITx+6.100x/"),
            (#"<a href="/courses/course-v1:MITx+6.100x">x</a>"#, "../../courses/course-v1:MITx+6.100x/"),
            (#"<a href="https://mitxonline.mit.edu/catalog/?a=b#c">x</a>"#, "../../catalog/#c"),
            (#"<a href="/media/a%20b.pdf">x</a>"#, "../../media/a%20b.pdf"),
            (#"<a href="https://elsewhere.example.org/courses/">x</a>"#, "https://elsewhere.example.org/courses/"),
            (#"<a href="https://mitxonline.mit.edu/admin/">x</a>"#, "https://mitxonline.mit.edu/admin/"),
            (#"<a href="mailto:a@example.org">x</a>"#, "mailto:a@example.org"),
        ])
    func kept(html: String, link: String) async throws {
        let (text, warnings) = try await banner("<p>\(html)</p>")
        #expect(text.contains("href=\"\(link)\""), "\(text)")
        #expect(warnings == [])
    }

    @Test(
        "that lead nowhere here are taken away with a warning that names them",
        arguments: ["/dashboard/", "#nowhere", "about/"])
    func broken(url: String) async throws {
        let (text, warnings) = try await banner("<p>See <a href=\"\(url)\">this</a></p>")
        #expect(text.contains("See") && text.contains("this") && !text.contains("href"))
        #expect(warnings.map(\.table) == ["cms_sitebanner"])
        #expect(warnings.first?.text.contains("message links to \(url),") == true)
    }

    @Test("dates are those of UTC, without leading zeros")
    func dates() throws {
        let day = try #require(Timestamp("2026-01-05T23:59:59Z"))
        #expect(DateText.day(of: day) == "January 5, 2026")
        #expect(DateText.day(of: try #require(Timestamp("1969-12-31T23:00:00-05:00"))) == "January 1, 1970")
    }
}
