import Catalog
import Markup

/// What the pages of courses and programs have in common (`spec/catalog.md` §10.4).
extension SiteRenderer {
    /// The texts of a product page, cleaned for `place`.
    struct ProductTexts {
        let description: SafeHTML?
        let about: SafeHTML?
        let whatYouLearn: SafeHTML?
        let prerequisites: SafeHTML?
    }

    mutating func texts(of page: ProductPage, at place: PagePlace, anchors: Set<String>) -> ProductTexts {
        let table = page.kind == .course ? "cms_coursepage" : "cms_programpage"
        func source(_ field: String) -> TextSource { TextSource(table: table, id: page.page.id, field: field) }
        return ProductTexts(
            // Headings before the first section stand on its level.
            description: html(page.description, of: source("description"), at: place, headings: 2, anchors: anchors),
            about: html(page.about, of: source("about"), at: place, anchors: anchors),
            whatYouLearn: html(page.whatYouLearn, of: source("what_you_learn"), at: place, anchors: anchors),
            prerequisites: html(page.prerequisites, of: source("prerequisites"), at: place, anchors: anchors))
    }

    /// The anchors of the sections that the page will have, for links in its texts; none where no text has such a link.
    func anchors(of page: ProductPage, hasRequirements: Bool = false) -> Set<String> {
        let texts = [page.description, page.about, page.whatYouLearn, page.prerequisites]
        guard texts.contains(where: { $0?.utf8.contains(UInt8(ascii: "#")) == true }) else { return [] }
        var sections: [ProductSection] = []
        if page.about.hasContent { sections.append(.about) }
        if page.whatYouLearn.hasContent { sections.append(.whatYouLearn) }
        if page.prerequisites.hasContent { sections.append(.prerequisites) }
        if hasRequirements { sections.append(.requirements) }
        if !context.shownInstructors(of: page).isEmpty { sections.append(.instructors) }
        if !page.howYoullLearn.isEmpty { sections.append(.waysOfLearning) }
        return Set(sections.map(\.rawValue))
    }

    /// Those who teach, in the order of the catalog documents (§6.1).
    mutating func people(of page: ProductPage, at place: PagePlace) -> [PersonView] {
        context.shownInstructors(of: page).map { instructor in
            let source = TextSource(
                table: "cms_instructorpage", id: instructor.page.id, field: "instructor_bio_short")
            return PersonView(
                name: instructor.name.trimmed.isEmpty ? instructor.page.title : instructor.name,
                url: plan.path(of: instructor.page).map { place.link(to: $0) },
                title: instructor.title,
                portrait: MediaLink.view(of: instructor.featureImage, preferring: Self.portraitFilters, from: place),
                bio: html(instructor.shortBio, of: source, at: place, headings: 4))
        }
    }

    /// The sizes of images that fit a portrait.
    static let portraitFilters = ["width-500", "width-800"]

    func waysOfLearning(of page: ProductPage) -> [WayOfLearningView] {
        page.howYoullLearn.map { WayOfLearningView(way: $0, text: context.settings.howYoullLearn[$0] ?? "") }
    }

    /// The departments, each with its list where the catalog has one.
    func departments(_ departments: [Department], lists: ProductLists.Kind, at place: PagePlace) -> [LinkView] {
        departments.map { department in
            LinkView(
                text: department.name,
                url: productLists.path(of: department, lists).map { place.link(to: $0) })
        }
    }

    /// The facts that a page states itself.
    func facts(of page: ProductPage, enrollURL: String, at place: PagePlace) -> FactsView {
        var facts = FactsView(enrollURL: enrollURL)
        facts.image = MediaLink.view(of: page.featureImage, preferring: ["width-800"], from: place)
        facts.videoURL = WebLink.address(page.videoURL)
        facts.length = page.length.shownText
        facts.effort = page.effort?.shownText ?? AmountText.weeklyHours(page.minWeeklyHours, page.maxWeeklyHours)
        let weeks = AmountText.weeks(page.minWeeks, page.maxWeeks)
        if let length = facts.length { facts.weeks = weeks == length ? nil : weeks } else { facts.length = weeks }
        let words = page.price.array?.first?["value"]
        if let price = words?["text"]?.string?.trimmed, !price.isEmpty {
            facts.price = price
            facts.priceURL = WebLink.address(words?["link"]?.string)
        } else {
            facts.price = MoneyText.range(page.minPrice, page.maxPrice)
        }
        return facts
    }

    /// The absolute address of a form, which the application answers; nil for none.
    mutating func absoluteURL(of form: FinancialAid.Form?) -> String? {
        let url = context.url(of: form)
        guard !url.isEmpty else { return nil }
        return url.hasPrefix("/") ? context.settings.siteBaseURL + PercentEncoding.path(url) : url
    }

    /// The frame of a product page.
    mutating func frame(
        of page: ProductPage, title: String, at place: PagePlace, learnURL: String
    ) -> PageFrame {
        var frame = frame(
            at: place, title: page.page.seoTitle.trimmed.isEmpty ? title : page.page.seoTitle,
            description: metaDescription(of: page.page, else: page.description),
            canonical: context.settings.site.canonical == .learn ? learnURL : nil, image: page.featureImage,
            section: page.kind == .course ? .courses : .programs)
        frame.kind = .article
        return frame
    }
}

extension String? {
    /// Whether the rich text shows anything.
    fileprivate var hasContent: Bool { self.map { RichTextContent.isShown($0) } ?? false }
}

extension String {
    /// The text of a field that may hold HTML; nil when there is none.
    fileprivate var shownText: String? {
        let isPlain = !utf8.contains { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: "&") }
        let text = isPlain ? trimmed : HTMLText.text(of: self)
        return text.isEmpty ? nil : text
    }
}

extension ProductPage {
    /// The title that the page shows, that of its course or program where it has none.
    func shownTitle(else title: String) -> String { page.title.trimmed.isEmpty ? title : page.title }
}
