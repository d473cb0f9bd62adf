import Bytes

/// Rich text as the CMS stores it: HTML whose links and embeds name pages, documents and images by id.
public enum RichText {
    /// `html` with its references resolved (`spec/catalog.md` §7.9); every other byte stays.
    ///
    /// The patterns are those of the CMS: attributes in any order, each in double quotes.
    public static func expanded(_ html: String, from source: some RichTextSource) -> String {
        var html = html
        let result = html.withUTF8 { utf8 -> String? in
            var output = ByteBuffer()
            var clean = 0
            var scanner = ReferenceScanner(bytes: utf8)
            while let reference = scanner.next() {
                var replacement = ByteBuffer()
                guard replacement.append(reference.tag, reference.attributes, from: source) else { continue }
                output.append(UnsafeBufferPointer(rebasing: utf8[clean..<reference.range.lowerBound]))
                output.append(replacement.bytes)
                clean = reference.range.upperBound
            }
            guard clean > 0 else { return nil }
            output.append(UnsafeBufferPointer(rebasing: utf8[clean...]))
            return String(decoding: output.bytes, as: UTF8.self)
        }
        return result ?? html
    }
}

extension ByteBuffer {
    /// Appends what stands for the reference; false when it is none that is known.
    fileprivate mutating func append(
        _ tag: ReferenceScanner.Tag, _ attributes: TagAttributes, from source: some RichTextSource
    ) -> Bool {
        let id = attributes["id"].flatMap { Int($0) }
        switch (tag, attributes[tag.typeAttribute]) {
        case (.link, "page"):
            appendLink(to: id.flatMap { source.pageURL(id: $0) })
        case (.link, "document"):
            appendLink(
                to: id.flatMap { id in
                    source.documentFileName(id: id).map { "/documents/\(id)/\(PercentEncoding.path($0))" }
                })
        case (.embed, "image"):
            let format = ImageFormat(name: attributes["format"])
            if let image = id.flatMap({ source.image(id: $0, filterSpec: format.filterSpec) }) {
                appendImage(image, alt: attributes["alt"] ?? "", class: format.cssClass)
            } else {
                append("<img alt=\"\">")
            }
        case (.embed, "media"):
            guard let url = attributes["url"] else { return false }
            if let html = source.embedHTML(url: url) {
                append(html)
            } else {
                appendLink(to: url)
                appendHTML(url)
                append("</a>")
            }
        default:
            return false
        }
        return true
    }

    private mutating func appendLink(to url: String?) {
        guard let url else { return append("<a>") }
        append("<a href=\"")
        appendHTML(url)
        append("\">")
    }

    private mutating func appendImage(_ image: RichTextImage, alt: String, class cssClass: StaticString) {
        append("<img alt=\"")
        appendHTML(alt)
        append("\" class=\"")
        append(cssClass)
        append("\" height=\"")
        append(image.height)
        append("\" src=\"")
        appendHTML(image.url)
        append("\" width=\"")
        append(image.width)
        append("\">")
    }
}
