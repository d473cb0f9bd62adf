import Bytes

/// Which attributes elements keep, written with a space before each, in a fixed order.
struct AttributeRules {
    let links: (LinkUse, String) -> String?

    /// Of any element but links and images.
    func of(_ tag: Tag, _ list: AttributeList) -> [UInt8] {
        guard !list.isEmpty else { return [] }
        var output = ByteBuffer()
        switch tag {
        case .ol:
            output.appendAttribute("start", number: list["start"], in: -999_999_999...999_999_999)
            if list["reversed"] != nil { output.append(" reversed") }
            output.appendAttribute("type", list["type"].flatMap { ["1", "a", "A", "i", "I"].contains($0) ? $0 : nil })
        case .li:
            output.appendAttribute("value", number: list["value"], in: -999_999_999...999_999_999)
        case .th, .td:
            output.appendAttribute("colspan", number: list["colspan"], in: 1...1000)
            output.appendAttribute("rowspan", number: list["rowspan"], in: 1...1000)
            if tag == .th {
                let scope = list["scope"]?.lowercased()
                output.appendAttribute(
                    "scope", scope.flatMap { ["row", "col", "rowgroup", "colgroup"].contains($0) ? $0 : nil })
            }
        case .abbr:
            output.appendAttribute("title", list["title"])
        default: break
        }
        output.appendLanguage(list)
        return output.bytes
    }

    /// Of an `a`; nil when it leads nowhere.
    func ofLink(_ list: AttributeList) -> [UInt8]? {
        guard let address = address(.link, list["href"]) else { return nil }
        var output = ByteBuffer()
        output.appendAttribute("href", address.text)
        if address.isAbsolute { output.append(" rel=\"noopener\"") }
        output.appendAttribute("title", list["title"])
        output.appendLanguage(list)
        return output.bytes
    }

    /// Of an `img`; nil when there is none to show.
    func ofImage(_ list: AttributeList) -> [UInt8]? {
        guard let address = address(.image, list["src"]) else { return nil }
        var output = ByteBuffer()
        output.appendAttribute("src", address.text)
        output.appendAttribute("alt", list["alt"] ?? "")
        output.appendAttribute("width", number: list["width"], in: 1...10_000)
        output.appendAttribute("height", number: list["height"], in: 1...10_000)
        output.appendAttribute("class", list["class"].flatMap(imageClass))
        output.append(" loading=\"lazy\" decoding=\"async\"")
        output.appendLanguage(list)
        return output.bytes
    }

    /// What the CMS says of how an image stands.
    private func imageClass(_ value: String) -> String? {
        let known = ["richtext-image", "left", "right", "full-width"]
        let tokens = value.split { " \t\n\r\u{c}".contains($0) }.map(String.init)
        let kept = known.filter(tokens.contains)
        return kept.isEmpty ? nil : kept.joined(separator: " ")
    }

    /// What `links` makes of the URL is held to the same rules as the URL itself.
    private func address(_ use: LinkUse, _ value: String?) -> WebAddress? {
        guard let value, let address = WebAddress(value, for: use), let link = links(use, address.text) else {
            return nil
        }
        return link == address.text ? address : WebAddress(link, for: use)
    }
}

extension ByteBuffer {
    /// Nothing when there is no value.
    fileprivate mutating func appendAttribute(_ name: StaticString, _ value: String?) {
        guard let value else { return }
        append(" ")
        append(name)
        append("=\"")
        appendHTML(value)
        append("\"")
    }

    fileprivate mutating func appendAttribute(_ name: StaticString, number: String?, in range: ClosedRange<Int>) {
        guard let number, let value = Int(number), range.contains(value) else { return }
        appendAttribute(name, String(value))
    }

    fileprivate mutating func appendLanguage(_ list: AttributeList) {
        if let language = list["lang"], (1...35).contains(language.utf8.count),
            language.utf8.allSatisfy({ $0.isASCIILetter || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-") })
        {
            appendAttribute("lang", language)
        }
        if let direction = list["dir"]?.lowercased(), ["ltr", "rtl", "auto"].contains(direction) {
            appendAttribute("dir", direction)
        }
    }
}
