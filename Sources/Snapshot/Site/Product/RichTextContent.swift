import Markup

/// Whether rich text holds something to see.
enum RichTextContent {
    /// False for nothing but elements that show nothing on their own, as editors leave them behind: `<p></p>`.
    static func isShown(_ html: String) -> Bool {
        html.contains("<img") || html.contains("<embed") || html.contains("<hr") || !HTMLText.text(of: html).isEmpty
    }
}
