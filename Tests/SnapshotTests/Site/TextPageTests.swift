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
