import Markup

/// A course or program as other pages show it in passing.
struct ProductCardView: TemplateRecord {
    let title: String
    /// Where it has its page; nil for what is named in words alone.
    let url: String?
    let image: ImageView?
    /// When it starts; nil when it does not.
    var date: String?
    /// The kind of a program.
    var badge: String?
    var isProgram = false

    static let fields = TemplateFields<ProductCardView>(
        .text("title", \.title), .text("url", \.url), .record("image", \.image), .text("date", \.date),
        .text("badge", \.badge), .flag("isProgram", \.isProgram))
}
