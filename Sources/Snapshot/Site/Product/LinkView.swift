import Markup

/// Words that lead somewhere; without an address they are words.
struct LinkView: TemplateRecord {
    let text: String
    /// Relative to the page, an anchor on it, or absolute.
    let url: String?

    static let fields = TemplateFields<LinkView>(.text("text", \.text), .text("url", \.url))
}
