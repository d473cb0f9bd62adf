/// Writes rich text as the CMS stores it: paragraphs, lists, links and embeds, a few kilobytes.
struct Prose {
    var random: SeededGenerator
    /// The catalog that links and images lead into.
    let catalog: SyntheticCatalog

    private static let subjects = [
        "The first unit", "Each week", "A laboratory at home", "The instructor", "Your team", "A guest from industry",
        "The final project", "An old proof", "The data set", "This part of the course", "A short film",
        "The reading list",
        "Every exercise", "The weekly forum", "A measured example", "The second half",
    ]
    private static let verbs = [
        "introduces", "takes apart", "measures", "explains", "compares", "questions", "rebuilds", "draws",
        "illustrates",
        "tests", "summarises", "turns around", "connects", "simulates", "predicts", "puts into words",
    ]
    private static let objects = [
        "the ideas behind a familiar machine", "what a model leaves out", "three ways to solve one problem",
        "the vocabulary of the field", "how evidence is weighed", "a system of equations with more than one answer",
        "the history of a wrong turn", "a bridge, a cell and a market", "the limits of intuition", "energy & matter",
        "values of x &lt; 0", "an experiment that you can repeat", "the work of Poincaré and Lovelace",
        "costs, benefits and what lies between", "a temperature of −40 °C", "signals that hide in noise",
    ]
    private static let endings = [
        ".", " step by step.", " before anybody computes.", " – and why it matters.", " in about ninety minutes.",
        " with pencil and paper.", " on real data.", " for learners who have never seen it.",
        ", “as simple as possible”.",
        " together with other learners.", " once more, from the other side.", " (no software is needed).",
    ]

    mutating func sentence() -> String {
        "\(random.pick(Self.subjects)) \(random.pick(Self.verbs)) \(random.pick(Self.objects))\(random.pick(Self.endings))"
    }

    /// A phrase in bold or italic, a link to a page, a document or another site.
    private mutating func accent() -> String {
        let text = random.pick(Self.objects)
        switch random.number(1...10) {
        case 1...4: return "<b>\(text)</b>"
        case 5...7: return "<i>\(text)</i>"
        case 8:
            let page = PageID.coursePage(random.number(1...catalog.courseCount))
            return "<a linktype=\"page\" id=\"\(page)\">\(text)</a>"
        case 9:
            return "<a linktype=\"document\" id=\"\(random.number(1...SyntheticCatalog.documentCount))\">\(text)</a>"
        default: return "<a href=\"https://example.org/reading/\(random.number(1...900))?a=1&amp;b=2\">\(text)</a>"
        }
    }

    private mutating func element(_ name: String, _ content: String) -> String {
        let letters = Array("abcdefghijklmnopqrstuvwxyz")
        let key = String((0..<5).map { _ in random.pick(letters) })
        return "<\(name) data-block-key=\"\(key)\">\(content)</\(name)>"
    }

    mutating func paragraph(sentences: ClosedRange<Int>) -> String {
        var content = (0..<random.number(sentences)).map { _ in sentence() }.joined(separator: " ")
        if random.chance(60) { content += " See \(accent())." }
        return element("p", content)
    }

    mutating func paragraphs(_ count: ClosedRange<Int>) -> String {
        (0..<random.number(count)).map { _ in paragraph(sentences: 3...6) }.joined()
    }

    mutating func list(_ items: ClosedRange<Int>) -> String {
        let lines = (0..<random.number(items)).map { _ in
            element("li", random.chance(30) ? "\(accent()) \(sentence())" : sentence())
        }
        return "<ul>\(lines.joined())</ul>"
    }

    mutating func heading() -> String { element("h2", "What \(random.pick(Self.objects)) is about") }

    /// An image of the media library, now and then a video.
    mutating func embed() -> String {
        if random.chance(20) {
            let url = SyntheticCatalog.embedURL(random.number(1...SyntheticCatalog.embedCount))
            return "<embed embedtype=\"media\" url=\"\(url)\"/>"
        }
        let image = random.number(1...catalog.courseCount)
        let format = random.pick(["left", "right", "fullwidth"])
        return "<embed alt=\"\(random.pick(Self.objects))\" embedtype=\"image\" format=\"\(format)\" id=\"\(image)\"/>"
    }

    /// What a course or a program is about: headings, paragraphs, lists, an image.
    mutating func about() -> String {
        let first = heading() + paragraphs(1...2) + list(3...6)
        return first + (random.chance(50) ? embed() : "") + heading() + paragraphs(1...2)
    }
}
