import Foundation
import Markup
import Snapshot
import Support

extension SiteTemplates {
    /// The project's own templates, without assets.
    static func ofProject() throws -> SiteTemplates {
        let folder = Repository.path("Templates")
        let files = try FileManager.default.subpathsOfDirectory(atPath: folder).filter { $0.hasSuffix(".mustache") }
        let sources = try files.sorted().map { file in
            TemplateSource(
                name: String(file.dropLast(".mustache".count)), file: "Templates/\(file)",
                text: try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8))
        }
        return try SiteTemplates(templates: sources, assets: [])
    }
}
