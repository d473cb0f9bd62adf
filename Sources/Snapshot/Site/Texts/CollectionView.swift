import Catalog
import Markup

/// The page of a hand-picked list of programs (`spec/catalog.md` §10.1).
struct CollectionView: FramedView {
    var page: PageFrame
    let listURL: String
    let title: String
    let description: SafeHTML?
    let programs: [CardView]

    static let fields = TemplateFields<CollectionView>(
        .record("page", \.page), .text("listURL", \.listURL), .text("title", \.title),
        .html("description", \.description), .flag("hasPrograms") { !$0.programs.isEmpty },
        .list("programs", \.programs))
}

extension SiteRenderer {
    mutating func renderCollections() throws(TemplateError) {
        for collection in plan.collections {
            guard let path = plan.path(of: collection.page) else { continue }
            try addPage(path, templates.collection, view(of: collection, at: PagePlace(path: path)))
        }
    }

    /// What the page of `collection` at `place` says; its programs in its own order, those alone that everybody may see [D5].
    mutating func view(of collection: ProgramCollection, at place: PagePlace) -> CollectionView {
        let programs = collection.items.compactMap { context.catalog.program($0.programID) }
            .filter { $0.isShown && !$0.b2bOnly && plan.path(of: $0) != nil }
        let title = collection.page.seoTitle.trimmed.isEmpty ? collection.page.title : collection.page.seoTitle
        let source = TextSource(table: "courses_programcollection", id: collection.page.id, field: "description")
        return CollectionView(
            page: frame(
                at: place, title: title,
                description: metaDescription(of: collection.page, else: collection.description), section: .programs),
            listURL: place.link(to: SitePlan.programList), title: collection.page.title,
            description: html(collection.description, of: source, at: place, headings: 2),
            programs: programs.map { card(of: $0, at: place) })
    }
}
