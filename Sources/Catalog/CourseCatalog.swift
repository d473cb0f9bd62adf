import Bytes

/// Everything the catalog knows at one moment: courses, programs and pages, joined, and where to find each.
public final class CourseCatalog: Sendable {
    /// Courses in the database's order of titles.
    public let courses: [Course]
    /// Programs in the database's order of titles.
    public let programs: [Program]
    /// Departments in the database's order of names.
    public let departments: [Department]
    /// Topics by id.
    public let topics: [Int: Topic]
    /// Program collections in the database's order of titles.
    public let collections: [ProgramCollection]
    /// Live and draft pages of people who teach, by page id.
    public let instructors: [Instructor]
    /// All certificate pages, by page id.
    public let certificatePages: [CertificatePage]
    /// Product pages that describe no course or program any more, by page id.
    public let unownedProductPages: [ProductPage]
    /// The pages that sites open with, by page id.
    public let homePages: [HomePage]
    /// Pages of plain text, by page id.
    public let resourcePages: [ResourcePage]
    /// What every page says at its head, rich text.
    public let banner: (id: Int, message: String)?
    /// What robots may read.
    public let robotsRules: [RobotsRule]
    /// Where pages are found.
    public let siteMap: SiteMap
    /// Where learners ask for a lower price.
    public let financialAid: FinancialAid
    /// What rich text refers to.
    public let media: Media
    /// Language codes by locale id.
    public let locales: [Int: String]
    /// Pages by id.
    public let pages: [Int: Page]
    /// Pages by their path in the page tree.
    let pageIDs: [ByteKey: Int]

    private let coursePositions: [Int: Int]
    private let programPositions: [Int: Int]

    init(_ assembly: Assembly) {
        let data = assembly.data
        courses = assembly.courses
        programs = assembly.programs
        departments = data.departments
        topics = Dictionary(data.topics.map { ($0.id, $0) }) { first, _ in first }
        collections = assembly.collections
        instructors = data.instructors.sorted { $0.page.id < $1.page.id }
        certificatePages = data.certificatePages.sorted { $0.page.id < $1.page.id }
        unownedProductPages = data.productPages.filter { $0.ownerID == nil }.sorted { $0.page.id < $1.page.id }
        pages = Dictionary(data.pages.map { ($0.id, $0) }) { first, _ in first }
        pageIDs = Dictionary(data.pages.map { (ByteKey($0.path), $0.id) }) { first, _ in first }
        homePages = data.homePages
        resourcePages = data.resourcePages
        banner = data.banner
        robotsRules = data.robotsRules
        siteMap = SiteMap(data: data, courses: assembly.courses, programs: assembly.programs, pages: pages)
        financialAid = FinancialAid(data: data, programs: assembly.programs)
        media = Media(data: data)
        locales = data.locales
        coursePositions = assembly.coursePositions
        programPositions = assembly.programPositions
    }

    /// The course with that primary key.
    public func course(_ id: Int) -> Course? {
        coursePositions[id].map { courses[$0] }
    }

    /// The program with that primary key.
    public func program(_ id: Int) -> Program? {
        programPositions[id].map { programs[$0] }
    }

    /// The page directly above `page`.
    public func parent(of page: Page) -> Page? {
        page.parentPath.flatMap { pageIDs[ByteKey($0)] }.flatMap { pages[$0] }
    }
}
