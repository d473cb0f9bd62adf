import Bytes
import Command
import FoundationEssentials
import Markup
import Snapshot

/// The folder of the site's templates, with the files that pages load in its folder `assets`.
public struct TemplateFolder: Sendable {
    private let path: String

    /// The folder at `chosen`, else the one that came with the program: the first on the way up from the program's place, in
    /// `share/mitxonline-flows/Templates` or `Templates`.
    ///
    /// - Throws: `Failure` (configuration) when there is none.
    public init(_ chosen: String?) throws(Failure) {
        if let chosen {
            path = chosen
            return
        }
        guard let program = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") else {
            throw Failure(.bug, "/proc/self/exe cannot be read, by which the program knows where it is")
        }
        guard let path = Self.beside(program) else {
            throw Failure(
                .configuration,
                "there are no templates beside \(program): set MITXONLINE_TEMPLATES or give --templates PATH, or --html false to "
                    + "write no HTML site"
            )
        }
        self.path = path
    }

    private static func beside(_ program: String) -> String? {
        var folder = Substring(program)
        while let slash = folder.lastIndex(of: "/") {
            folder = folder[..<slash]
            for name in ["share/mitxonline-flows/Templates", "Templates"]
            where FileManager.default.fileExists(atPath: "\(folder)/\(name)/layout.mustache") {
                return "\(folder)/\(name)"
            }
        }
        return nil
    }

    /// The templates, compiled, and the assets.
    ///
    /// - Throws: `Failure` (configuration) for a file that cannot be read and for a template that is wrong.
    public func read() throws(Failure) -> SiteTemplates {
        var sources: [TemplateSource] = []
        var assets: [SiteTemplates.Asset] = []
        let suffix = ".mustache"
        for file in try files(in: "") {
            if file.hasPrefix("assets/") {
                assets.append(
                    SiteTemplates.Asset(path: String(file.dropFirst("assets/".count)), bytes: try bytes(file)))
            } else if file.hasSuffix(suffix) {
                guard let text = String(validating: try bytes(file), as: UTF8.self) else {
                    throw Failure(.configuration, "\(path)/\(file) is not UTF-8")
                }
                sources.append(
                    TemplateSource(name: String(file.dropLast(suffix.count)), file: "\(path)/\(file)", text: text))
            }
        }
        do throws(TemplateError) {
            return try SiteTemplates(templates: sources, assets: assets)
        } catch {
            throw Failure(.configuration, error.oneLine)
        }
    }

    /// Changes when a file is written, added or removed; nothing is read.
    ///
    /// - Throws: `Failure` (configuration) for a folder that cannot be read.
    public func stamp() throws(Failure) -> Digest {
        var sha = SHA256()
        for file in try files(in: "") {
            sha.update("\(file) \(FileStamp("\(path)/\(file)"))\n".utf8)
        }
        return sha.finalize()
    }

    /// The files below `folder` but hidden ones, sorted, as paths below the folder of templates.
    private func files(in folder: String) throws(Failure) -> [String] {
        let here = folder.isEmpty ? path : "\(path)/\(folder)"
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: here) else {
            throw Failure(.configuration, "\(here) cannot be read; check --templates")
        }
        var found: [String] = []
        for name in names.filter({ !$0.hasPrefix(".") }).sorted(by: { ByteKey($0) < ByteKey($1) }) {
            let file = folder.isEmpty ? name : "\(folder)/\(name)"
            var isFolder = false
            _ = FileManager.default.fileExists(atPath: "\(path)/\(file)", isDirectory: &isFolder)
            if isFolder { found += try files(in: file) } else { found.append(file) }
        }
        return found
    }

    private func bytes(_ file: String) throws(Failure) -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: "\(path)/\(file)") else {
            throw Failure(.configuration, "\(path)/\(file) cannot be read; check --templates")
        }
        return Array(data)
    }
}
