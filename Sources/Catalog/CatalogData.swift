/// The rows of a catalog as one consistent read of the database gave them, not yet joined.
public struct CatalogData: Sendable {
    /// A row of a table that links two others.
    public struct Link: Sendable {
        /// The row's own primary key.
        public let id: Int
        /// What the link starts from: the course, run, program or page.
        public let owner: Int
        /// What it leads to.
        public let target: Int

        public init(id: Int, owner: Int, target: Int) {
            self.id = id
            self.owner = owner
            self.target = target
        }
    }

    /// A row that belongs to an object.
    public struct Owned<Value: Sendable>: Sendable {
        /// The primary key of the object.
        public let owner: Int
        /// The row.
        public let value: Value

        public init(owner: Int, value: Value) {
            self.owner = owner
            self.value = value
        }
    }

    /// That a page names somebody who teaches; the name may be missing.
    public struct InstructorRow: Sendable {
        /// Primary key of `cms_instructorpagelink`.
        public let id: Int
        /// The course or program page.
        public let pageID: Int
        /// The instructor's page.
        public let instructorID: Int?

        public init(id: Int, pageID: Int, instructorID: Int?) {
            self.id = id
            self.pageID = pageID
            self.instructorID = instructorID
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
    public var courseDepartments: [Link] = []
    public var programDepartments: [Link] = []
    public var enrollmentModes: [EnrollmentMode] = []
    public var runModes: [Link] = []
    public var programModes: [Link] = []
    /// Topics in the database's order of names.
    public var topics: [Topic] = []
    public var pageTopics: [Link] = []
    /// Pairs of programs that belong together.
    public var relatedPrograms: [Link] = []
    /// Active products of runs.
    public var runProducts: [Owned<Product>] = []
    /// Active products of programs.
    public var programProducts: [Owned<Product>] = []
    /// Variant sets of courses.
    public var courseVariants: [Owned<VariantSet>] = []

    public var sites: [Site] = []
    /// Language codes by locale id.
    public var locales: [Int: String] = [:]
    /// The pages on which a view restriction stands.
    public var restrictedPageIDs: [Int] = []
    public var pages: [Page] = []
    public var images: [Image] = []
    public var productPages: [ProductPage] = []
    public var instructors: [Instructor] = []
    public var instructorRows: [InstructorRow] = []
    public var certificatePages: [CertificatePage] = []
    public var financialAidForms: [FinancialAidForm] = []
    public var collections: [ProgramCollection] = []
    public var collectionItems: [Owned<ProgramCollection.Item>] = []
    /// File names of documents by id.
    public var documents: [Int: String] = [:]
    /// HTML of embedded media by URL.
    public var embeds: [String: String] = [:]

    public init() {}
}
