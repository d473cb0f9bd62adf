import Bytes
import Snapshot
import Support
import Testing

@Suite("The pages of courses")
struct CoursePageTests {
    private static let readableID = "course-v1:MITx+6.100x"
    private static let path = "/courses/course-v1:MITx+6.100x/"

    private func page(
        _ engine: Engine = .sqlite, _ edit: (inout Fixture) throws -> Void = { _ in }
    ) async throws -> String {
        try await ReadFixture(engine, edit).renderedSite().text(Self.path)
    }

    @Test(
        "CAT-55 a page has one title, a life that is missing says nothing, and machines read what it costs",
        arguments: Engine.allCases)
    func wholePage(engine: Engine) async throws {
        let page = try await page(engine)
        #expect(page.count(of: "<title>") == 1 && page.count(of: "<title") == 1)
        #expect(page.count(of: "<h1>") == 1)
        let turing = try #require(page.people.first { $0.contains("Alan Turing") })
        #expect(!turing.contains("None") && !turing.contains("class=\"rich\""))
        let lovelace = try #require(page.people.first { $0.contains("Ada Lovelace") })
        #expect(lovelace.contains("Bio <i>short</i> &amp; sweet"))
        #expect(page.contains("<div class=\"lead rich\"><p>Learn &amp; <b>grow</b>; 3 &lt; 5</p><p>Second</p></div>"))
        let data = page.between("<script type=\"application/ld+json\">", "</script>")
        let offers = try JSONValue(parsing: Array(data.utf8))["offers"]?.array ?? []
        #expect(
            offers.map { "\($0.at("/category")) \($0.at("/price")) \($0.at("/priceCurrency"))" }.sorted()
                == [#""Free" 0 "USD""#, #""Paid" 149.5 "USD""#])
    }

    @Test("the box of facts says when, how long, in which language and for how much")
    func facts() async throws {
        let facts = try await page().facts
        #expect(facts["Starts"] == "September 1, 2099")
        // A French run has the dates of the English one; runs are in the order in which enrollment opens, then by id.
        #expect(facts["Dates"] == "January 15, 2025 – June 1, 2025 | September 1, 2099 – open")
        #expect(facts["Pacing"] == "Instructor-paced")
        #expect(facts["Length"] == "8 weeks, 4–8 weeks")
        #expect(facts["Effort"] == "6-8 hours")
        #expect(facts["Languages"] == "English, French")
        #expect(facts["Price"] == "$149.50")
        #expect(facts["Certificate"] == "MicroMasters Credential")
    }

    @Test("days are given to machines too")
    func machineDays() async throws {
        #expect(try await page().contains(#"<time datetime="2099-09-01">September 1, 2099</time>"#))
    }

    @Test("links lead to MIT Learn, to the form for a lower price, to the programs and to the dates")
    func links() async throws {
        let page = try await page()
        #expect(page.contains(#"<a class="button" href="https://learn.mit.edu/courses/course-v1:MITx+6.100x">"#))
        #expect(page.contains(#"href="https://mitxonline.mit.edu/programs/program-v1:MITx+P1/apply/""#))
        #expect(page.contains(#"<li><a href="../../programs/program-v1:MITx+P1/">Prog one</a></li>"#))
        #expect(page.contains(#"<li><a href="../../programs/program-v1:MITx+P2/">Prog child</a></li>"#))
        #expect(!page.contains("P3"))
        #expect(page.contains(#"href="./course.ics""#))
    }

    @Test("the price of the next run is said where the editors' words do not name it")
    func prices() async throws {
        func facts(_ words: String) async throws -> String? {
            try await page {
                try $0.set(
                    "cms_coursepage", 10,
                    ["price": #"[{"type":"price_details","value":{"text":"\#(words)","link":""},"id":"x"}]"#])
            }.facts["Price"]
        }
        #expect(try await facts("$149.50 for a certificate") == "$149.50 for a certificate")
        #expect(try await facts(" ") == "Free – $149.50")
        #expect(try await facts("Ask us") == "Ask us, Current price $149.50")
        #expect(try await facts("$1149.50") == "$1149.50, Current price $149.50")
    }

    @Test("a page without anything optional has no empty section, no empty fact and no dead link")
    func bare() async throws {
        let page = try await page { fixture in
            let none: [String: String?] = [
                "about": nil, "what_you_learn": nil, "prerequisites": "", "faq_url": nil, "video_url": nil,
                "feature_image_id": nil, "effort": nil, "length": "", "min_weekly_hours": "", "max_weekly_hours": "",
                "min_weeks": nil, "max_weeks": nil, "faculty_section_title": nil, "price": "[]", "min_price": "0",
                "max_price": "0", "description": "",
            ]
            try fixture.set("cms_coursepage", 10, none)
            for link in 1...2 { try fixture.set("cms_instructorpagelink", link, ["linked_instructor_page_id": nil]) }
            for run in 1...5 { try fixture.set("courses_courserun", run, ["live": "f"]) }
        }
        #expect(
            page.facts == ["Starts": "No dates at present", "Price": "Free", "Certificate": "MicroMasters Credential"])
        for id in ["about", "what-you-will-learn", "prerequisites", "instructors", "how-you-will-learn"] {
            #expect(!page.contains("id=\"\(id)\""))
        }
        #expect(!page.contains("section-links") && !page.contains("course.ics") && !page.contains("_blank"))
        #expect(page.count(of: "<h1>") == 1)
    }

    @Test("sections are linked when they exist, and rich text may link to them but to no other")
    func sections() async throws {
        let page = try await page {
            try $0.set(
                "cms_coursepage", 10,
                [
                    "about": "<h2>Deep</h2><p><a href=\"#prerequisites\">here</a> <a href=\"#nowhere\">there</a></p>",
                    "what_you_learn": "<p> </p>", "prerequisites": "<ul><li>Calculus</li></ul>",
                ])
        }
        #expect(page.between("class=\"section-links\"", "</nav>").count(of: "<li>") == 3)
        #expect(page.contains("<h3>Deep</h3>"))
        #expect(page.contains("<a href=\"#prerequisites\">here</a> there"))
        #expect(!page.contains("what-you-will-learn"))
    }

    @Test("what editors type cannot break out of where it stands, and no address but of the web is a link")
    func hostile() async throws {
        let bad = #""><script>alert(1)</script><img src=x onerror=alert(2)>"#
        let site = try await ReadFixture(.sqlite) {
            try $0.set("wagtailcore_page", 10, ["title": bad, "seo_title": bad, "search_description": bad])
            try $0.set(
                "cms_coursepage", 10,
                [
                    "description": bad, "about": bad, "length": "<b>\(bad)</b>", "effort": bad,
                    "min_weekly_hours": "\"><",
                    "faculty_section_title": bad, "faq_url": "javascript:alert(1)", "video_url": " JavaScript:alert(1)",
                    "price": #"[{"type":"price_details","value":{"text":"<script>1","link":"data:text/html,x"}}]"#,
                ])
            try $0.set("cms_instructorpage", 12, ["instructor_name": bad, "instructor_title": bad])
        }.renderedSite()
        for artifact in site.rendering.artifacts where artifact.path.hasSuffix(".html") {
            let text = String(decoding: artifact.body.bytes(snapshotID: ""), as: UTF8.self)
            #expect(!text.contains("<script>") && !text.contains("<img src=x"), "in \(artifact.path)")
            #expect(!text.contains("javascript:") && !text.contains("JavaScript:") && !text.contains("data:text"))
        }
    }

    @Test("the title of an unpublished draft does not show")
    func draftTitle() async throws {
        let site = try await ReadFixture(.sqlite) {
            try $0.set("courses_course", 1, ["title": "Leaked title"])
            try $0.set("wagtailcore_page", 10, ["draft_title": "Leaked title", "has_unpublished_changes": "t"])
        }.renderedSite()
        #expect(try site.text(Self.path).contains("<h1>Algorithms one</h1>"))
        for artifact in site.rendering.artifacts {
            #expect(!String(decoding: artifact.body.bytes(snapshotID: ""), as: UTF8.self).contains("Leaked title"))
        }
    }

    @Test("what is an organisation's shows on no page")
    func organisations() async throws {
        let site = try await ReadFixture(.sqlite).renderedSite()
        for artifact in site.rendering.publicArtifacts {
            let text = String(decoding: artifact.body.bytes(snapshotID: ""), as: UTF8.self)
            #expect(!text.contains("UAI"), "in \(artifact.path)")
        }
    }

    @Test(
        "CAT-57 a page under a view restriction is on no page, sitemap, feed or pages document; the course's documents stay",
        arguments: Engine.allCases)
    func restricted(engine: Engine) async throws {
        let site = try await ReadFixture(engine) {
            try $0.insert(
                "wagtailcore_pageviewrestriction",
                ["id": "1", "page_id": "10", "restriction_type": "login", "password": ""])
        }.renderedSite()
        #expect(!site.has(Self.path))
        let served = site.rendering.publicArtifacts.filter {
            !$0.path.hasPrefix("public/api/") || $0.path.hasPrefix("public/api/v2/pages/")
        }
        #expect(
            served.contains { $0.path == "public/sitemap.xml" } && served.contains { $0.path == "public/feed.atom" })
        for artifact in served {
            let text = String(decoding: artifact.body.bytes(snapshotID: ""), as: UTF8.self)
            #expect(!text.contains("/courses/course-v1:MITx+6.100x"), "in \(artifact.path)")
        }
        // The search has readable ids in two parts, so that it is read as its script reads it.
        let index = try searchIndex(site)
        let base = try #require(index["ids"]?["courses"]?.string)
        let rows = try #require(index["courses"]?.array).compactMap(\.array)
        #expect(!rows.contains { $0[0].string == "Algorithms one" || base + ($0[1].string ?? "") == Self.readableID })
        let open = try searchIndex(try await ReadFixture(engine).renderedSite())
        let row = try #require(open["courses"]?.array?.first?.array)
        #expect(row[0].string == "Algorithms one")
        #expect((open["ids"]?["courses"]?.string ?? "") + (row[1].string ?? "") == Self.readableID)
        #expect(site.rendering.publicArtifacts.contains { $0.path == "public/api/v2/courses/1/index.json" })
        #expect(try site.text("/api/v2/courses/index.json").contains("course-v1:MITx+6.100x"))
    }

    /// What the script of the catalog's search hands over.
    private func searchIndex(_ site: RenderedSite) throws -> JSONValue {
        let script = try site.text("/catalog/index.js")
        #expect(script.hasPrefix("catalogIndex(") && script.hasSuffix(");\n"))
        return try JSONValue(parsing: Array(script.utf8.dropFirst("catalogIndex(".utf8.count).dropLast(3)))
    }
}
