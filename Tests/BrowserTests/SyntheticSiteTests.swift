import Foundation
import Support
import Testing

/// The site of a made-up catalog. `make soak` has 5,000 courses (`COURSES`), and a browser that opens every page.
@Suite("A made-up catalog's site")
struct SyntheticSiteTests {
    private static let courses = ProcessInfo.processInfo.environment["COURSES"].flatMap { Int($0) }

    @Test("no page has an id twice, and no link of any page leads nowhere")
    func links() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "flows-\(UUID().uuidString)")
            .path(percentEncoded: false)
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let locator = "sqlite:\(folder)/catalog.sqlite"
        try await SyntheticCatalog(courses: Self.courses ?? 200).write(to: locator)
        try await SyntheticCatalog.writeMedia(of: locator, to: "\(folder)/media")
        let site = RenderedSite(
            folder: "\(folder)/output/current/public", origin: "https://site.example", elsewhere: RenderedSite.forms)
        let result = try await BuiltProgram("mitxonline-build").run([
            "render", "--database", locator, "--output", "\(folder)/output", "--site-base-url", site.origin, "--media",
            "\(folder)/media", "--now", "\(SyntheticCatalog.now)", "--log-level", "error",
        ])
        try #require(result.ending == .exit(0), "\(result.errors)")
        try await site.expectNone(of: .links)
        if Self.courses != nil { try await site.expectNone(of: .loading, .data, pages: .all) }
    }
}
