import Bytes
import Catalog
import Markup

/// A list of the catalog: all courses, those of a department, of a topic, or programs.
struct CatalogList: Sendable {
    /// What is listed.
    enum Items: Sendable {
        case courses([Course])
        case programs([Program])

        var count: Int {
            switch self {
            case .courses(let courses): courses.count
            case .programs(let programs): programs.count
            }
        }
    }

    let path: String
    let title: String
    var kicker: String?
    let items: Items
    /// Where a page of it stands whose address another page has; nil for its own.
    var canonicalPath: String?

    /// Cards a page.
    static let pageSize = 60

    var pageCount: Int { max(1, (items.count + Self.pageSize - 1) / Self.pageSize) }

    /// Where page `number` is, from 1.
    func path(ofPage number: Int) -> String { number == 1 ? path : "\(path)page/\(number)/" }

    /// The places of the items of page `number`.
    func range(ofPage number: Int) -> Range<Int> {
        let start = (number - 1) * Self.pageSize
        return start..<min(start + Self.pageSize, items.count)
    }
}

extension SiteRenderer {
    /// The lists of the catalog, their pages, and what the search reads (`spec/catalog.md` §10.1, §10.2).
    mutating func renderCatalog() async throws(TemplateError) {
        let pages = catalogLists().flatMap { list in (1...list.pageCount).map { (list, $0) } }
        try await addPages(of: pages) { renderer, page throws(TemplateError) in
            try renderer.renderPage(page.1, of: page.0)
        }
        // The catalog opens with its first list, under the list's address.
        var first = CatalogList(path: "catalog/", title: "Courses", items: .courses(plan.catalogCourses))
        first.canonicalPath = SitePlan.courseList
        try renderPage(1, of: first)
        addFile("catalog/index.js", searchIndex())
    }

    private func catalogLists() -> [CatalogList] {
        var lists = [
            CatalogList(path: SitePlan.courseList, title: "Courses", items: .courses(plan.catalogCourses)),
            CatalogList(path: SitePlan.programList, title: "Programs", items: .programs(plan.catalogPrograms)),
        ]
        lists += plan.courseDepartments.map { department, courses in
            CatalogList(
                path: SitePlan.courseList(of: department), title: department.name, kicker: "Courses by department",
                items: .courses(courses))
        }
        lists += plan.programDepartments.map { department, programs in
            CatalogList(
                path: SitePlan.programList(of: department), title: department.name, kicker: "Programs by department",
                items: .programs(programs))
        }
        lists += plan.topics.compactMap { topic, courses in
            plan.topicSlugs[topic.id].map {
                CatalogList(
                    path: SitePlan.topicList($0), title: topicLabels[topic.id] ?? topic.name,
                    kicker: "Courses by topic",
                    items: .courses(courses))
            }
        }
        return lists
    }

    private mutating func renderPage(_ number: Int, of list: CatalogList) throws(TemplateError) {
        let path = list.path(ofPage: number)
        let place = PagePlace(path: path)
        let isCourses: Bool
        let cards: [CardView]
        let range = list.range(ofPage: number)
        let structured = StructuredData(context, plan: plan)
        let jsonLD: SafeHTML
        switch list.items {
        case .courses(let courses):
            isCourses = true
            cards = courses[range].map { card(of: $0, at: place) }
            jsonLD = structured.list(courses[range], from: range.lowerBound + 1, of: courses.count)
        case .programs(let programs):
            isCourses = false
            cards = programs[range].map { card(of: $0, at: place) }
            jsonLD = structured.list(programs[range], from: range.lowerBound + 1, of: programs.count)
        }
        let noun = isCourses ? "course" : "program"
        let countText = "\(list.items.count) \(noun)\(list.items.count == 1 ? "" : "s")"
        // Pages beyond the first go on from a list's own address, also where the catalog opens with it.
        let onward = list.canonicalPath.map { CatalogList(path: $0, title: list.title, items: list.items) } ?? list
        let paging = Paging(page: number, of: list.pageCount) { place.link(to: onward.path(ofPage: $0)) }
        let subject = list.kicker == nil ? "\(noun)s" : "\(noun)s in \(list.title)"
        let titles = list.kicker == nil ? [list.title] : [list.title, isCourses ? "Courses" : "Programs"]
        var frame = frame(
            at: place, title: titles.joined(separator: " | ") + (number > 1 ? ", page \(number)" : ""),
            description: "All \(subject) at \(site.name): \(countText).",
            canonical: context.settings.url(ofSitePath: onward.path(ofPage: number)),
            section: isCourses ? .courses : .programs)
        frame.jsonLD = jsonLD
        try addPage(
            path, templates.catalog,
            CatalogView(
                page: frame, title: list.title, kicker: list.kicker, isCourses: isCourses, countText: countText,
                cards: cards, departments: departments(ofCourses: isCourses, current: list.path, at: place),
                topics: isCourses ? topics(current: list.path, at: place) : [], paging: paging,
                availabilities: isCourses ? Availability.allCases : []))
    }

    private func departments(ofCourses isCourses: Bool, current: String, at place: PagePlace) -> [BrowseLink] {
        let departments =
            isCourses
            ? plan.courseDepartments.map { ($0.department, SitePlan.courseList(of: $0.department), $0.courses.count) }
            : plan.programDepartments.map {
                ($0.department, SitePlan.programList(of: $0.department), $0.programs.count)
            }
        return departments.map { department, path, count in
            BrowseLink(
                name: department.name, slug: department.slug, link: place.link(to: path), count: count,
                isCurrent: path == current)
        }
    }

    private func topics(current: String, at place: PagePlace) -> [BrowseLink] {
        plan.topics.compactMap { topic, courses in
            guard let slug = plan.topicSlugs[topic.id] else { return nil }
            let path = SitePlan.topicList(slug)
            return BrowseLink(
                name: topicLabels[topic.id] ?? topic.name, slug: slug, link: place.link(to: path),
                count: courses.count, isCurrent: path == current)
        }
    }

    /// The names of topics; where several have one name, each with that of the topic above.
    static func topicLabels(_ plan: SitePlan, _ context: RenderContext) -> [Int: String] {
        let byName = Dictionary(grouping: plan.topics.map(\.topic)) { ByteKey($0.name) }
        return Dictionary(
            plan.topics.map(\.topic).map { topic in
                let parent = topic.parentID.flatMap { context.catalog.topics[$0]?.name }
                let isAlone = byName[ByteKey(topic.name)]?.count == 1
                return (topic.id, isAlone ? topic.name : parent.map { "\(topic.name) (\($0))" } ?? topic.name)
            }
        ) { first, _ in first }
    }
}
