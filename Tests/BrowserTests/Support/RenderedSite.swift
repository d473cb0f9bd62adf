import Foundation
import Support
import Testing

/// A folder that holds a site's root, for the checks of `Tests/Browser`.
struct RenderedSite: Sendable {
    /// Where it is.
    let folder: String
    /// What the absolute addresses of its pages begin with, without a last slash.
    let origin: String
    /// The socket of the server that serves it; without one, pages are opened from disk.
    var socket: String?

    /// The small sound site that checks are tried on.
    static let sound = RenderedSite(
        folder: Repository.path("Tests/Fixtures/browser/good"), origin: "https://site.example")

    /// Pages with one mistake each.
    static let unsound = RenderedSite(
        folder: Repository.path("Tests/Fixtures/browser/bad"), origin: "https://site.example")

    /// What a check finds.
    ///
    /// - Parameter pages: which ones, for a check that opens pages; the others read all files.
    func findings(_ check: SiteCheck, pages: PageChoice = .ofEachKind) async throws -> [Finding] {
        let python = try InstalledProgram("python3", in: ["/usr/bin"], package: "python3")
        let choice = check.opensPages ? pages.arguments : []
        let server = check.usesServer ? socket.map { ["--connect", "unix:\($0)"] } ?? [] : []
        let result = try await python.run(
            [Repository.path("Tests/Browser")] + check.arguments + ["--site", folder] + server
                + (check.knowsOrigin ? ["--origin", origin] : []) + choice,
            environment: ["PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"])
        try #require(result.ending == .exit(0), "\(result.errors)")
        return try result.output.split(separator: "\n").map { line in
            try JSONDecoder().decode(Finding.self, from: Data(line.utf8))
        }
    }

    /// Fails the test for each problem that a check finds.
    func expectNone(
        of check: SiteCheck, pages: PageChoice = .ofEachKind, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        for problem in try await findings(check, pages: pages).problems {
            Issue.record("\(problem)", sourceLocation: sourceLocation)
        }
    }
}
