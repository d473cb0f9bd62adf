import Bytes
import Foundation
import Markup
import Snapshot
import Support
import Testing

/// The repository's own templates, as a program reads them.
enum RepositoryTemplates {
    static func read(changing change: (inout [String: String]) -> Void = { _ in }) throws -> SiteTemplates {
        let folder = Repository.path("Templates/")
        var texts: [String: String] = [:]
        var assets: [SiteTemplates.Asset] = []
        for file in try FileManager.default.subpathsOfDirectory(atPath: folder) {
            if file.hasPrefix("assets/") {
                let bytes = try Data(contentsOf: URL(filePath: folder + file))
                assets.append(SiteTemplates.Asset(path: String(file.dropFirst("assets/".count)), bytes: Array(bytes)))
            } else if file.hasSuffix(".mustache") {
                texts[String(file.dropLast(".mustache".count))] = try String(
                    contentsOfFile: folder + file, encoding: .utf8)
            }
        }
        change(&texts)
        let sources = texts.map { TemplateSource(name: $0.key, file: "Templates/\($0.key).mustache", text: $0.value) }
        return try SiteTemplates(templates: sources, assets: assets)
    }

    /// Read once: most tests need nothing else.
    static let all = Result { try read() }
}

extension ReadFixture {
    /// The catalog with the HTML site.
    func renderedSite(
        at now: Timestamp = FixtureF.now, templates: SiteTemplates? = nil,
        _ change: (inout RenderSettings) -> Void = { _ in }
    ) async throws -> RenderedSite {
        var settings = FixtureF.settings()
        change(&settings)
        let templates = try templates ?? RepositoryTemplates.all.get()
        return RenderedSite(
            rendering: try await SnapshotRenderer.render(catalog, at: now, settings: settings, site: templates))
    }
}

/// The pages of a rendering.
struct RenderedSite {
    let rendering: Rendering

    /// The text of the file at `path`, which a slash at the end completes to its page: `/catalog/courses/`.
    func text(_ path: String) throws -> String {
        let file = "public" + path + (path.hasSuffix("/") ? "index.html" : "")
        let artifact = try #require(rendering.artifacts.first { $0.path == file }, "no file at \(path)")
        return String(decoding: artifact.body.bytes(snapshotID: ""), as: UTF8.self)
    }

    /// Whether there is a page at `path`.
    func has(_ path: String) -> Bool { rendering.artifacts.contains { $0.path == "public\(path)index.html" } }

    /// The cards of a page, each as `title -> link: date or kind`.
    func cards(_ path: String) throws -> [String] {
        let page = try text(path).components(separatedBy: "<template").first ?? ""
        return page.components(separatedBy: "<li class=\"card\">").dropFirst().map { card in
            let title = card.between("<h3>", "</h3>")
            let link = title.between("href=\"", "\"")
            let words = link.isEmpty ? title : title.between("\">", "</a>")
            let notes = [card.between("card-date\">", "</p>"), card.between("badge\">", "</p>")].filter { !$0.isEmpty }
            return "\(words) -> \(link)" + (notes.isEmpty ? "" : ": " + notes.joined(separator: " "))
        }
    }
}

extension String {
    /// What stands between the first `start` and the next `end`; empty when they are not there.
    func between(_ start: String, _ end: String) -> String {
        guard let from = range(of: start), let to = range(of: end, range: from.upperBound..<endIndex) else { return "" }
        return String(self[from.upperBound..<to.lowerBound])
    }
}
