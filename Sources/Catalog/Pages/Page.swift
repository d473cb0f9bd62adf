import Bytes

/// A page of the content management system (`wagtailcore_page`): what all kinds of pages have in common.
public final class Page: Sendable {
    /// Primary key.
    public let id: Int
    /// The place in the page tree: 4 characters a level.
    public let path: String
    /// The published title.
    public let title: String
    /// The title of the latest draft.
    public let draftTitle: String
    /// The page's own part of its URL.
    public let slug: String
    /// The slugs from the root on, with a slash at both ends.
    public let urlPath: String
    /// Whether the page is published.
    public let live: Bool
    /// Whether a draft is newer than what is published.
    public let hasUnpublishedChanges: Bool
    /// The title for search engines, may be empty.
    public let seoTitle: String
    /// The description for search engines, may be empty.
    public let searchDescription: String
    /// Whether menus list the page.
    public let showInMenus: Bool
    /// When the page was first published.
    public let firstPublished: Timestamp?
    /// When it was last published.
    public let lastPublished: Timestamp?
    /// The page's language.
    public let localeID: Int
    /// The page that this one mirrors.
    public let aliasOfID: Int?
    /// The page's place in the database's own order of titles, which depends on its collation.
    public let databaseRank: Int

    /// The row with these values.
    public init(
        id: Int, path: String, title: String, draftTitle: String, slug: String, urlPath: String, live: Bool,
        hasUnpublishedChanges: Bool, seoTitle: String, searchDescription: String, showInMenus: Bool,
        firstPublished: Timestamp?, lastPublished: Timestamp?, localeID: Int, aliasOfID: Int?, databaseRank: Int
    ) {
        self.id = id
        self.path = path
        self.title = title
        self.draftTitle = draftTitle
        self.slug = slug
        self.urlPath = urlPath
        self.live = live
        self.hasUnpublishedChanges = hasUnpublishedChanges
        self.seoTitle = seoTitle
        self.searchDescription = searchDescription
        self.showInMenus = showInMenus
        self.firstPublished = firstPublished
        self.lastPublished = lastPublished
        self.localeID = localeID
        self.aliasOfID = aliasOfID
        self.databaseRank = databaseRank
    }

    /// The path of the parent, nil for a root.
    public var parentPath: String? {
        path.utf8.count > 4 ? String(path.dropLast(4)) : nil
    }
}
