import Bytes

/// What somebody wrote and has not published yet: the latest revision of a page (`wagtailcore_revision`, `spec/catalog.md` §10.8).
public struct Draft: Sendable {
    /// The page.
    public let pageID: Int
    /// What kind of page, such as `cms.coursepage`.
    public let pageType: String
    /// Primary key of the revision.
    public let revisionID: Int
    /// When it was saved; nil when the revision is not there.
    public let created: Timestamp?
    /// Who saved it, a user's id.
    public let authorID: Int?
    /// When it is to be published, if somebody approved that.
    public let approvedGoLive: Timestamp?
    /// The page's fields under the names of the model; null when the revision is not there or cannot be read.
    public let content: JSONValue

    /// The row with these values.
    public init(
        pageID: Int, pageType: String, revisionID: Int, created: Timestamp?, authorID: Int?, approvedGoLive: Timestamp?,
        content: JSONValue
    ) {
        self.pageID = pageID
        self.pageType = pageType
        self.revisionID = revisionID
        self.created = created
        self.authorID = authorID
        self.approvedGoLive = approvedGoLive
        self.content = content
    }
}
