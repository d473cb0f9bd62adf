import Bytes
import Catalog
import Command
import FoundationEssentials
import Snapshot

extension RenderSettings {
    /// The settings of one start of the program.
    ///
    /// - Throws: `Failure` for a host that MIT Learn would refuse and for a copy file that cannot be used.
    init(_ invocation: Invocation) throws {
        let site = try invocation[BuildSettings.siteBaseURL]
        self.init(
            siteBaseURL: site.origin, learnBaseURL: try RenderSettings.base(invocation[BuildSettings.learnBaseURL]),
            coursewareBaseURL: try invocation[BuildSettings.courseBaseURL].origin)
        compatibility = try invocation[BuildSettings.compatibility]
        pageSize = try invocation[BuildSettings.pageSize]
        relativeLinks = try invocation[BuildSettings.relativeLinks]
        pages = try invocation[BuildSettings.pages]
        runVariantSets = try invocation[BuildSettings.runVariantSets]
        if let expected = try invocation[BuildSettings.expectedHost], !relativeLinks,
            expected.lowercased() != site.host.lowercased()
        {
            throw Failure(
                .configuration,
                "the site's address has the host \(site.host) but MIT Learn is configured with \(expected) and would "
                    + "refuse the links between list pages; set one of them right, or --relative-links true")
        }
        if let path = try invocation[BuildSettings.copyFile] {
            for (way, text) in try CopyFile.howYoullLearn(at: path) { howYoullLearn[way] = text }
        }
    }

    /// The address without slashes at its end.
    private static func base(_ url: WebURL) -> String {
        var text = Substring(url.origin + url.path)
        while text.hasSuffix("/") { text = text.dropLast() }
        return String(text)
    }
}

/// A file with an installation's own texts.
enum CopyFile {
    static func howYoullLearn(at path: String) throws(Failure) -> [HowYoullLearn: String] {
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw Failure(.configuration, "\(path): the file with texts cannot be read; check --html-copy-file")
        }
        let document: JSONValue
        do {
            document = try JSONValue(parsing: bytes)
        } catch {
            throw Failure(.configuration, "\(path): the file with texts is not JSON: \(error)")
        }
        guard case .object = document else {
            throw Failure(.configuration, "\(path): the file with texts is no JSON object")
        }
        guard let entries = document["how_youll_learn"] else { return [:] }
        guard case .object(let members) = entries else {
            throw Failure(.configuration, "\(path): how_youll_learn is no JSON object")
        }
        var texts: [HowYoullLearn: String] = [:]
        for member in members {
            guard let way = HowYoullLearn(rawValue: member.key) else {
                let known = HowYoullLearn.allCases.map(\.rawValue).joined(separator: ", ")
                throw Failure(
                    .configuration, "\(path): how_youll_learn knows texts for \(known); not \(member.key)")
            }
            guard let text = member.value.string else {
                throw Failure(.configuration, "\(path): how_youll_learn.\(member.key) is no text")
            }
            texts[way] = text
        }
        return texts
    }
}
