import Bytes
import Catalog

/// Which pages the HTML site has and where (`spec/catalog.md` §10.1). Links, menus, the sitemap and the feed follow from it, so
/// that none leads to a page that is not there.
struct SitePlan: Sendable {
    /// The page that the site opens with; nil when there is no live one at the site's root.
    let home: HomePage?
    /// What the catalog lists, in the order of lists.
    let catalogCourses: [Course]
    /// What the catalog lists, in the order of lists.
    let catalogPrograms: [Program]
    /// The courses that have a page, in the order of lists.
    let courses: [Course]
    /// The programs that have a page, in the order of lists.
    let programs: [Program]
    /// The people who have a page, by name.
    let instructors: [Instructor]
    /// The collections that have a page, in the order of lists.
    let collections: [ProgramCollection]
    /// The pages of plain text, by page id.
    let resources: [ResourcePage]
    /// Departments with courses in the catalog, by name, each with its courses.
    let courseDepartments: [(department: Department, courses: [Course])]
    /// Departments with programs in the catalog, by name, each with its programs.
    let programDepartments: [(department: Department, programs: [Program])]
    /// Topics with courses in the catalog, their own or of a topic below, by name.
    let topics: [(topic: Topic, courses: [Course])]
    /// The words that stand for topics in addresses, by topic id.
    let topicSlugs: [Int: String]
    /// Where the courses of topics are listed, by topic id; no other topics have such a list.
    let topicPaths: [Int: String]
    /// Where pages of the content management system are, by page id; no slash at the beginning, one at the end.
    let pagePaths: [Int: String]

    /// Where a page is; nil when the site has none.
    func path(of page: Page?) -> String? { page.flatMap { pagePaths[$0.id] } }

    /// Where the page about a course is; nil when it has none.
    func path(of course: Course) -> String? { path(of: course.page?.page) }

    /// Where the page about a program is; nil when it has none.
    func path(of program: Program) -> String? { path(of: program.page?.page) }

    /// Where the courses of a topic are listed; nil when the catalog has none.
    func path(ofTopic id: Int) -> String? { topicPaths[id] }
}

extension SitePlan {
    static let courseList = "catalog/courses/"
    static let programList = "catalog/programs/"

    /// The list of the courses of the topic that `slug` stands for.
    static func topicList(_ slug: String) -> String { "catalog/topics/\(slug)/" }

    /// The list of a department's courses.
    static func courseList(of department: Department) -> String { "\(courseList)\(department.slug)/" }

    /// The list of a department's programs.
    static func programList(of department: Department) -> String { "\(programList)\(department.slug)/" }
}

extension SitePlan {
    /// The pages of what `context` renders; `courses` and `programs` in the order of lists.
    init(_ context: inout RenderContext, courses: [Course], programs: [Program]) {
        let catalog = context.catalog
        var paths = PagePaths()
        let root = catalog.siteMap.defaultRootPageID
        home = catalog.homePages.first { $0.page.id == root && context.isReadable($0.page) }
        if let home { paths.add(home.page, at: "", &context) }
        self.courses = courses.filter { course in
            guard let page = course.page?.page, context.isReadable(page),
                ReadableIDFolder.problem(with: course.readableID) == nil
            else { return false }
            return paths.add(page, at: "courses/\(course.readableID)/", &context)
        }
        self.programs = programs.filter { program in
            guard let page = program.page?.page, context.isReadable(page),
                ReadableIDFolder.problem(with: program.readableID) == nil
            else { return false }
            return paths.add(page, at: "programs/\(program.readableID)/", &context)
        }
        instructors = catalog.instructors.filter { context.isReadable($0.page) }
            .sorted { (ByteKey($0.name), $0.page.id) < (ByteKey($1.name), $1.page.id) }
            .filter { paths.add($0.page, at: "instructors/\($0.page.slug)/", &context) }
        let readable = catalog.collections.filter { context.isReadable($0.page) }
        collections = context.inTitleOrder(readable, id: \.page.id, title: \.page.title)
            .filter { paths.add($0.page, at: "program-collections/\($0.page.slug)/", &context) }
        resources = catalog.resourcePages.filter { resource in
            guard context.isReadable(resource.page), let place = catalog.siteMap.slugLocation(of: resource.page) else {
                return false
            }
            return paths.add(resource.page, at: String(place.path.dropFirst()), &context)
        }
        let listed = self.courses.filter { context.isInCatalog($0) }
        catalogCourses = listed
        let listedPrograms = self.programs.filter(\.isShown)
        catalogPrograms = listedPrograms
        let departments = catalog.departments.filter { DepartmentFolder.accepts($0, &context) }
            .sorted { (ByteKey($0.name), $0.id) < (ByteKey($1.name), $1.id) }
        var coursesOf: [Int: [Course]] = [:]
        for course in listed {
            for department in course.departments { coursesOf[department.id, default: []].append(course) }
        }
        var programsOf: [Int: [Program]] = [:]
        for program in listedPrograms {
            for department in program.departments { programsOf[department.id, default: []].append(program) }
        }
        courseDepartments = departments.compactMap { each in coursesOf[each.id].map { (each, $0) } }
        programDepartments = departments.compactMap { each in programsOf[each.id].map { (each, $0) } }
        let slugs = TopicSlug.slugs(of: catalog.topics.values.sorted { $0.id < $1.id })
        topicSlugs = slugs
        let listedTopics = context.topicsWithCourses(listed)
        topics = listedTopics
        topicPaths = Dictionary(
            listedTopics.compactMap { entry in slugs[entry.topic.id].map { (entry.topic.id, Self.topicList($0)) } }
        ) { first, _ in first }
        pagePaths = paths.paths
    }
}

/// Where pages are, no two at one place.
private struct PagePaths {
    private(set) var paths: [Int: String] = [:]
    private var taken: Set<ByteKey> = []
    private static let reserved: Set<String> = [
        "api", "assets", "catalog", "certificate", "courses", "documents", "index.html", "instructors", "media",
        "preview", "program-collections", "programs", "_s",
    ]
    /// The files at the site's root, which can't be folders too.
    private static let rootFiles: Set<String> = ["404.html", "feed.atom", "robots.txt"]

    /// Whether the page may stand at `path`; warns when it may not.
    @discardableResult
    mutating func add(_ page: Page, at path: String, _ context: inout RenderContext) -> Bool {
        let parts = path.split(separator: "/", omittingEmptySubsequences: true)
        let isOurs =
            parts.count > 1 && ["courses", "programs", "instructors", "program-collections"].contains(parts[0])
        let isFine =
            (isOurs || !parts.contains { Self.reserved.contains(String($0)) })
            && !(parts.first.map(Self.isRootFile) ?? false)
            && !parts.contains { $0 == "." || $0 == ".." || $0.utf8.count > 255 }
            // What stands in the folders of courses and programs are readable ids, looked at already.
            && (parts.first == "courses" || parts.first == "programs" || parts.allSatisfy(\.isPlainSlug))
            && taken.insert(ByteKey(path)).inserted
        if isFine {
            paths[page.id] = path
        } else {
            context.warnings.add(
                "page-path", "wagtailcore_page", page.id,
                "Has no HTML page, since another is at its address, or the address is reserved or has others than letters, "
                    + "digits, -, _, . and ~; change its slug.")
        }
        return isFine
    }

    private static func isRootFile(_ name: Substring) -> Bool {
        rootFiles.contains(String(name)) || (name.hasPrefix("sitemap") && name.hasSuffix(".xml"))
    }
}

extension Substring {
    /// Whether all of it are letters and digits, of whatever script, and what addresses may have unencoded beside them.
    fileprivate var isPlainSlug: Bool {
        unicodeScalars.allSatisfy { scalar in
            if scalar.isASCII {
                return "-_.~".unicodeScalars.contains(scalar) || UInt8(ascii: scalar).isASCIIAlphanumeric
            }
            return switch scalar.properties.generalCategory {
            case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
                .spacingMark, .decimalNumber, .letterNumber, .otherNumber:
                true
            default: false
            }
        }
    }
}

/// Whether a department's slug can stand in an address.
private enum DepartmentFolder {
    static func accepts(_ department: Department, _ context: inout RenderContext) -> Bool {
        let slug = department.slug
        let isFine =
            !slug.isEmpty && slug != "page" && slug.utf8.count <= 255
            && slug.utf8.allSatisfy { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") || $0.isASCIIAlphanumeric }
        if !isFine {
            context.warnings.add(
                "department-slug", "courses_department", department.id,
                "Has no HTML page, since its slug is empty, reserved or has others than letters, digits, - and _; change it."
            )
        }
        return isFine
    }
}

extension UInt8 {
    fileprivate var isASCIIAlphanumeric: Bool {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"):
            true
        default: false
        }
    }
}

extension RenderContext {
    /// The topics that `courses` are filed under, a topic with its own courses and those of the topics below it.
    fileprivate func topicsWithCourses(_ courses: [Course]) -> [(topic: Topic, courses: [Course])] {
        var coursesOf: [Int: [Course]] = [:]
        for course in courses {
            var seen: Set<Int> = []
            for topic in course.page?.topics ?? [] {
                for id in [topic.id, topic.parentID].compactMap(\.self) where seen.insert(id).inserted {
                    coursesOf[id, default: []].append(course)
                }
            }
        }
        return catalog.topics.values.filter { coursesOf[$0.id] != nil }
            .sorted { (ByteKey($0.name), $0.id) < (ByteKey($1.name), $1.id) }
            .map { ($0, coursesOf[$0.id] ?? []) }
    }
}
