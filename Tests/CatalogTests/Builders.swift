import Bytes
import Catalog

/// The instant at which the tests of this target look at runs, and instants around it.
let now = Timestamp(microseconds: 1_795_466_700_000_000)
let justBefore = Timestamp(microseconds: now.microseconds - 1)
let justAfter = Timestamp(microseconds: now.microseconds + 1)
let longAgo = now.adding(seconds: -100_000)
let farAhead = now.adding(seconds: 100_000)

let verified = EnrollmentMode(id: 2, slug: "verified", displayName: "verified", requiresPayment: true)
let audit = EnrollmentMode(id: 1, slug: "audit", displayName: "audit", requiresPayment: false)
let product = Product(id: 1, price: Decimal64(units: 14_950, scale: 2), description: "")

/// An open public run in English that began long ago and has no end, apart from what is given.
func run(
    _ id: Int = 1, course: Int = 1, tag: String = "1T2026", start: Timestamp? = longAgo, end: Timestamp? = nil,
    enrollmentStart: Timestamp? = longAgo, enrollmentEnd: Timestamp? = nil, upgradeDeadline: Timestamp? = nil,
    live: Bool = true, isSelfPaced: Bool = false, contract: Int? = nil, isSourceRun: Bool = false,
    isPrimary: Bool = false, language: String = "en", modes: [EnrollmentMode] = [], product: Product? = nil
) -> CourseRun {
    CourseRun(
        id: id, courseID: course, title: "Run \(id)", coursewareID: "course-v1:MITx+1x+\(id)", runTag: tag,
        start: start, end: end, enrollmentStart: enrollmentStart, enrollmentEnd: enrollmentEnd, expiration: nil,
        upgradeDeadline: upgradeDeadline, certificateAvailable: nil, live: live, isSelfPaced: isSelfPaced,
        hasCoursewareURL: true, b2bContractID: contract, isSourceRun: isSourceRun, isPrimaryLanguage: isPrimary,
        language: language, variantLength: "", variantIndustry: "", enrollmentModes: modes, product: product)
}

func course(_ id: Int = 1, title: String = "Course", runs: [CourseRun] = [], page: ProductPage? = nil) -> Course {
    Course(
        id: id, title: title, readableID: "course-v1:MITx+\(id)x", live: true, departmentsAsAttached: [], variants: [],
        runs: runs, page: page)
}

func program(_ id: Int, title: String = "Program", live: Bool = true, page: ProductPage? = nil) -> Program {
    Program(
        id: id, title: title, readableID: "program-v1:MITx+P\(id)", live: live, programType: nil,
        availability: "anytime", start: nil, end: nil, enrollmentStart: nil, enrollmentEnd: nil, b2bOnly: false,
        displayMode: nil, departments: [], enrollmentModes: [], product: nil, page: page)
}

/// The page at `path` in the page tree; its URL path is built from `urlPath`, which ends in its slug.
func page(
    _ id: Int, path: String, urlPath: String, title: String = "Page", draftTitle: String? = nil, live: Bool = true,
    hasUnpublishedChanges: Bool = false
) -> Page {
    Page(
        id: id, path: path, title: title, draftTitle: draftTitle ?? title,
        slug: urlPath.split(separator: "/").last.map(String.init) ?? "", urlPath: urlPath, live: live,
        hasUnpublishedChanges: hasUnpublishedChanges, seoTitle: "", searchDescription: "", showInMenus: false,
        firstPublished: nil, lastPublished: nil, localeID: 1, aliasOfID: nil, databaseRank: id)
}

func productPage(_ kind: ProductPage.Kind, of owner: Int?, _ page: Page, prerequisites: String? = "") -> ProductPage {
    let nothing = Decimal64(units: 0, scale: 2)
    return ProductPage(
        kind: kind, page: page, ownerID: owner, description: nil, length: "", effort: nil, minWeeklyHours: "",
        maxWeeklyHours: "", minWeeks: nil, maxWeeks: nil, price: .array([]), minPrice: nothing, maxPrice: nothing,
        listPrice: nil, prerequisites: prerequisites, about: nil, whatYouLearn: nil, faqURL: nil, videoURL: nil,
        featureImage: nil, facultySectionTitle: nil, includeInLearnCatalog: true, ingestContentFilesForAI: false,
        showStayUpdated: false, howYoullLearn: [], topics: [], instructors: [], certificatePage: nil)
}

/// A node of program 1's tree; its id is its place among all nodes of a test.
func node(
    _ path: String, _ type: String, id: Int = 0, of program: Int = 1, course: Int? = nil, requires: Int? = nil,
    elective: Bool? = nil
) -> RequirementNode {
    RequirementNode(
        id: id, path: path, nodeType: type, operation: nil, operatorValue: nil, programID: program, courseID: course,
        requiredProgramID: requires, title: nil, electiveFlag: elective)
}
