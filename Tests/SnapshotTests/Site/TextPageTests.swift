import Bytes
import Snapshot
import Support
import Testing

@Suite("The pages of people, collections and texts")
struct TextPageTests {
    @Test("an instructor's page has the long life, else the short one, and what the instructor teaches")
    func instructor() async throws {
        let site = try await ReadFixture(.sqlite).renderedSite()
        let slug = try Fixture.f().value("wagtailcore_page", 11, "slug") ?? ""
        let page = try site.text("/instructors/\(slug)/")
        #expect(page.contains("<h1>Ada Lovelace</h1>") && page.contains("Bio <i>short</i> &amp; sweet"))
        #expect(
            try site.cards("/instructors/\(slug)/") == [
                "Algorithms one -> ../../courses/course-v1:MITx+6.100x/: Start Anytime"
            ])
        let long = try await ReadFixture(.sqlite) {
            try $0.set("cms_instructorpage", 11, ["instructor_bio_long": "<p>Long</p>"])
        }.renderedSite().text("/instructors/\(slug)/")
        #expect(long.contains("<p>Long</p>") && !long.contains("sweet"))
    }

    @Test("an instructor without life, title and portrait has a page that says no more than the name")
    func bareInstructor() async throws {
        let slug = try Fixture.f().value("wagtailcore_page", 12, "slug") ?? ""
        let page = try await ReadFixture(.sqlite).renderedSite().text("/instructors/\(slug)/")
        #expect(page.contains("<h1>Alan Turing</h1>") && !page.contains("None") && !page.contains("person-title"))
        #expect(page.contains("<span class=\"portrait portrait-none\" aria-hidden=\"true\">AT</span>"))
        #expect(!page.contains("name=\"description\""))
    }

    @Test("a collection lists its programs in its own order, those alone that everybody may see")
    func collection() async throws {
        let slug = try Fixture.f().value("wagtailcore_page", 20, "slug") ?? ""
        let site = try await ReadFixture(.sqlite) {
            try $0.insert(
                "courses_programcollectionitem",
                ["id": "3", "sort_order": "0", "collection_id": "20", "program_id": "2"])
        }.renderedSite()
        #expect(
            try site.cards("/program-collections/\(slug)/") == [
                "Prog child -> ../../programs/program-v1:MITx+P2/: Series",
                "Prog one -> ../../programs/program-v1:MITx+P1/: MicroMasters®",
            ])
        #expect(try site.text("/program-collections/\(slug)/").contains("<h1>Coll one</h1>"))
    }

    @Test("a page of text lists its headings, each with an anchor of its own, and has the pages below it")
    func resource() async throws {
        let site = try await ReadFixture(.sqlite) { fixture in
            try fixture.addResource(
                50, below: 3, slug: "terms",
                """
                [{"type":"content","value":{"heading":"Refunds & more","detail":"<p>One <a href=\\"#main\\">m</a></p>"}},
                {"type":"content","value":{"heading":"Refunds & more","detail":"<h2>Sub</h2><p>Two</p>"}},
                {"type":"content","value":{"heading":"","detail":"<p>Three <a href=\\"#refunds-more-2\\">up</a></p>"}},
                {"type":"content","value":{"heading":"Main","detail":""}}]
                """)
            try fixture.addResource(51, below: 50, slug: "inner", "[]")
        }.renderedSite()
        let page = try site.text("/terms/")
        #expect(page.contains(##"<li><a href="#refunds-more">Refunds &amp; more</a></li>"##))
        #expect(page.contains(##"<li><a href="#refunds-more-2">Refunds &amp; more</a></li>"##))
        #expect(page.contains(##"<li><a href="#main-2">Main</a></li>"##))
        #expect(
            page.contains(
                "<section id=\"refunds-more-2\">\n<h2>Refunds &amp; more</h2>\n<div class=\"rich\"><h3>Sub</h3>"))
        #expect(page.contains("Three <a href=\"#refunds-more-2\">up</a>"))
        #expect(page.between("class=\"contents\"", "</nav>").count(of: "<li>") == 3)
        #expect(Set(page.ids).count == page.ids.count)
        #expect(page.contains("<li><a href=\"../terms/inner/\">inner</a></li>"))
        #expect(try site.text("/terms/inner/").contains("<li><a href=\"../../terms/\">terms</a></li>"))
    }

    @Test("sections have no id of the template's own, and none without a heading; the text lists none of those")
    func ownIDs() async throws {
        let page = try await ReadFixture(.sqlite) { fixture in
            let headings = ["Contents title", "Below title", "Main", "", "Catalog filters", " "]
            let sections = headings.map {
                #"{"type":"content","value":{"heading":"\#($0)","detail":"<p>x</p>"}}"#
            }
            try fixture.addResource(50, below: 3, slug: "terms", "[\(sections.joined(separator: ","))]")
            try fixture.addResource(51, below: 50, slug: "inner", "[]")
        }.renderedSite().text("/terms/")
        #expect(Set(page.ids).count == page.ids.count)
        for id in ["contents-title-2", "below-title-2", "main-2", "catalog-filters-2"] {
            #expect(page.ids.contains(id))
        }
        #expect(page.count(of: "<section id=") == 4 && page.count(of: "<section>") == 2)
        #expect(page.between("class=\"contents\"", "</nav>").count(of: "<li>") == 4)
    }

    @Test(
        "slugs that the site has files for, or that are no plain words, get no page, but a warning",
        arguments: [
            "robots.txt", "404.html", "feed.atom", "sitemap.xml", "sitemap-1.xml", "index.html", "100%25-online?",
            "a b",
            "a#b", "a\\b", "media",
        ])
    func noPage(slug: String) async throws {
        let site = try await ReadFixture(.sqlite) { try $0.addResource(50, below: 3, slug: slug, "[]") }.renderedSite()
        #expect(!site.has("/\(slug)/"))
        #expect(site.rendering.warnings.filter { $0.code == "page-path" }.map(\.id) == ["50"])
        #expect(SnapshotCheck.pathProblems(in: site.rendering.artifacts).isEmpty)
        #expect(try !site.text("/").between("<footer", "</footer>").contains(slug))
    }

    @Test("links at the foot of pages are percent-encoded")
    func footer() async throws {
        let site = try await ReadFixture(.sqlite) { try $0.addResource(50, below: 3, slug: "über", "[]") }
            .renderedSite()
        #expect(site.has("/über/"))
        #expect(try site.text("/").contains(##"<li><a href="./%C3%BCber/">über</a></li>"##))
        let found = await PageLinks(root: "public", in: site.rendering.artifacts)
            .findings(in: site.rendering.artifacts)
        #expect(found.problems.isEmpty)
    }

    @Test(
        "people whose page is a draft or restricted are on no page and not in the search; the catalog documents name them",
        arguments: [true, false])
    func hiddenPeople(isDraft: Bool) async throws {
        let site = try await ReadFixture(.sqlite) { fixture in
            if isDraft {
                try fixture.set("wagtailcore_page", 11, ["live": "f"])
            } else {
                try fixture.insert(
                    "wagtailcore_pageviewrestriction",
                    ["id": "1", "page_id": "11", "restriction_type": "login", "password": ""])
            }
        }.renderedSite()
        #expect(try site.text("/courses/course-v1:MITx+6.100x/").contains("Alan Turing"))
        #expect(try site.text("/api/v2/courses/1/index.json").contains("Ada Lovelace"))
        for artifact in site.rendering.publicArtifacts where !artifact.path.hasPrefix("public/api/") {
            let text = String(decoding: artifact.body.bytes(snapshotID: ""), as: UTF8.self)
            #expect(!text.contains("Lovelace"), "in \(artifact.path)")
        }
    }

    @Test("a wide table is in a region that scrolls and that the keyboard reaches")
    func tables() async throws {
        let page = try await ReadFixture(.sqlite) {
            try $0.addResource(
                50, below: 3, slug: "terms",
                #"[{"type":"content","value":{"heading":"H","detail":"<table><tr><td>1</td></tr></table><p>x</p>"}}]"#)
        }.renderedSite().text("/terms/")
        #expect(page.contains(#"<div class="scroll" role="region" aria-label="Table" tabindex="0"><table>"#))
        #expect(page.contains("</table></div>"))
    }
}

extension Fixture {
    /// Adds a page of text with the content, titled by its slug.
    fileprivate mutating func addResource(_ id: Int, below parent: Int, slug: String, _ content: String) throws {
        try addPage(id, below: parent, title: slug, slug: slug)
        try insert("cms_resourcepage", ["page_ptr_id": "\(id)", "content": content])
    }
}
