import Bytes
import Foundation
import Support
import Testing

@Suite("preview")
struct PreviewCommandTests {
    private func arguments(_ catalog: TestCatalog, _ options: String...) -> [String] {
        [
            "preview", "--database", catalog.locator, "--output", catalog.workspace.output,
            "--now", BuildProgram.now,
        ] + options
    }

    @Test("publishes into a store of its own, says where to look, and leaves what render publishes alone")
    func separate() async throws {
        try await withCatalog(.sqlite, try PreviewFixture.withDraft()) { catalog in
            try await catalog.publish()
            let before = try catalog.workspace.tree("output/current/")
            let result = try await BuildProgram().run(arguments(catalog))
            let output = catalog.workspace.output
            #expect(
                result.output == """
                    published: 1 draft
                      look at \(output)/preview/current/preview/index.html
                      file://\(output)/preview/current/preview/index.html

                    """)
            #expect(result.ending == .exit(0), "\(result.errors)")
            #expect(try catalog.workspace.tree("output/current/") == before)
            #expect(try catalog.workspace.text("output/preview/current/preview/10/index.html").contains("DRAFT"))
            #expect(!catalog.workspace.exists("output/preview/current/public"))
            #expect(!catalog.workspace.exists("output/current/preview"))
            let tree = try catalog.workspace.tree("output/preview")
            let second = try await BuildProgram().run(arguments(catalog, "--json"))
            let document = try JSONValue(parsing: Array(second.output.utf8))
            #expect(document["outcome"]?.string == "unchanged" && document["drafts"]?.int == 1)
            #expect(try catalog.workspace.tree("output/preview") == tree)
        }
    }

    @Test("without drafts there is a page that says so")
    func none() async throws {
        try await withCatalog(.sqlite, .f()) { catalog in
            let result = try await BuildProgram().run(arguments(catalog))
            #expect(result.output.hasPrefix("published: 0 drafts\n") && result.ending == .exit(0), "\(result.errors)")
            #expect(try catalog.workspace.text("output/preview/current/preview/index.html").contains("no drafts"))
        }
    }

    @Test("shrinks without asking: drafts are published or discarded")
    func shrink() async throws {
        try await withCatalog(.sqlite, try PreviewFixture.withDraft()) { catalog in
            _ = try await BuildProgram().run(arguments(catalog))
            try await catalog.execute("UPDATE wagtailcore_page SET has_unpublished_changes = false")
            let result = try await BuildProgram().run(arguments(catalog))
            #expect(result.output.hasPrefix("published: 0 drafts\n"), "\(result.errors)")
        }
    }

    @Test("watch shows a change at once, says so in a line, and ends with 0 at a signal", arguments: Engine.allCases)
    func watch(_ engine: Engine) async throws {
        try await withCatalog(engine, try PreviewFixture.withDraft()) { catalog in
            var program = try BuildProgram().start(arguments(catalog, "--watch", "--log-format", "json"))
            let page = "output/preview/current/preview/10/index.html"
            try await waitUntil { catalog.workspace.exists(page) }
            try await catalog.execute(
                """
                UPDATE wagtailcore_revision SET content = '{"title":"Second thoughts"}' WHERE id = 500
                """)
            #expect(await program.waits(forErrorWith: "\"event\":\"preview_rendered\""))
            #expect(try catalog.workspace.text(page).contains("Second thoughts"))
            // What no page depends on is no reason to render.
            try await catalog.execute("UPDATE wagtailcore_revision SET object_str = 'x' WHERE id = 500")
            try await catalog.execute(
                """
                UPDATE wagtailcore_revision SET content = '{"title":"Third thoughts"}' WHERE id = 500
                """)
            try await waitUntil { (try? catalog.workspace.text(page).contains("Third thoughts")) == true }
            program.send(engine == .sqlite ? SIGINT : SIGTERM)
            let result = await program.finish()
            #expect(result.ending == .exit(0), "\(result.errors)")
            #expect(result.output.contains("watching for changes"))
            #expect(result.errors.contains("\"renders\":3"), "\(result.errors)")
        }
    }

    @Test("watch goes on when templates are broken and the database is away, and says what is wrong once")
    func brokenWhileWatching() async throws {
        try await withCatalog(.sqlite, try PreviewFixture.withDraft()) { catalog in
            let templates = catalog.workspace.path("Templates")
            try FileManager.default.copyItem(atPath: Repository.path("Templates"), toPath: templates)
            var program = try BuildProgram().start(
                arguments(catalog, "--watch", "--templates", templates, "--log-format", "json"))
            let page = "output/preview/current/preview/10/index.html"
            try await waitUntil { catalog.workspace.exists(page) }
            let layout = try catalog.workspace.text("Templates/layout.mustache")
            let before = try catalog.workspace.text(page)
            try catalog.workspace.write(
                layout.replacing("{{site.name}}", with: "{{site.nam}}"), to: "Templates/layout.mustache")
            #expect(await program.waits(forErrorWith: "\"event\":\"preview_failed\""))
            #expect(try catalog.workspace.text(page) == before)
            try catalog.workspace.write(
                layout.replacing("<body>", with: "<body class=\"mended\">"), to: "Templates/layout.mustache")
            try await waitUntil { (try? catalog.workspace.text(page).contains("mended")) == true }

            let file = String(catalog.locator.dropFirst("sqlite:".count))
            try FileManager.default.moveItem(atPath: file, toPath: file + ".away")
            #expect(await program.waits(forErrorWith: "there is no such file"))
            try FileManager.default.moveItem(atPath: file + ".away", toPath: file)
            try await catalog.execute(
                """
                UPDATE wagtailcore_revision SET content = '{"title":"Back again"}' WHERE id = 500
                """)
            try await waitUntil { (try? catalog.workspace.text(page).contains("Back again")) == true }
            program.send(SIGTERM)
            let result = await program.finish()
            #expect(result.ending == .exit(0), "\(result.errors)")
            #expect(result.errors.components(separatedBy: "layout.mustache:").count == 2, "\(result.errors)")
        }
    }

    @Test("watch shows another text of the file with texts at once")
    func texts() async throws {
        try await withCatalog(.sqlite, try PreviewFixture.withDraft()) { catalog in
            func write(_ name: String) throws {
                try catalog.workspace.write(
                    #"{"provider":{"name":"\#(name)","url":"https://provider.example"}}"#, to: "texts.json")
            }
            try write("First University")
            let program = try BuildProgram().start(
                arguments(
                    catalog, "--watch", "--html-copy-file", catalog.workspace.path("texts.json"), "--log-format", "json"
                ))
            let page = "output/preview/current/preview/10/index.html"
            try await waitUntil { (try? catalog.workspace.text(page).contains("First University")) == true }
            try write("Second University")
            try await waitUntil { (try? catalog.workspace.text(page).contains("Second University")) == true }
            program.send(SIGTERM)
            let result = await program.finish()
            #expect(result.ending == .exit(0), "\(result.errors)")
        }
    }

    @Test("a document that a draft links to comes from the media storage")
    func document() async throws {
        var fixture = try PreviewFixture.withDraft(
            content: #"{"description":"<p><a linktype=\"document\" id=\"1\">List</a></p>"}"#)
        try fixture.insert(
            "wagtaildocs_document",
            [
                "id": "1", "title": "List", "file": "documents/list.pdf", "created_at": "2026-01-01 00:00:00+00",
                "collection_id": "1", "file_hash": "",
            ])
        try await withCatalog(.sqlite, fixture) { catalog in
            let media = catalog.workspace.path("media")
            try FileManager.default.createDirectory(
                atPath: "\(media)/documents", withIntermediateDirectories: true)
            try catalog.workspace.write("a list", to: "media/documents/list.pdf")
            let result = try await BuildProgram().run(arguments(catalog, "--media", media))
            #expect(result.ending == .exit(0), "\(result.errors)")
            let page = try catalog.workspace.text("output/preview/current/preview/10/index.html")
            #expect(page.contains(#"<a href="../documents/1/list.pdf">List</a>"#))
            #expect(try catalog.workspace.text("output/preview/current/preview/documents/1/list.pdf") == "a list")
        }
    }

    @Test("the report beside the drafts counts what check counts, links that lead nowhere among it")
    func sameReport() async throws {
        try await withCatalog(.sqlite, try Fixture(folder: "../../Samples/catalog")) { catalog in
            let check = try await BuildProgram().run([
                "check", "--database", catalog.locator, "--now", BuildProgram.now, "--json",
            ])
            let counts = try #require(try JSONValue(parsing: Array(check.output.utf8))["counts"])
            #expect(check.output.contains(#""code":"link-broken""#))
            let result = try await BuildProgram().run(arguments(catalog))
            #expect(result.output.contains("  page 252 'Wearable Sensors: Circuits You Can Wash'"), "\(result.output)")
            let report = try catalog.workspace.text("output/preview/current/preview/report.html")
            for severity in ["errors", "warnings", "notes"] {
                let count = try #require(counts[severity]?.int)
                let words = count == 1 ? String(severity.dropLast()) : severity
                #expect(report.contains("<b>\(count)</b> \(words)</li>"), "\(count) \(words)")
            }
        }
    }

    /// Waits for an effect; a minute is long enough for the slowest machine.
    private func waitUntil(
        sourceLocation: SourceLocation = #_sourceLocation, _ condition: () -> Bool
    ) async throws {
        for _ in 0..<3000 {
            if condition() { return }
            try await Task.sleep(for: .milliseconds(20))
        }
        Issue.record("it never happened", sourceLocation: sourceLocation)
    }
}

/// Fixture F with a draft.
enum PreviewFixture {
    static func withDraft(content: String = #"{"title":"Algorithms one DRAFT"}"#) throws -> Fixture {
        var fixture = try Fixture.f()
        try fixture.set("wagtailcore_page", 10, ["has_unpublished_changes": "t", "latest_revision_id": "500"])
        try fixture.insert(
            "wagtailcore_revision",
            [
                "id": "500", "created_at": "2026-11-20 08:30:00+00", "content": content,
                "object_id": "10", "content_type_id": "37", "base_content_type_id": "1", "object_str": "",
            ])
        return fixture
    }
}
