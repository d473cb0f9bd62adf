/// What a URL in rich text is for.
public enum LinkUse: Sendable {
    /// The `href` of an `a`.
    case link
    /// The `src` of an `img`.
    case image
}

/// Makes HTML of unknown origin fit to stand in a page of ours.
///
/// What is kept is on a list of elements, attributes and URL schemes; everything else goes. Elements stand only where an
/// HTML5 parser leaves them, so that a browser sees the tree that was cleaned. Cleaning twice changes nothing more.
public enum Sanitizer {
    /// `html` cleaned.
    ///
    /// Text that stands in no block gets a paragraph; empty elements vanish; white space is folded. Script, style,
    /// frames, forms' controls and embedded objects vanish with their content; other elements that are not on the list
    /// leave their content.
    ///
    /// - Parameters:
    ///   - headings: The level, 2 to 6, that the text's highest heading becomes; the others keep their distance to it, up
    ///     to 6.
    ///   - links: Says what each URL becomes; nil: the link or image goes, its text or alternative text stays. It is given
    ///     only relative, `http` and `https` URLs and, for links, `mailto` and `tel`, in ASCII, percent-encoded. What it
    ///     answers has to keep to the same.
    public static func clean(
        _ html: String, headings: Int = 3, links: (LinkUse, String) -> String?
    ) -> SafeHTML {
        withoutActuallyEscaping(links) { links in
            SafeHTML(trusted: clean(html, headings: min(max(headings, 2), 6), links))
        }
    }

    private static func clean(
        _ html: String, headings: Int, _ links: @escaping (LinkUse, String) -> String?
    ) -> String {
        let handler = CleaningHandler(size: html.utf8.count, links: links)
        if HTMLReader.read(html, to: handler) { return handler.finish(headings: headings) }
        // What was made to take too long keeps its text only.
        let plain = CleaningHandler(size: html.utf8.count, links: links)
        _ = HTMLReader.read(TagStripper.escapedText(of: html), to: plain)
        return plain.finish(headings: headings)
    }
}
