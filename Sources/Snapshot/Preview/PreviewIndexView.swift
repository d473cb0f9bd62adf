import Bytes
import Catalog
import Markup

/// The list of all drafts, newest first (`spec/catalog.md` §10.8).
struct PreviewIndexView: TemplateRecord {
    /// One draft of the list.
    struct Entry: TemplateRecord {
        let title: String
        let kind: String
        let folder: String
        let isLive: Bool
        let bar: DraftBar
        let problem: String?

        static let fields = TemplateFields<Entry>(
            .text("title", \.title), .text("kind", \.kind), .text("folder", \.folder), .flag("isLive", \.isLive),
            .record("bar") { $0.bar }, .text("problem", \.problem))
    }

    let page: PageFrame
    /// In words: `12 drafts`.
    let count: String
    let drafts: [Entry]
    /// Whether `report.html` stands beside the list.
    let hasReport: Bool

    static let fields = TemplateFields<PreviewIndexView>(
        .record("page", \.page), .text("count", \.count), .flag("hasReport", \.hasReport),
        .flag("hasDrafts") { !$0.drafts.isEmpty },
        .list("drafts", \.drafts))
}

/// Stands in the place of a draft that cannot be shown.
struct DraftErrorView: TemplateRecord {
    let page: PageFrame
    let title: String
    /// The field that is wrong; nil when it is the whole draft.
    let field: String?
    let problem: String
    let indexURL: String

    static let fields = TemplateFields<DraftErrorView>(
        .record("page", \.page), .text("title", \.title), .text("field", \.field), .text("problem", \.problem),
        .text("indexURL", \.indexURL))
}

extension DraftBar {
    init(_ page: DraftPage) {
        let draft = page.draft
        self.init(
            revisionID: draft.revisionID, created: draft.created?.inWords ?? "at an unknown time",
            authorID: draft.authorID, goLive: draft.approvedGoLive?.inWords,
            changedFields: page.changes.map { FieldText.label(of: $0.name) }, isShown: page.error == nil)
    }
}

extension Timestamp {
    /// `September 18, 2026, 07:15 UTC`.
    fileprivate var inWords: String {
        let minute = description.dropFirst(11).prefix(5)
        return "\(DateText.day(of: self)), \(minute) UTC"
    }
}
