import Bytes
import Foundation
import Markup
import Snapshot
import Support
import Testing

@Suite("What all pages of the site have in common")
struct FrameTests {
    @Test("the repository's templates compile")
    func templates() throws {
        #expect(throws: Never.self) { try RepositoryTemplates.all.get() }
    }

    @Test("a template with a name that its page does not offer says where it is, and the nearest name")
    func unknownName() throws {
        let error = #expect(throws: TemplateError.self) {
            try RepositoryTemplates.read { $0["partials/card"] = "<li>\n  {{titel}}</li>\n" }
        }
        let message = try #require(error).description
        #expect(message.hasPrefix("Templates/partials/card.mustache:2:3: "), "\(message)")
        #expect(message.contains("title"), "\(message)")
        #expect(message.contains("included from Templates/"), "\(message)")
    }

    @Test("templates and assets are part of the fingerprint")
    func fingerprint() throws {
        let usual = try RepositoryTemplates.all.get().fingerprint
        #expect(try RepositoryTemplates.read().fingerprint == usual)
        let other = try RepositoryTemplates.read { $0["home", default: ""] += "\n" }
        #expect(other.fingerprint != usual)
    }

    @Test("every page has language, one title, viewport, canonical link, Open Graph and a way past the header")
    func head() async throws {
        let site = try await ReadFixture(.sqlite).renderedSite()
        let pages = site.rendering.artifacts.filter { $0.path.hasSuffix(".html") }
        #expect(pages.count >= 10)
        for artifact in pages {
            let page = String(decoding: artifact.body.bytes(snapshotID: ""), as: UTF8.self)
            for part in [
                "<html lang=\"en\">", "<meta charset=\"utf-8\">", "<title>", "<meta name=\"viewport\"",
                "<link rel=\"canonical\" href=\"https://", "<meta property=\"og:title\"", "<meta property=\"og:url\"",
                "<a class=\"skip\" href=\"#main\">", "<main id=\"main\"", "<h1",
            ] {
                #expect(page.components(separatedBy: part).count == 2, "\(part) in \(artifact.path)")
            }
            #expect(page.contains("noindex") == artifact.path.hasSuffix("404.html"), "\(artifact.path)")
            for forbidden in [" style=", "<style", " onclick", "javascript:"] {
                #expect(!page.contains(forbidden), "\(forbidden) in \(artifact.path)")
            }
        }
    }

    @Test("assets are named with the beginning of the templates' fingerprint, which changes with them")
    func versions() async throws {
        let fixture = try await ReadFixture(.sqlite)
        let page = try await fixture.renderedSite().text("/courses/course-v1:MITx+6.100x/")
        let version = try RepositoryTemplates.all.get().fingerprint.hex.prefix(12)
        for name in ["icon.svg", "site.css", "pages.css", "catalog.js"] {
            #expect(page.contains("=\"../../assets/\(name)?v=\(version)\""), "\(name)")
        }
        let addresses = page.components(separatedBy: "/assets/").dropFirst()
        #expect(addresses.allSatisfy { $0.prefix { $0 != "\"" }.hasSuffix("?v=\(version)") })
        // What its data has changes without the templates.
        #expect(try await fixture.renderedSite().text("/catalog/courses/").contains("/index.js\""))
    }

    @Test("of resource pages with one title the footer names the first; the other is there")
    func namesakes() async throws {
        let site = try await ReadFixture(.sqlite) { fixture in
            for (id, slug) in [(70, "faq"), (71, "faq-old")] {
                try fixture.addPage(id, below: 3, title: "Questions", slug: slug)
                try fixture.insert("cms_resourcepage", ["page_ptr_id": "\(id)", "content": "[]"])
            }
        }.renderedSite()
        let page = try site.text("/")
        #expect(page.contains("<a href=\"./faq/\">Questions</a>") && !page.contains("faq-old"))
        #expect(try site.text("/faq-old/").contains("<h1>Questions</h1>"))
    }

    @Test("outside production no page may be listed")
    func environment() async throws {
        let site = try await ReadFixture(.sqlite).renderedSite { $0.site.environment = "rc" }
        for artifact in site.rendering.artifacts where artifact.path.hasSuffix(".html") {
            let page = String(decoding: artifact.body.bytes(snapshotID: ""), as: UTF8.self)
            #expect(page.contains("<meta name=\"robots\" content=\"noindex\">"), "\(artifact.path)")
        }
    }

    @Test("the page for addresses that lead nowhere works at any depth")
    func notFound() async throws {
        let page = try await ReadFixture(.sqlite).renderedSite().text("/404.html")
        #expect(page.contains("<h1>Page not found</h1>"))
        #expect(page.contains("href=\"/assets/site.css?v=") && page.contains("<a class=\"button\" href=\"/\">"))
        #expect(!page.contains("=\"./") && !page.contains("=\"../"))
    }

    @Test("the bare addresses of courses and programs lead to the catalog")
    func redirects() async throws {
        let site = try await ReadFixture(.sqlite).renderedSite()
        for kind in ["courses", "programs"] {
            let page = try site.text("/\(kind)/")
            #expect(page.contains("<meta http-equiv=\"refresh\" content=\"0; url=../catalog/\(kind)/\">"))
            #expect(page.contains("<a class=\"button\" href=\"../catalog/\(kind)/\">"))
            #expect(page.contains("<link rel=\"canonical\" href=\"https://mitxonline.mit.edu/catalog/\(kind)/\">"))
        }
    }

    @Test("the newest banner stands on every page, its links made the page's own")
    func banner() async throws {
        let site = try await ReadFixture(.sqlite) {
            try $0.insert(
                "cms_sitebanner",
                ["id": "1", "message": #"<p>Old</p>"#])
            try $0.insert(
                "cms_sitebanner",
                ["id": "2", "message": #"<p onclick="x">See <a href="/catalog/">all</a><script>x</script></p>"#])
        }.renderedSite()
        #expect(try site.text("/").contains(#"<p>See <a href="./catalog/">all</a></p>"#))
        #expect(try site.text("/catalog/courses/").contains(#"<p>See <a href="../../catalog/">all</a></p>"#))
        #expect(try site.text("/404.html").contains(#"<p>See <a href="/catalog/">all</a></p>"#))
    }

    @Test("an installation's own words stand at the foot of pages")
    func copy() async throws {
        let page = try await ReadFixture(.sqlite).renderedSite {
            $0.site.name = "Open <Learning>"
            $0.site.copy.provider = SiteCopy.Link(text: "A & B", url: "https://b.example.org")
            $0.site.copy.footerLinks = [SiteCopy.Link(text: "Help", url: "https://help.example.org")]
            $0.site.copy.socialLinks = [SiteCopy.Link(text: "Talk", url: "https://talk.example.org")]
            $0.site.copy.newsletter = SiteCopy.Link(text: "News by mail", url: "https://news.example.org")
        }.text("/")
        #expect(page.contains("Open &lt;Learning&gt;"))
        for link in [
            #"<a href="https://b.example.org">A &amp; B</a>"#, #"<a href="https://help.example.org">Help</a>"#,
            #"<a href="https://talk.example.org">Talk</a>"#, #"<a href="https://news.example.org">News by mail</a>"#,
        ] {
            #expect(page.contains(link))
        }
    }

    @Test("two renders give the same bytes; pages are counted")
    func determinism() async throws {
        let fixture = try await ReadFixture(.sqlite)
        let (one, two) = (try await fixture.renderedSite(), try await fixture.renderedSite())
        func files(_ site: RenderedSite) -> [String: [UInt8]] {
            Dictionary(site.rendering.artifacts.map { ($0.path, $0.body.bytes(snapshotID: "")) }) { first, _ in first }
        }
        #expect(files(one) == files(two))
        #expect(one.rendering.artifacts.map(\.path) == two.rendering.artifacts.map(\.path))
        #expect(one.rendering.warnings == two.rendering.warnings)
        let pages = one.rendering.artifacts.count { $0.path.hasSuffix(".html") }
        #expect(one.rendering.counts.first { $0.name == "pages_html" } == Count("pages_html", pages))
    }

    @Test("the documents are the same with and without the site")
    func documents() async throws {
        let fixture = try await ReadFixture(.sqlite)
        let with = RenderedCatalog(try await fixture.renderedSite().rendering)
        let without = await fixture.rendered()
        for path in without.paths { #expect(with.bytes(at: path) == without.bytes(at: path), "\(path)") }
        #expect(with.paths.filter { $0.contains("/api/") } == without.paths)
    }
}
