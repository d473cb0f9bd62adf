import Foundation

/// Reading a page of the site as a test does.
extension String {
    /// How often `part` stands in the text.
    func count(of part: String) -> Int { components(separatedBy: part).count - 1 }

    /// The parts about those who teach.
    var people: [String] { components(separatedBy: "<li class=\"person\">").dropFirst().map { String($0) } }

    /// The facts of the page's box by their names; lines of one with ` | `, remarks after a comma.
    var facts: [String: String] {
        var facts: [String: String] = [:]
        for fact in components(separatedBy: "<dt>").dropFirst() {
            let value = fact.between("<dd>", "</dd>")
                .replacingOccurrences(of: "<span class=\"fact-more\">", with: ", ")
                .replacingOccurrences(of: "</li>\n<li>", with: " | ")
            facts[String(fact.prefix { $0 != "<" })] = value.withoutTags
        }
        return facts
    }

    /// The text without tags, trimmed.
    var withoutTags: String {
        replacingOccurrences(of: "<[^>]*>", with: "", options: .regularExpression)
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// The values of all `id` attributes.
    var ids: [String] {
        components(separatedBy: " id=\"").dropFirst().map { String($0.prefix { $0 != "\"" }) }
    }
}
