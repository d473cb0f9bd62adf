import Bytes

/// A page with a draft, and what the draft would change.
public struct DraftPage: Sendable {
    /// The kinds of pages that the site shows.
    public enum Kind: Sendable {
        case product
        case instructor
        case certificate
        case home
        case resource
        case collection
    }

    /// The draft.
    public let draft: Draft
    /// The kind of page.
    public let kind: Kind
    /// The draft's title; the row's while the draft cannot be read.
    public internal(set) var title: String
    /// Whether the page is published, in an earlier form.
    public let isLive: Bool
    /// What the draft changes, in the order of display; of a page that is not live, all that it would show.
    public internal(set) var changes: [FieldChange] = []
    /// Why the draft cannot be shown; nil when it can.
    public internal(set) var error: DraftError?
}

/// The catalog as it would be if every draft that can be read were published, and what the drafts are (`spec/catalog.md`
/// §10.8).
public struct DraftedCatalog: Sendable {
    /// The catalog with the drafts laid over it; every page with a draft counts as live.
    public let catalog: CourseCatalog
    /// The pages with a draft, newest draft first.
    public let pages: [DraftPage]

    /// Lays `drafts` over the rows of `data` and joins them.
    ///
    /// - Throws: ``CatalogError`` when a row names another that is not there.
    public init(_ data: CatalogData, drafts: [Draft]) throws(CatalogError) {
        // In an order of their own: of two drafts that want the same course the older page gets it.
        var overlay = DraftOverlay(data)
        for draft in drafts.sorted(by: { $0.pageID < $1.pageID }) { overlay.add(draft) }
        catalog = try CourseCatalog(overlay.data)
        pages = overlay.pages.sorted { left, right in
            let instants = (left.draft.created?.microseconds ?? .min, right.draft.created?.microseconds ?? .min)
            if instants.0 != instants.1 { return instants.0 > instants.1 }
            return left.draft.revisionID > right.draft.revisionID
        }
    }
}
