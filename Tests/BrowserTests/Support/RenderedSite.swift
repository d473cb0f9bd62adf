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
    /// The paths below `origin` that the application answers, as a regular expression.
    var elsewhere: String?

    /// The small sound site that checks are tried on.
    static let sound = RenderedSite(
        folder: Repository.path("Tests/Fixtures/browser/good"), origin: "https://site.example")

    /// Pages with one mistake each.
    static let unsound = RenderedSite(
        folder: Repository.path("Tests/Fixtures/browser/bad"), origin: "https://site.example")

    /// What checks find, one after the other in one browser.
    ///
    /// - Parameter pages: which ones, for the checks that open pages; the others read all files.
    func findings(_ checks: SiteCheck..., pages: PageChoice = .ofEachKind) async throws -> [Finding] {
        try await findings(checks, pages: pages)
    }

    /// Fails the test for each problem that the checks find.
    func expectNone(
        of checks: SiteCheck..., pages: PageChoice = .ofEachKind, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        for problem in try await findings(checks, pages: pages).problems {
            Issue.record("\(problem)", sourceLocation: sourceLocation)
        }
    }

    private func findings(_ checks: [SiteCheck], pages: PageChoice) async throws -> [Finding] {
        let python = try InstalledProgram("python3", in: ["/usr/bin"], package: "python3")
        let names = checks.map(\.name).joined(separator: ",")
        let result = try await python.run(
            [Repository.path("Tests/Browser"), names, "--site", folder, "--origin", origin]
                + (socket.map { ["--connect", "unix:\($0)"] } ?? [])
                + (elsewhere.map { ["--elsewhere", $0] } ?? []) + checks.flatMap(\.options) + pages.arguments,
            environment: ["PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"])
        try #require(result.ending == .exit(0), "\(result.errors)")
        return try result.output.split(separator: "\n").map { line in
            try JSONDecoder().decode(Finding.self, from: Data(line.utf8))
        }
    }
}
