/// The rows of a catalog as one consistent read of the database gave them: each complete in itself, but courses and programs
/// not yet joined with their runs, pages and requirements.
public struct CatalogData: Sendable {
    /// A program of a program collection.
    public struct CollectionItem: Sendable {
        /// The page id of the collection.
        public let collectionID: Int
        /// What the collection lists.
        public let item: ProgramCollection.Item

        /// The row with these values.
        public init(collectionID: Int, item: ProgramCollection.Item) {
            self.collectionID = collectionID
            self.item = item
        }
    }

    /// Courses in the database's order of titles.
    public var courses: [Course] = []
    /// Runs by id.
    public var runs: [CourseRun] = []
    /// Programs in the database's order of titles.
    public var programs: [Program] = []
    /// Requirement nodes in the order of their paths.
    public var requirementNodes: [RequirementNode] = []
    /// Departments in the database's order of names.
    public var departments: [Department] = []
    /// Topics in the database's order of names.
    public var topics: [Topic] = []

    /// The sites under which pages are served.
    public var sites: [Site] = []
    /// Language codes by locale id.
    public var locales: [Int: String] = [:]
    /// The pages on which a view restriction stands.
    public var restrictedPageIDs: [Int] = []
    /// All pages, in the database's order of titles.
    public var pages: [Page] = []
    /// The media library, by id.
    public var images: [Image] = []
    /// Pages of courses and programs, live or not.
    public var productPages: [ProductPage] = []
    /// Pages of people who teach.
    public var instructors: [Instructor] = []
    /// Pages of certificates, live or not.
    public var certificatePages: [CertificatePage] = []
    /// Who may sign certificates, by page id.
    public var signatories: [Signatory] = []
    /// Forms for a lower price, live or not.
    public var financialAidForms: [FinancialAidForm] = []
    /// Program collections in the database's order of titles.
    public var collections: [ProgramCollection] = []
    /// What program collections list.
    public var collectionItems: [CollectionItem] = []
    /// Pairs of programs that belong together, each as a pair of ids.
    public var relatedPrograms: [(Int, Int)] = []
    /// Storage keys of documents by id.
    public var documents: [Int: String] = [:]
    /// The documents that only some visitors may have, by id.
    public var restrictedDocumentIDs: Set<Int> = []
    /// HTML of embedded media by URL.
    public var embeds: [String: String] = [:]

    /// The pages that sites open with.
    public var homePages: [HomePage] = []
    /// Pages of plain text.
    public var resourcePages: [ResourcePage] = []
    /// What every page says at its head, rich text: the newest of the banners.
    public var banner: (id: Int, message: String)?
    /// What robots may read, by id.
    public var robotsRules: [RobotsRule] = []

    /// No rows.
    public init() {}
}
