/// Reads cleaned HTML by rules of its own, far stricter than HTML's, and tells what should not be there.
///
/// It shares nothing with the sanitiser, so that no mistake is made twice.
struct CleanHTMLCheck {
    private static let inline: Set<String> = [
        "a", "strong", "b", "em", "i", "u", "s", "sub", "sup", "small", "code", "kbd", "q", "cite", "abbr", "br", "img",
        "#text",
    ]
    private static let blocks: Set<String> = [
        "p", "h2", "h3", "h4", "h5", "h6", "pre", "blockquote", "figure", "ul", "ol", "dl", "table", "hr",
    ]
    private static let headings: Set<String> = ["h2", "h3", "h4", "h5", "h6"]
    private static let void: Set<String> = ["br", "hr", "img"]

    /// What may stand directly in each element that is not inline; "" is the fragment itself.
    private static let children: [String: Set<String>] = {
        var table: [String: Set<String>] = [
            "": blocks, "blockquote": blocks, "pre": inline, "p": inline,
            "figure": blocks.union(inline).union(["figcaption"]),
            "ul": ["li"], "ol": ["li"], "dl": ["dt", "dd"], "table": ["caption", "thead", "tbody", "tfoot"],
            "thead": ["tr"], "tbody": ["tr"], "tfoot": ["tr"], "tr": ["th", "td"],
            "dt": blocks.union(inline).subtracting(headings), "th": blocks.union(inline).subtracting(headings),
            "caption": blocks.union(inline).subtracting(["table"]),
        ]
        for name in headings { table[name] = inline }
        for name in ["li", "dd", "td", "figcaption"] { table[name] = blocks.union(inline) }
        return table
    }()

    private static let attributes: [String: Set<String>] = [
        "a": ["href", "rel", "title"], "img": ["src", "alt", "width", "height", "class", "loading", "decoding"],
        "th": ["colspan", "rowspan", "scope"], "td": ["colspan", "rowspan"], "ol": ["start", "reversed", "type"],
        "li": ["value"], "abbr": ["title"],
    ]

    private static let references = ["&amp;", "&lt;", "&gt;", "&quot;", "&#x27;"]

    // Made once a check: a pattern is parsed each time it is met.
    private let tagPattern = /([a-z][a-z0-9]*)((?: [a-z]+(?:="[^"<>]*")?)*)/
    private let attributePattern = /\ ([a-z]+)(?:="([^"]*)")?/
    private let languagePattern = /[A-Za-z0-9-]{1,35}/
    private let urlPattern = /[A-Za-z0-9\-._~!$&()*+,;=:@\/?#\[\]%]+/

    private var rest: Substring.UTF8View
    private var open: [(name: String, isEmpty: Bool, children: [String])] = [("", true, [])]
    private(set) var problems: [String] = []

    /// What is wrong with `html`: nothing, if it is as the sanitiser promises.
    static func problems(in html: String) -> [String] {
        var check = CleanHTMLCheck(rest: Substring(html).utf8)
        check.run()
        return check.problems
    }

    private init(rest: Substring.UTF8View) {
        self.rest = rest
    }

    private mutating func run() {
        while let byte = rest.first, problems.isEmpty {
            if byte == UInt8(ascii: "<") { tag() } else { text() }
        }
        if open.count != 1 { problems.append("not ended: \(open.map(\.name))") }
    }

    private mutating func text() {
        let end = rest.firstIndex(of: UInt8(ascii: "<")) ?? rest.endIndex
        let text = rest[..<end]
        rest = rest[end...]
        checkText(text)
        enter("#text")
    }

    private mutating func checkText(_ text: Substring.UTF8View) {
        var index = text.startIndex
        while index < text.endIndex {
            let byte = text[index]
            if byte == UInt8(ascii: "&") {
                if !CleanHTMLCheck.references.contains(where: { text[index...].starts(with: $0.utf8) }) {
                    problems.append("bare &: \(Substring(text))")
                }
            } else if "<>\"'".utf8.contains(byte) || (byte < 0x20 && byte != 0x0a && byte != 0x09) || byte == 0x7f {
                problems.append("raw byte \(byte): \(Substring(text))")
            }
            index = text.index(after: index)
        }
    }

    private mutating func enter(_ name: String) {
        let parent = open[open.count - 1].name
        let allowed =
            CleanHTMLCheck.inline.contains(parent) ? CleanHTMLCheck.inline : CleanHTMLCheck.children[parent] ?? []
        if !allowed.contains(name) { problems.append("\(name) in \(parent)") }
        if name == "a", open.contains(where: { $0.name == "a" }) { problems.append("a in a") }
        if name == "caption", !open[open.count - 1].isEmpty { problems.append("late caption") }
        let last = open[open.count - 1].children.last
        if name == "thead", last != nil, last != "caption" { problems.append("late thead") }
        if last == "tfoot" { problems.append("\(name) after tfoot") }
        open[open.count - 1].isEmpty = false
        if parent == "table" || parent == "figure" { open[open.count - 1].children.append(name) }
    }

    private mutating func tag() {
        guard let end = rest.firstIndex(of: UInt8(ascii: ">")) else { return problems.append("open <") }
        let tag = String(Substring(rest[rest.index(after: rest.startIndex)..<end]))
        rest = rest[rest.index(after: end)...]
        if tag.hasPrefix("/") {
            let last = open.popLast()
            if last?.name != String(tag.dropFirst()) { problems.append("<\(tag)> ends \(last?.name ?? "nothing")") }
            if last?.isEmpty == true, last?.name != "td", last?.name != "th" { problems.append("empty \(tag)") }
            return
        }
        guard let match = tag.wholeMatch(of: tagPattern) else {
            return problems.append("<\(tag)>")
        }
        let name = String(match.1)
        enter(name)
        attributes(String(match.2), of: name)
        if !CleanHTMLCheck.void.contains(name) { open.append((name, true, [])) }
    }

    private mutating func attributes(_ text: String, of element: String) {
        var seen: Set<String> = []
        for match in text.matches(of: attributePattern) {
            let (name, value) = (String(match.1), match.2.map(String.init))
            if !seen.insert(name).inserted { problems.append("\(name) twice") }
            let allowed = (CleanHTMLCheck.attributes[element] ?? []).union(["lang", "dir"])
            if !allowed.contains(name) || (value == nil && name != "reversed") {
                problems.append("\(name) of \(element)")
            }
            check(name, value ?? "", of: element)
        }
        if element == "a", !seen.contains("href") { problems.append("a without href") }
        if element == "img", !seen.isSuperset(of: ["src", "alt", "loading", "decoding"]) {
            problems.append("img with \(seen)")
        }
    }

    private mutating func check(_ name: String, _ value: String, of element: String) {
        checkText(Substring(value).utf8)
        let isRight =
            switch name {
            case "href": isURL(value, schemes: ["http", "https", "mailto", "tel"])
            case "src": isURL(value, schemes: ["http", "https"])
            case "rel": value == "noopener"
            case "loading": value == "lazy"
            case "decoding": value == "async"
            case "class":
                Set(value.split(separator: " ")).isSubset(of: ["richtext-image", "left", "right", "full-width"])
            case "width", "height": Int(value).map { (1...10_000).contains($0) && value == String($0) } ?? false
            case "colspan", "rowspan": Int(value).map { (1...1000).contains($0) } ?? false
            case "scope": ["row", "col", "rowgroup", "colgroup"].contains(value)
            case "start", "value": Int(value) != nil
            case "type": ["1", "a", "A", "i", "I"].contains(value)
            case "dir": ["ltr", "rtl", "auto"].contains(value)
            case "lang": value.wholeMatch(of: languagePattern) != nil
            default: true
            }
        if !isRight { problems.append("\(name)=\(value)") }
    }

    private func isURL(_ value: String, schemes: [String]) -> Bool {
        let url = value.replacing("&amp;", with: "&")
        guard url.wholeMatch(of: urlPattern) != nil else { return false }
        guard let colon = url.firstIndex(of: ":") else { return true }
        let before = url[..<colon]
        return before.contains { "/?#".contains($0) } || schemes.contains(String(before))
    }
}
