import Markup

/// A page of a list of the catalog; `catalog.mustache` draws it.
struct CatalogView: TemplateRecord {
    let page: PageFrame
    /// The heading: `Courses`, or the department's or topic's name.
    let title: String
    /// What stands above the heading: `Courses by department`; nil for the whole list.
    let kicker: String?
    /// Whether courses are listed; else programs.
    let isCourses: Bool
    /// `12 courses`.
    let countText: String
    let cards: [CardView]
    let departments: [BrowseLink]
    let topics: [BrowseLink]
    let paging: Paging?
    /// What the search may be narrowed down to.
    let availabilities: [Availability]

    static let fields = TemplateFields<CatalogView>(
        .record("page", \.page), .text("title", \.title), .text("kicker", \.kicker), .flag("isCourses", \.isCourses),
        .text("kind") { $0.isCourses ? "courses" : "programs" }, .text("countText", \.countText),
        .list("cards", \.cards), .flag("hasDepartments") { !$0.departments.isEmpty },
        .list("departments", \.departments), .flag("hasTopics") { !$0.topics.isEmpty }, .list("topics", \.topics),
        .record("paging", \.paging), .list("availabilities", \.availabilities))
}

/// A link to a part of the catalog.
struct BrowseLink: TemplateRecord {
    let name: String
    /// The word that addresses and the search know it by.
    let slug: String
    let link: String
    let count: Int
    let isCurrent: Bool

    static let fields = TemplateFields<BrowseLink>(
        .text("name", \.name), .text("slug", \.slug), .text("link", \.link), .number("count", \.count),
        .flag("isCurrent", \.isCurrent))
}

/// The links between the pages of a list.
struct Paging: TemplateRecord {
    /// A page of the list, or a gap between pages.
    struct Step: TemplateRecord {
        let number: Int
        /// Nil for a gap.
        let link: String?
        let isCurrent: Bool

        static let fields = TemplateFields<Step>(
            .number("number", \.number), .text("link", \.link), .flag("isCurrent", \.isCurrent))
    }

    let previous: String?
    let next: String?
    let steps: [Step]

    static let fields = TemplateFields<Paging>(
        .text("previous", \.previous), .text("next", \.next), .list("steps", \.steps))
}

extension Paging {
    /// The links of page `number` of `count`, the pages' addresses given by `link`; nil for a list of one page. The first and
    /// last page are there, those around, and gaps between.
    init?(page number: Int, of count: Int, link: (Int) -> String) {
        guard count > 1 else { return nil }
        previous = number > 1 ? link(number - 1) : nil
        next = number < count ? link(number + 1) : nil
        let shown = (1...count).filter { $0 == 1 || $0 == count || abs($0 - number) <= 1 }
        var steps: [Step] = []
        for (place, page) in shown.enumerated() {
            let last = place == 0 ? 0 : shown[place - 1]
            if page == last + 2 { steps.append(Step(number: page - 1, link: link(page - 1), isCurrent: false)) }
            if page > last + 2 { steps.append(Step(number: 0, link: nil, isCurrent: false)) }
            steps.append(Step(number: page, link: link(page), isCurrent: page == number))
        }
        self.steps = steps
    }
}
