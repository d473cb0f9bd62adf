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

    /// The banner where the media storage has the document 1.
    private func bannerWithDocument(_ url: String) async throws -> (site: RenderedSite, text: String) {
        let site = try await ReadFixture(.sqlite) {
            try $0.insert(
                "wagtaildocs_document",
                [
                    "id": "1", "title": "List", "file": "documents/a list.pdf", "created_at": "2025-01-01 00:00:00+00",
                    "collection_id": "1", "file_hash": "",
                ])
            try $0.insert("cms_sitebanner", ["id": "7", "message": "<p>See <a href=\"\(url)\">this</a></p>"])
        }.renderedSite()
        return (site, try site.text("/catalog/courses/").between("<aside class=\"banner\"", "</aside>"))
    }

    @Test(
        "to a document lead to the file that its row names, whatever name the link has",
        arguments: [
            "/documents/1/a%20list.pdf", "/documents/1/old.pdf?x=1", "https://mitxonline.mit.edu/documents/1/x",
        ])
    func document(url: String) async throws {
        let (site, text) = try await bannerWithDocument(url)
        #expect(text.contains(#"href="../../documents/1/a%20list.pdf""#), "\(text)")
        let files = site.rendering.media.files(shownAt: ["documents/1/a list.pdf"]).filter { $0.path.hasPrefix("d") }
        #expect(files.map(\.key) == ["documents/a list.pdf"])
    }

    @Test(
        "to a document of a private collection, or of one below it, are taken away, and the file stays where it is",
        arguments: ["1", "2"])
    func privateCollection(restricted: String) async throws {
        let site = try await ReadFixture(.sqlite) {
            try $0.insert(
                "wagtailcore_collection",
                ["id": "2", "path": "00010001", "depth": "2", "numchild": "0", "name": "Staff"])
            try $0.insert(
                "wagtailcore_collectionviewrestriction",
                ["id": "1", "restriction_type": "login", "password": "", "collection_id": restricted])
            try $0.insert(
                "wagtaildocs_document",
                [
                    "id": "1", "title": "List", "file": "documents/list.pdf", "created_at": "2025-01-01 00:00:00+00",
                    "collection_id": "2", "file_hash": "",
                ])
            try $0.insert("cms_sitebanner", ["id": "7", "message": #"<a linktype="document" id="1">this</a>"#])
        }.renderedSite()
        let text = try site.text("/catalog/courses/").between("<aside class=\"banner\"", "</aside>")
        #expect(text.contains("this") && !text.contains("documents"))
        #expect(site.rendering.warnings.contains { $0.code == "link-broken" && $0.id == "7" })
        #expect(
            site.rendering.media.files(shownAt: ["documents/1/list.pdf"]).allSatisfy { $0.key != "documents/list.pdf" })
    }

    @Test(
        "to the media storage that are no file's address are taken away, and the snapshot has no bad path",
        arguments: [
            "/documents/1/", "/documents/1//etc", "/documents/1/../../evil.html", "/documents/1/%2e%2e",
            "/documents/1/a%0Ab", "/documents/1/a%00b", "/documents/1", "/documents/1/a/b", "/documents/1/a%2Fb",
            "/documents/2/a.pdf", "/documents/x/a.pdf", "/documents/", "/media/", "/media/a//b.png", "/media/../x",
            "/media/%2e%2e/x", "/media/./x", "/media/a%0Ab.png", "/media/a%00b.png", "/media/a/", "/media/a%FF.png",
            "https://mitxonline.mit.edu/documents/1/%2e%2e/x",
        ])
    func noFile(url: String) async throws {
        let (site, text) = try await bannerWithDocument(url)
        #expect(text.contains("this") && !text.contains("href"), "\(text)")
        #expect(
            site.rendering.warnings.filter { $0.code == "link-broken" }.map { "\($0.table) \($0.id)" }
                == ["cms_sitebanner 7"])
        let found = await PageLinks(root: "public", in: site.rendering.artifacts)
            .findings(in: site.rendering.artifacts)
        #expect(found.problems.isEmpty)
        let files = site.rendering.media.files(shownAt: found.media)
        let artifacts = files.map { Artifact(path: "public/\($0.path)", body: ArtifactBody([])) }
        #expect(SnapshotCheck.pathProblems(in: site.rendering.artifacts + artifacts).isEmpty)
    }

    @Test("what is no path of the media storage has no key there")
    func keys() async throws {
        let keys = MediaKeys(try await ReadFixture(.sqlite).catalog)
        #expect(keys.key(of: "media/a/b.png") == "a/b.png")
        for path in ["documents/99/a.pdf", "documents/1", "media/../a", "media/", "index.html"] {
            #expect(keys.key(of: path) == nil)
        }
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
