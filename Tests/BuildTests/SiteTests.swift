import Foundation
import Support
import Testing

@Suite("The HTML site of a render")
struct SiteTests {
    /// A copy of the repository's templates with `text` in place of one.
    private func templates(_ name: String, _ text: String, in workspace: Workspace) throws -> String {
        let folder = workspace.path("templates")
        try FileManager.default.copyItem(atPath: Repository.path("Templates"), toPath: folder)
        try text.write(toFile: "\(folder)/\(name).mustache", atomically: false, encoding: .utf8)
        return folder
    }

    @Test("a broken template is named with file, line and column, and the snapshot before stays")
    func brokenTemplate() async throws {
        try await withCatalog(.sqlite, .f()) { catalog in
            try await catalog.publish()
            let before = try catalog.workspace.tree()
            let folder = try templates(
                "message", "{{<layout}}{{$main}}\n<h1>{{titel}}</h1>{{/main}}{{/layout}}\n", in: catalog.workspace)
            let result = try await catalog.render("--templates", folder)
            #expect(result.ending == .exit(78))
            #expect(result.errors.contains("\(folder)/message.mustache:2:5: "))
            #expect(result.errors.contains("title"))
            try FileManager.default.removeItem(atPath: folder)
            #expect(try catalog.workspace.tree() == before)
        }
    }

    @Test("a folder without templates is a wrong configuration")
    func noTemplates() async throws {
        try await withCatalog(.sqlite, .f()) { catalog in
            let folder = catalog.workspace.path("nothing")
            try await catalog.render("--templates", folder).expectFailure(
                78, "\(folder) cannot be read; check --templates")
        }
    }

    @Test("templates that changed make a snapshot stale; without a site none is written")
    func stale() async throws {
        try await withCatalog(.sqlite, .f()) { catalog in
            let folder = try templates("unused", "", in: catalog.workspace)
            try await catalog.publish("--templates", folder)
            let page = "\(catalog.workspace.output)/current/public/index.html"
            #expect(FileManager.default.fileExists(atPath: page))
            #expect(try await catalog.render("--templates", folder, "--if-stale").output.contains("unchanged"))
            let message = "\(folder)/message.mustache"
            let text = try String(contentsOfFile: message, encoding: .utf8)
            try text.replacingOccurrences(of: "<h1>", with: "<h1 class=\"a\">")
                .write(toFile: message, atomically: false, encoding: .utf8)
            _ = try await catalog.render("--templates", folder, "--if-stale")
            let notFound = "\(catalog.workspace.output)/current/public/404.html"
            #expect(try String(contentsOfFile: notFound, encoding: .utf8).contains("<h1 class=\"a\">"))
            try await catalog.publish("--html", "false")
            #expect(!FileManager.default.fileExists(atPath: page))
        }
    }
}
