import Bytes
import Catalog
import Foundation
import Support
import Testing

@testable import Snapshot

@Suite("The report as a page")
struct ReportPageTests {
    /// The page of the report on `fixture`.
    private func page(_ edit: (inout Fixture) throws -> Void = { _ in }) async throws -> String {
        let catalog = try await ReadFixture(.sqlite, edit).catalog
        let templates = try RepositoryTemplates.all.get()
        let report = try await CatalogReport.of(
            catalog, at: FixtureF.now, settings: FixtureF.settings(), site: templates)
        var renderer = SnapshotRenderer(
            RenderContext(catalog: catalog, now: FixtureF.now, settings: FixtureF.settings()))
        renderer.chooseProducts()
        var site = SiteRenderer(
            renderer.context, templates: templates, courses: renderer.courses, programs: renderer.programs)
        let view = site.reportPage(report, at: PagePlace(path: "preview/"))
        var buffer = ByteBuffer()
        try templates.report.render(view, into: &buffer)
        return String(decoding: buffer.bytes, as: UTF8.self)
    }

    @Test("tells of every course and program its state, why, its runs and what to look at")
    func content() async throws {
        let page = try await page()
        for part in [
            "<h1>Catalog report</h1>", #"<meta name="robots" content="noindex">"#, "as it is on November 23, 2026",
            "<li><b>2</b> courses unpublished</li>", "<li><b>12</b> warnings</li>",
            ##"<th scope="row"><a href="#course-1">Algorithms one</a></th>"##,
            #"<h2 id="course-1" tabindex="-1">Algorithms one</h2>"#,
            #"<a href="https://learn.mit.edu/courses/course-v1:MITx+6.100x">"#,
            "<li>cms_programpage 18, include_in_learn_catalog is false: tick “Include in Learn catalog”",
            #"<th scope="row">course-v1:MITx+6.100x+3T2099</th><td><span class="state state-published">published</span>"#
                + "</td><td>Current</td><td>free, $149.50</td>",
            #"<span class="severity severity-warning">warning</span> Is a source run that is open, which MIT Learn "#
                + "publishes as an ordinary run: close its enrollment.",
            "course-v1:MITx+6.100x+SOURCE · courses_courserun 4 · source-run-open",
            #"<th scope="row">course-v1:MITx+7.00x</th><td>course</td><td>skipped: its page is missing or not live</td>"#,
        ] {
            #expect(page.contains(part), "\(part)")
        }
    }

    @Test("is well-formed, has no id twice, and its own links lead to ids that are there")
    func links() async throws {
        let page = try await page()
        let ids = page.matches(of: /\sid="([^"]+)"/).map { String($0.1) }
        #expect(Set(ids).count == ids.count)
        for anchor in page.matches(of: /href="#([^"]+)"/).map({ String($0.1) }) {
            #expect(ids.contains(anchor), "\(anchor)")
        }
        for label in page.matches(of: /aria-labelledby="([^"]+)"/).map({ String($0.1) }) {
            #expect(ids.contains(label), "\(label)")
        }
        #expect(!page.contains("style=") && !page.contains("<script>"))
        for tag in ["section", "table", "ul", "div", "tr", "li", "dl"] {
            #expect(
                page.matches(of: try Regex("<\(tag)[ >]")).count == page.matches(of: try Regex("</\(tag)>")).count,
                "\(tag)")
        }
    }

    @Test("escapes what stands in the catalog")
    func escaping() async throws {
        let page = try await page { try $0.set("courses_course", 1, ["title": "<script>alert(1)</script>"]) }
        #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
        #expect(!page.contains("<script>alert"))
    }
}
