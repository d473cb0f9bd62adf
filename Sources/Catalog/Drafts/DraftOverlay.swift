import Bytes

/// Lays drafts over the rows of the catalog (`spec/catalog.md` §10.8, rules 3 and 4).
///
/// All drafts are laid over one copy of the rows, so that any number of them costs one assembly and drafts link to one another.
/// What they would fight over, a course or program, a draft only gets when no page has it.
struct DraftOverlay {
    private(set) var data: CatalogData
    private(set) var pages: [DraftPage] = []
    let references: DraftReferences
    private var owners: [ProductPage.Kind: [Int: Int]] = [:]
    /// Where each page's row is, by page id.
    private let positions: Positions

    /// The kinds of pages that the site shows, and where their rows are.
    private struct Positions {
        let pages: [Int: Int]
        let products: [Int: Int]
        let instructors: [Int: Int]
        let certificates: [Int: Int]
        let homes: [Int: Int]
        let resources: [Int: Int]
        let collections: [Int: Int]

        init(_ data: CatalogData) {
            pages = Assembly.positions(data.pages, \.id)
            products = Assembly.positions(data.productPages, \.page.id)
            instructors = Assembly.positions(data.instructors, \.page.id)
            certificates = Assembly.positions(data.certificatePages, \.page.id)
            homes = Assembly.positions(data.homePages, \.page.id)
            resources = Assembly.positions(data.resourcePages, \.page.id)
            collections = Assembly.positions(data.collections, \.page.id)
        }

        func kind(of id: Int) -> (kind: DraftPage.Kind, position: Int)? {
            if let position = products[id] { return (.product, position) }
            if let position = instructors[id] { return (.instructor, position) }
            if let position = certificates[id] { return (.certificate, position) }
            if let position = homes[id] { return (.home, position) }
            if let position = resources[id] { return (.resource, position) }
            return collections[id].map { (.collection, $0) }
        }
    }

    init(_ data: CatalogData) {
        self.data = data
        references = DraftReferences(data)
        positions = Positions(data)
        for page in data.productPages {
            if let owner = page.ownerID { owners[page.kind, default: [:]][owner] = page.page.id }
        }
    }

    /// Lays one draft over its page's row; a draft of what the site has no page for is passed over.
    mutating func add(_ draft: Draft) {
        guard let place = positions.kind(of: draft.pageID), let position = positions.pages[draft.pageID] else { return }
        let row = data.pages[position]
        var page = DraftPage(draft: draft, kind: place.kind, title: row.title, isLive: row.live)
        do throws(DraftError) {
            var fields = try DraftFields(draft, isLive: row.live)
            let drafted = try fields.page(row)
            try lay(&fields, over: place, as: drafted)
            data.pages[position] = drafted
            page.title = drafted.title
            page.changes = fields.changes
        } catch {
            page.error = error
        }
        pages.append(page)
    }

    private mutating func lay(
        _ fields: inout DraftFields, over place: (kind: DraftPage.Kind, position: Int), as page: Page
    ) throws(DraftError) {
        let position = place.position
        switch place.kind {
        case .product: try layProduct(&fields, at: position, as: page)
        case .instructor:
            data.instructors[position] = try fields.instructor(data.instructors[position], as: page, references)
        case .certificate:
            data.certificatePages[position] = try fields.certificate(
                data.certificatePages[position], as: page, references)
        case .home: data.homePages[position] = try fields.home(data.homePages[position], as: page, references)
        case .resource:
            data.resourcePages[position] = try fields.resource(data.resourcePages[position], as: page, references)
        case .collection:
            let row = data.collections[position]
            data.collections[position] = ProgramCollection(
                page: page, description: try fields.text("description", row.description, kind: .richText))
        }
    }

    private mutating func layProduct(
        _ fields: inout DraftFields, at position: Int, as page: Page
    ) throws(DraftError) {
        let row = data.productPages[position]
        var owner = try fields.owner(of: row, references)
        if let owner, owner != row.ownerID {
            if let other = owners[row.kind]?[owner] {
                throw DraftError(
                    field: row.kind.ownerField,
                    problem: "names \(row.kind.ownerField) \(owner), which page \(other) describes already; "
                        + "choose another one and save the draft")
            }
        }
        let drafted = try fields.product(row, as: page, owner: owner, references)
        if owner == nil {
            owner = standIn(for: page, row.kind)
            data.productPages[position] = drafted.describing(owner)
        } else {
            data.productPages[position] = drafted
        }
        if let owner { owners[row.kind, default: [:]][owner] = page.id }
    }

    /// A course or program for a page that describes none yet, so that the page can be shown; its id is of no row.
    private mutating func standIn(for page: Page, _ kind: ProductPage.Kind) -> Int {
        switch kind {
        case .course:
            data.courses.append(
                Course(
                    id: -page.id, title: page.title, readableID: "page-\(page.id)", live: true,
                    departmentsAsAttached: [], variants: []))
        case .program:
            data.programs.append(
                Program(
                    id: -page.id, title: page.title, readableID: "page-\(page.id)", live: true, programType: nil,
                    availability: "anytime", start: nil, end: nil, enrollmentStart: nil, enrollmentEnd: nil,
                    b2bOnly: false, displayMode: nil, departments: [], enrollmentModes: [], product: nil))
        }
        return -page.id
    }
}

extension ProductPage.Kind {
    /// The model's field that names what the page describes.
    var ownerField: String { self == .course ? "course" : "program" }
}
