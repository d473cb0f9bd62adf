import Markup

/// Somebody who teaches, on the page of what they teach. A life that is missing prints nothing (`spec/catalog.md` §10.4,
/// item 4).
struct PersonView: TemplateRecord {
    let name: String
    /// The person's own page; nil when there is none.
    let url: String?
    let title: String?
    let portrait: ImageView?
    let bio: SafeHTML?

    static let fields = TemplateFields<PersonView>(
        .text("name", \.name), .text("url", \.url), .text("title", \.title), .record("portrait", \.portrait),
        .text("initials", \.initials), .html("bio", \.bio))

    /// What stands for a missing portrait: the first letters of the first and last name.
    var initials: String {
        let words = name.split(separator: " ").filter { $0.first?.isLetter == true }
        let letters = [words.first, words.count > 1 ? words.last : nil].compactMap { $0?.first }
        return String(letters).uppercased()
    }
}
