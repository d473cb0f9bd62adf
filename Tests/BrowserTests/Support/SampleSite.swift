import Foundation
import Support
import Testing

/// The sample catalog, rendered with its media, and the previews of its drafts.
struct SampleSite: Sendable {
    let site: RenderedSite
    let preview: RenderedSite

    /// Rendered and behind a server, the same for all tests.
    static let served = Task { try await SampleSite() }

    private static let origin = "https://site.example"

    private init() async throws {
        let server = try NginxServer(keys: [])
        let locator = "sqlite:\(server.output).sqlite"
        let options = [
            "--database", locator, "--output", server.output, "--site-base-url", Self.origin, "--media",
            Repository.path("Samples/media"), "--now", "2026-11-23T20:45:00Z",
        ]
        try await Self.build(["import", Repository.path("Samples/catalog"), "--database", locator])
        try await Self.build(["render"] + options)
        try await Self.build(["preview"] + options)
        site = RenderedSite(
            folder: "\(server.output)/current/public", origin: Self.origin, socket: server.socket,
            elsewhere: RenderedSite.forms)
        // What a preview does not have it names on the site, which is another one here.
        preview = RenderedSite(
            folder: "\(server.output)/preview/current/preview", origin: "https://preview.example")
        self.server = server
    }

    private let server: NginxServer

    private static func build(_ arguments: [String]) async throws {
        let result = try await BuiltProgram("mitxonline-build").run(arguments)
        try #require(result.ending == .exit(0), "\(result.errors)")
    }
}

extension RenderedSite {
    /// The paths of the forms for financial assistance, which the application answers (`spec/catalog.md` §7).
    static let forms = "/(courses|programs)/[^/]+/[^/]+/"

    /// The same pages opened from disk.
    var onDisk: RenderedSite { RenderedSite(folder: folder, origin: origin, elsewhere: elsewhere) }
}
