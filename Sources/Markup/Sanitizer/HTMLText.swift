/// Rich text as plain text: for descriptions, feeds, structured data and search.
public enum HTMLText {
    /// The text of `html`: references decoded, white space folded and trimmed, one space where a block or line ends.
    ///
    /// What the sanitiser drops with its content is left out.
    public static func text(of html: String) -> String {
        let handler = TextHandler(size: html.utf8.count)
        if HTMLReader.read(html, to: handler) { return handler.text }
        let plain = TextHandler(size: html.utf8.count)
        _ = HTMLReader.read(TagStripper.escapedText(of: html), to: plain)
        return plain.text
    }

    /// The text of `html` in at most `limit` characters: a longer one is cut after a word and ends with `…`.
    public static func text(of html: String, limit: Int) -> String {
        let text = text(of: html)
        guard let cut = text.index(text.startIndex, offsetBy: max(limit, 1), limitedBy: text.endIndex),
            cut < text.endIndex
        else { return text }
        // One character less, for the ellipsis; a word that ends just there is whole.
        let end = text.index(before: cut)
        let head = text[...end].lastIndex(of: " ").map { text[..<$0] } ?? text[..<end]
        return String(head) + "…"
    }
}
