import Snapshot
import Support
import Testing

@Suite("The home page")
struct HomePageTests {
    @Test("opens with the words of the CMS and leads to the catalog")
    func words() async throws {
        let page = try await ReadFixture(.sqlite).renderedSite().text("/")
        #expect(page.contains("<h1>Learn from MIT</h1>"))
        #expect(page.contains("<title>MITx Online</title>"))
        #expect(page.contains("Open to everyone"))
        #expect(page.contains("<a href=\"./catalog/courses/\"><b>1</b> course</a>"))
        #expect(page.contains("<a href=\"./catalog/programs/\"><b>2</b> programs</a>"))
    }

    @Test("is there without a live page in the CMS, with the site's name")
    func missing() async throws {
        let site = try await ReadFixture(.sqlite) { try $0.set("wagtailcore_page", 3, ["live": "f"]) }.renderedSite()
        #expect(try site.text("/").contains("<h1>MITx Online</h1>"))
    }

    @Test(
        "features what starts soonest first, then what has started last, the links to pages that are not live left out")
    func featured() async throws {
        let site = try await ReadFixture(.sqlite) { fixture in
            for (link, page) in [(1, 10), (2, 17), (3, 13), (4, 18)] {
                try fixture.insert(
                    "cms_homeproductlink",
                    ["id": "\(link)", "course_product_page_id": "\(page)", "page_id": "3"])
            }
        }.renderedSite()
        // The course's next run starts in 2099; the earliest run of both programs, of course 1, started in 2025.
        #expect(
            try site.cards("/") == [
                "Algorithms one -> ./courses/course-v1:MITx+6.100x/: Starts September 1, 2099",
                "Prog one -> ./programs/program-v1:MITx+P1/: MicroMasters®",
                "Prog child -> ./programs/program-v1:MITx+P2/: Series",
            ])
    }

    @Test("what has started comes after what has no start, the last to start first")
    func featuredOrder() async throws {
        let site = try await ReadFixture(.sqlite) { fixture in
            try fixture.set("courses_courserun", 1, ["end_date": nil, "start_date": "2026-11-23 20:44:59+00"])
            for run in 2...3 { try fixture.set("courses_courserun", run, ["live": "f"]) }
            try fixture.set("wagtailcore_page", 13, ["live": "t"])
            for (link, page) in [(1, 10), (2, 13)] {
                try fixture.insert(
                    "cms_homeproductlink",
                    ["id": "\(link)", "course_product_page_id": "\(page)", "page_id": "3"])
            }
        }.renderedSite()
        #expect(
            try site.cards("/") == [
                "biology two -> ./courses/course-v1:MITx+7.00x/: Start Anytime",
                "Algorithms one -> ./courses/course-v1:MITx+6.100x/: Started November 23, 2026",
            ])
    }

    @Test("shows a video as a link, never as a frame, and only to an address of the web")
    func video() async throws {
        func page(_ url: String) async throws -> String {
            try await ReadFixture(.sqlite) {
                try $0.set(
                    "cms_homepage", 3,
                    [
                        "video_url": url, "video_component_title": "Look",
                        "video_component_description": "<p>So <i>it</i> is</p>",
                    ])
            }.renderedSite().text("/")
        }
        let shown = try await page("https://video.example.org/1?a=1&b=2")
        #expect(shown.contains(#"href="https://video.example.org/1?a=1&amp;b=2" target="_blank" rel="noopener""#))
        #expect(shown.contains(">Look</h2>") && shown.contains("<p>So <i>it</i> is</p>"))
        #expect(shown.contains("opens in a new window") && !shown.contains("<iframe"))
        #expect(try await !page("javascript:alert(1)").contains("javascript:"))
    }
}
