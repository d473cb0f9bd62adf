/// Which title of a course or program everybody may see (`spec/catalog.md` §7.8).
///
/// Saving a page's draft writes the draft's title into the course or program at once [D10].
struct TitleRule {
    let title: String
    let page: Page?

    /// Whether the row's title is one that no page was published with.
    var isLeakedDraft: Bool {
        guard let page, page.live, page.hasUnpublishedChanges else { return false }
        return title == page.draftTitle && title != page.title
    }

    var publicTitle: String {
        if isLeakedDraft, let page { page.title } else { title }
    }
}

extension Course {
    /// Whether ``title`` is an unpublished draft's.
    public var titleIsLeakedDraft: Bool { TitleRule(title: title, page: page?.page).isLeakedDraft }

    /// The title to show: the live page's when the row's is an unpublished draft's.
    public var publicTitle: String { TitleRule(title: title, page: page?.page).publicTitle }
}

extension Program {
    /// Whether ``title`` is an unpublished draft's.
    public var titleIsLeakedDraft: Bool { TitleRule(title: title, page: page?.page).isLeakedDraft }

    /// The title to show: the live page's when the row's is an unpublished draft's.
    public var publicTitle: String { TitleRule(title: title, page: page?.page).publicTitle }
}
