import Bytes
import Catalog
import Command
import FoundationEssentials
import Snapshot

/// A file with an installation's own texts (`spec/catalog.md` §13): a JSON object of which every member may be missing.
public struct CopyFile: Sendable {
    /// The texts of the ways of learning that the file has.
    public private(set) var howYoullLearn: [HowYoullLearn: String] = [:]
    /// The texts of the site, the project's own where the file has none.
    public private(set) var site = SiteCopy()

    private let path: String

    /// The file at `path`.
    ///
    /// - Throws: `Failure` (configuration) for a file that cannot be read, is no JSON, or has what no text of ours is for.
    public init(at path: String) throws(Failure) {
        self.path = path
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw Failure(.configuration, "\(path): the file with texts cannot be read; check --html-copy-file")
        }
        let document: JSONValue
        do {
            document = try JSONValue(parsing: bytes)
        } catch {
            throw Failure(.configuration, "\(path): the file with texts is not JSON: \(error)")
        }
        guard case .object(let members) = document else {
            throw Failure(.configuration, "\(path): the file with texts is no JSON object")
        }
        for member in members { try take(member) }
    }

    private mutating func take(_ member: JSONValue.Member) throws(Failure) {
        let (key, value) = (member.key, member.value)
        switch key {
        case "how_youll_learn": howYoullLearn = try ways(value)
        case "export_control_notice": site.exportControlNotice = try text(value, key)
        case "provider": site.provider = try link(value, key, textKey: "name")
        case "footer_links": site.footerLinks = try links(value, key)
        case "social_links": site.socialLinks = try links(value, key)
        case "newsletter": site.newsletter = try link(value, key)
        default:
            throw failure(
                "knows how_youll_learn, export_control_notice, provider, footer_links, social_links and newsletter; "
                    + "not \(key)")
        }
    }

    private func ways(_ value: JSONValue) throws(Failure) -> [HowYoullLearn: String] {
        guard case .object(let members) = value else { throw failure("how_youll_learn is no JSON object") }
        var texts: [HowYoullLearn: String] = [:]
        for member in members {
            guard let way = HowYoullLearn(rawValue: member.key) else {
                let known = HowYoullLearn.allCases.map(\.rawValue).joined(separator: ", ")
                throw failure("how_youll_learn knows texts for \(known); not \(member.key)")
            }
            texts[way] = try text(member.value, "how_youll_learn.\(member.key)")
        }
        return texts
    }

    private func text(_ value: JSONValue?, _ name: String) throws(Failure) -> String {
        guard let text = value?.string else { throw failure("\(name) is no text") }
        return text
    }

    private func links(_ value: JSONValue, _ name: String) throws(Failure) -> [SiteCopy.Link] {
        guard let items = value.array else { throw failure("\(name) is no JSON array") }
        var links: [SiteCopy.Link] = []
        for (index, item) in items.enumerated() { links.append(try link(item, "\(name)[\(index)]")) }
        return links
    }

    /// A link: `{"text":"…","url":"https://…"}`.
    private func link(
        _ value: JSONValue, _ name: String, textKey: String = "text"
    ) throws(Failure) -> SiteCopy.Link {
        let url = try text(value["url"], "\(name).url")
        guard url.hasPrefix("https://") || url.hasPrefix("http://") else {
            throw failure("\(name).url does not begin with https:// or http://")
        }
        return SiteCopy.Link(text: try text(value[textKey], "\(name).\(textKey)"), url: url)
    }

    private func failure(_ text: String) -> Failure { Failure(.configuration, "\(path): \(text)") }
}
