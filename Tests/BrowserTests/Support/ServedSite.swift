import Foundation
import Support
import Testing

/// A site behind nginx with the configuration that is delivered, in a folder that the server may read.
struct ServedSite: Sendable {
    let site: RenderedSite
    private let server: NginxServer

    /// Serves a copy of a site.
    init(copying original: RenderedSite) async throws {
        server = try NginxServer(keys: [])
        let result = try await RunningProgram.run(
            "/bin/sh",
            [
                "-euc",
                """
                mkdir -p "$1/snapshots/0123456789abcdef"
                cp -r "$2" "$1/snapshots/0123456789abcdef/public"
                ln -s snapshots/0123456789abcdef "$1/current"
                chmod -R a+rX "$1"
                """, "sh", server.output, original.folder,
            ])
        try #require(result.ending == .exit(0), "\(result.errors)")
        site = RenderedSite(
            folder: "\(server.output)/current/public", origin: original.origin, socket: server.socket,
            elsewhere: original.elsewhere)
    }

    /// The sound site, the same for all tests.
    static let sound = Task { try await ServedSite(copying: .sound) }
}
