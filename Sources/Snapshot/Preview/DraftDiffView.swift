import Bytes
import Catalog
import Markup

/// A field that a draft changes, both values side by side.
struct FieldDiffView: TemplateRecord {
    /// A stretch of one value.
    struct Piece: TemplateRecord {
        let text: String
        /// Whether the other value does not have it.
        let isChanged: Bool

        static let fields = TemplateFields<Piece>(.text("text", \.text), .flag("isChanged", \.isChanged))
    }

    /// In words.
    let label: String
    /// The name of the field in the model.
    let name: String
    let live: [Piece]
    let draft: [Piece]

    static let fields = TemplateFields<FieldDiffView>(
        .text("label", \.label), .text("name", \.name),
        .flag("hasLive") { !$0.live.isEmpty }, .list("live", \.live),
        .flag("hasDraft") { !$0.draft.isEmpty }, .list("draft", \.draft),
        .flag("isSameText") { !$0.live.contains(where: \.isChanged) && !$0.draft.contains(where: \.isChanged) })

    init(_ change: FieldChange, _ texts: FieldText) {
        name = change.name
        label = FieldText.label(of: change.name)
        let diff = WordDiff(
            from: texts.text(of: change.live, change.kind), to: texts.text(of: change.draft, change.kind))
        live = diff.pieces.filter { $0.kind != .added }.map { Piece(text: $0.text, isChanged: $0.kind == .removed) }
        draft = diff.pieces.filter { $0.kind != .removed }.map { Piece(text: $0.text, isChanged: $0.kind == .added) }
    }
}

/// All that one draft changes.
struct DraftDiffView: TemplateRecord {
    let title: String
    /// What kind of page.
    let kind: String
    let pageID: Int
    /// The folder with the draft's page, seen from where this is shown.
    let folder: String
    let isLive: Bool
    /// Why the draft cannot be shown.
    let problem: String?
    let changes: [FieldDiffView]

    static let fields = TemplateFields<DraftDiffView>(
        .text("title", \.title), .text("kind", \.kind), .number("pageID", \.pageID), .text("folder", \.folder),
        .flag("isLive", \.isLive), .text("problem", \.problem), .flag("hasChanges") { !$0.changes.isEmpty },
        .list("changes", \.changes))

    init(_ page: DraftPage, folder: String, changes: [FieldDiffView]) {
        title = page.title
        kind = page.kindInWords
        pageID = page.draft.pageID
        self.folder = folder
        isLive = page.isLive
        problem = page.error?.description
        self.changes = changes
    }
}

/// The differences of one draft or of all, as a page.
struct DiffPageView: TemplateRecord {
    let page: PageFrame
    let title: String
    /// Whether it is about one draft, whose bar then says which.
    let isSingle: Bool
    /// The list of drafts.
    let indexURL: String
    let drafts: [DraftDiffView]

    static let fields = TemplateFields<DiffPageView>(
        .record("page", \.page), .text("title", \.title), .flag("isSingle", \.isSingle),
        .text("indexURL", \.indexURL), .flag("hasDrafts") { !$0.drafts.isEmpty }, .list("drafts", \.drafts))
}

extension DraftPage {
    var kindInWords: String {
        switch kind {
        case .product: draft.pageType == "cms.programpage" ? "Program page" : "Course page"
        case .instructor: "Instructor page"
        case .certificate: "Certificate page"
        case .home: "Home page"
        case .resource: "Resource page"
        case .collection: "Program collection"
        }
    }

    /// The differences for programs: an array of objects with `field`, `live` and `draft`.
    var diffJSON: [UInt8] {
        var buffer = ByteBuffer()
        buffer.append("[")
        for (index, change) in changes.enumerated() {
            if index > 0 { buffer.append(",") }
            buffer.object { object in
                object.member("field", change.name)
                object.member("live", json: change.live)
                object.member("draft", json: change.draft)
            }
        }
        buffer.append("]")
        return buffer.bytes
    }
}
