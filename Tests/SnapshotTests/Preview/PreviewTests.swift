import Bytes
import Catalog
import Foundation
import Snapshot
import Support
import Testing

@Suite("Previews of drafts")
struct PreviewTests {
    private static let draft = #"""
        {"pk":10,"title":"Algorithms one DRAFT","description":"<p>draft</p>",
        "price":"[{\"id\":\"a\",\"type\":\"price_details\",\"value\":{\"text\":\"$777\",\"link\":\"\"}}]",
        "max_price":"149.55","unknown":{"a":1},"course":null}
        """#

    @Test(
        "CAT-58 the draft of page 10 is shown with its title, description and decoded price, and in no public file",
        arguments: Engine.allCases)
    func cat58(_ engine: Engine) async throws {
        let fixture = try Fixture.f(draftOf: 10, Self.draft)
        let previewed = try await PreviewedFixture(fixture, from: engine)
        #expect(previewed.preview.problems.isEmpty && previewed.preview.draftCount == 1)
        let page = try previewed.text("10/index.html")
        #expect(page.contains("<h1>Algorithms one DRAFT</h1>"))
        #expect(page.contains("<p>draft</p>"))
        #expect(page.contains("$777"))
        #expect(page.contains(#"<meta name="robots" content="noindex">"#))
        #expect(page.contains("Revision 500, saved November 20, 2026, 08:30 UTC by user 77"))
        #expect(page.contains("February 1, 2027, 06:00 UTC"))
        for field in ["Title", "Description", "Price", "Max price"] { #expect(page.contains("<code>\(field)</code>")) }

        let site = try await ReadFixture(fixture, from: engine).renderedSite()
        for artifact in site.rendering.artifacts {
            #expect(artifact.path.hasPrefix("public/") || artifact.path.hasPrefix("internal/"))
            let text = String(decoding: artifact.body.bytes(snapshotID: ""), as: UTF8.self)
            for words in ["DRAFT", "<p>draft</p>", "$777", "preview"] where text.contains(words) {
                // The style sheet names its own parts.
                #expect(artifact.path.contains("/assets/"), "\(artifact.path) has \(words)")
            }
        }
        #expect(previewed.preview.artifacts.allSatisfy { $0.path.hasPrefix("preview/") })
    }

    @Test(
        "the differences are an array of field, live and draft, in one order on both engines",
        arguments: Engine.allCases)
    func diffJSON(_ engine: Engine) async throws {
        let previewed = try await PreviewedFixture(try Fixture.f(draftOf: 10, Self.draft), from: engine)
        let changes = try #require(try JSONValue(parsing: Array(previewed.text("10/diff.json").utf8)).array)
        #expect(changes.compactMap { $0["field"]?.string } == ["title", "description", "price", "max_price"])
        #expect(changes[0].compactText == #"{"field":"title","live":"Algorithms one","draft":"Algorithms one DRAFT"}"#)
        #expect(changes[3].compactText == #"{"field":"max_price","live":"149.50","draft":"149.55"}"#)
        #expect(
            changes[2]["draft"]?.compactText
                == #"[{"id":"a","type":"price_details","value":{"link":"","text":"$777"}}]"#)
        let page = try previewed.text("10/diff.html")
        #expect(page.contains("<ins><span class=\"visually-hidden\">added: </span> DRAFT"))
        #expect(page.contains("removed: </span>149.50"))
        #expect(try previewed.text("diff.html").contains("Algorithms one DRAFT"))
        #expect(try previewed.text("index.html").contains("1 draft, newest first"))
    }

    @Test("what the draft does not have stays as it is, and of a null the course is kept")
    func missingKeys() async throws {
        let previewed = try await PreviewedFixture(try Fixture.f(draftOf: 10, Self.draft), from: .sqlite)
        let page = try previewed.text("10/index.html")
        #expect(page.contains("Alan Turing") && page.contains("8 weeks"))
        #expect(previewed.drafted.catalog.course(1)?.page?.page.title == "Algorithms one DRAFT")
        #expect(try previewed.page(10).changes.count == 4)
    }

    @Test(
        "a draft that cannot be shown has a page that names the field and why; what is published stays",
        arguments: [
            (#"{"feature_image":999}"#, "feature_image", "names image 999, which does not exist"),
            (#"{"topics":[107,9999]}"#, "topics", "names topic 9999, which does not exist"),
            (#"{"linked_instructors":[{"pk":1,"linked_instructor_page":9999}]}"#, "linked_instructors", "page 9999"),
            (#"{"course":9999}"#, "course", "names course 9999, which does not exist"),
            (#"{"course":2}"#, "course", "which page 13 describes already"),
            (#"{"title":5}"#, "title", "is a number but must be a text"),
            (#"{"min_weeks":"4"}"#, "min_weeks", "must be a whole number or null"),
            (#"{"max_price":null}"#, "max_price", "is null but must be an amount"),
            (#"{"max_price":"cheap"}"#, "max_price", "must be an amount"),
            (#"{"price":"[oops"}"#, "price", "must be a text that holds a JSON list of blocks"),
            (#"{"hyl_choice_learn_by_doing":"yes"}"#, "hyl_choice_learn_by_doing", "must be true, false or null"),
        ])
    func errors(content: String, field: String, problem: String) async throws {
        var fixture = try Fixture.f(draftOf: 10, content)
        try fixture.addDraft(of: 17, #"{"title":"Prog DRAFT"}"#, revision: 501)
        let previewed = try await PreviewedFixture(fixture, from: .sqlite)
        let error = try #require(try previewed.page(10).error)
        #expect(error.field == field && error.problem.contains(problem), "\(error)")
        let page = try previewed.text("10/index.html")
        #expect(page.contains("cannot be shown") && page.contains("<code>\(field)</code>"))
        #expect(previewed.drafted.catalog.course(1)?.page?.page.title == "Algorithms one")
        #expect(try previewed.text("17/index.html").contains("<h1>Prog DRAFT</h1>"))
        #expect(previewed.preview.problems.map(\.pageID) == [10])
    }

    @Test("a revision that is not there, or another page's, is a draft that cannot be read", arguments: Engine.allCases)
    func unreadable(_ engine: Engine) async throws {
        var fixture = try Fixture.f()
        try fixture.addDraft(of: 10, "{}", objectID: 11)
        try fixture.set(
            "wagtailcore_page", 17, ["has_unpublished_changes": "t", "latest_revision_id": "999"])
        let previewed = try await PreviewedFixture(fixture, from: engine)
        #expect(previewed.preview.problems.map(\.pageID) == [10, 17])
        #expect(try previewed.page(10).error?.field == nil)
        #expect(try previewed.text("17/index.html").contains("cannot be read"))
    }

    @Test("which pages have a draft", arguments: Engine.allCases)
    func rule1(_ engine: Engine) async throws {
        var fixture = try Fixture.f()
        try fixture.addDraft(of: 10, "{}", revision: 500)
        try fixture.addDraft(of: 13, "{}", live: false, revision: 501)
        try fixture.addDraft(of: 17, "{}", revision: 502)
        try fixture.addDraft(of: 18, "{}", revision: 503)
        // Nothing unpublished; the latest revision is the live one.
        try fixture.set("wagtailcore_page", 17, ["has_unpublished_changes": "f"])
        try fixture.set("wagtailcore_page", 18, ["live_revision_id": "503"])
        try fixture.set("wagtailcore_page", 13, ["has_unpublished_changes": "f"])
        let previewed = try await PreviewedFixture(fixture, from: engine)
        #expect(Set(previewed.drafted.pages.map(\.draft.pageID)) == [10, 13])
    }

    @Test("a page that was never published is shown, all of it new, also without a course")
    func neverPublished() async throws {
        var fixture = try Fixture.f(
            draftOf: 13, #"{"title":"Biology next","course":2,"description":"<p>new</p>"}"#, live: false)
        let previewed = try await PreviewedFixture(fixture, from: .sqlite)
        #expect(try previewed.text("13/index.html").contains("<h1>Biology next</h1>"))
        #expect(try previewed.changes(13)["title"] == #"null -> "Biology next""#)
        #expect(try previewed.text("index.html").contains("not published yet"))
        #expect(!ReadFixture.hasPage(13, previewed.catalog))

        try fixture.set("cms_coursepage", 13, ["course_id": nil])
        let taken = try await PreviewedFixture(fixture, from: .sqlite)
        #expect(taken.drafted.catalog.course(2)?.page?.page.id == 13)

        var unowned = try Fixture.f(draftOf: 13, #"{"title":"Nobody","course":null}"#, live: false)
        try unowned.set("cms_coursepage", 13, ["course_id": nil])
        let shown = try await PreviewedFixture(unowned, from: .sqlite)
        #expect(try shown.text("13/index.html").contains("<h1>Nobody</h1>"))
    }

    @Test("a page behind a restriction is shown in the preview, and only there")
    func restricted() async throws {
        var fixture = try Fixture.f(draftOf: 10, Self.draft)
        try fixture.insert(
            "wagtailcore_pageviewrestriction",
            ["id": "1", "password": "", "page_id": "10", "restriction_type": "login"])
        let previewed = try await PreviewedFixture(fixture, from: .sqlite)
        #expect(try previewed.text("10/index.html").contains("<h1>Algorithms one DRAFT</h1>"))
        let site = try await ReadFixture(fixture, from: .sqlite).renderedSite()
        #expect(!site.has("/courses/course-v1:MITx+6.100x/"))
    }

    @Test("the bar above a draft leads to its changes and to all drafts, and names each changed field by itself")
    func bar() async throws {
        var fixture = try Fixture.f(draftOf: 10, Self.draft)
        try fixture.addDraft(of: 17, #"{"title":5}"#, revision: 501)
        try fixture.addDraft(of: 18, "{}", revision: 502)
        let previewed = try await PreviewedFixture(fixture, from: .sqlite)
        let (changes, all) = (#"<a href="./diff.html">Changes</a>"#, #"<a href="../index.html">All drafts</a>"#)
        let page = try previewed.text("10/index.html")
        #expect(page.contains(changes) && page.contains(all))
        #expect(page.contains("<li><code>Title</code></li><li><code>Description</code></li>"))
        let diff = try previewed.text("10/diff.html")
        #expect(!diff.contains(changes) && diff.contains(all))
        let nothing = "Nothing differs from what is published."
        let error = try previewed.text("17/index.html")
        #expect(error.contains(changes) && !error.contains(nothing))
        #expect(try !previewed.text("17/diff.html").contains(nothing))
        #expect(try previewed.text("18/index.html").contains(nothing))
    }

    @Test("a home page's draft shows its own video and products, not those of the page that opens the site")
    func otherHome() async throws {
        var fixture = try Fixture.f()
        try fixture.insert(
            "wagtailcore_page",
            [
                "id": "900", "path": "00010009", "depth": "2", "numchild": "0", "title": "Other home", "slug": "other",
                "live": "f", "has_unpublished_changes": "f", "url_path": "/other/", "seo_title": "",
                "show_in_menus": "f", "search_description": "", "expired": "f", "content_type_id": "16", "locked": "f",
                "draft_title": "Other home", "translation_key": "6d697478-6600-4000-8000-000000000900",
                "locale_id": "1",
            ])
        try fixture.insert("cms_homepage", ["page_ptr_id": "900"])
        try fixture.insert("cms_homeproductlink", ["id": "1", "course_product_page_id": "10", "page_id": "900"])
        try fixture.addDraft(
            of: 900, #"{"video_url":"https://video.example/other","video_component_title":"Another video"}"#,
            live: false)
        try fixture.addDraft(of: 3, #"{"hero_title":"Learn more"}"#, revision: 501)
        let previewed = try await PreviewedFixture(fixture, from: .sqlite)
        let page = try previewed.text("900/index.html")
        #expect(page.contains("https://video.example/other") && page.contains("Another video"))
        #expect(page.contains("Algorithms one"))
        let home = try previewed.text("3/index.html")
        #expect(home.contains("Learn more") && !home.contains("Another video") && !home.contains("Algorithms one"))
    }

    @Test("without drafts the list says so")
    func none() async throws {
        let previewed = try await PreviewedFixture(try Fixture.f(), from: .sqlite)
        #expect(previewed.preview.draftCount == 0)
        #expect(try previewed.text("index.html").contains("There are no drafts"))
        #expect(try previewed.text("report.html").contains("Catalog report"))
    }
}

extension ReadFixture {
    /// Whether a live page has that id.
    static func hasPage(_ id: Int, _ catalog: CourseCatalog) -> Bool { catalog.pages[id]?.live == true }
}
