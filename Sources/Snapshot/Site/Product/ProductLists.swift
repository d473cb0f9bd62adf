import Catalog

/// What pages of products and people look up about the site, made once for all of them.
struct ProductLists: Sendable {
    /// The lists of the catalog.
    enum Kind: Sendable {
        case courses
        case programs
    }

    private let courseDepartments: Set<Int>
    private let programDepartments: Set<Int>
    private let topicPaths: [Int: String]
    /// The courses with a page that each instructor teaches, by the id of the instructor's page, in the order of lists.
    let coursesByInstructor: [Int: [Course]]
    /// The same for programs.
    let programsByInstructor: [Int: [Program]]
    /// The programs with a page that ask for each program, by its id, in the order of lists.
    let programsAbove: [Int: [Program]]

    init(_ plan: SitePlan) {
        courseDepartments = Set(plan.courseDepartments.map(\.department.id))
        programDepartments = Set(plan.programDepartments.map(\.department.id))
        topicPaths = plan.topicPaths
        coursesByInstructor = Self.grouped(plan.courses) { $0.page }
        programsByInstructor = Self.grouped(plan.programs) { $0.page }
        var above: [Int: [Program]] = [:]
        for program in plan.programs {
            for id in Set(program.requirements.nodes.compactMap(\.requiredProgramID)) where id != program.id {
                above[id, default: []].append(program)
            }
        }
        programsAbove = above
    }

    /// Where the department's courses or programs are listed; nil when the catalog has none.
    func path(of department: Department, _ kind: Kind) -> String? {
        switch kind {
        case .courses: courseDepartments.contains(department.id) ? SitePlan.courseList(of: department) : nil
        case .programs: programDepartments.contains(department.id) ? SitePlan.programList(of: department) : nil
        }
    }

    /// Where the topic's courses are listed; nil when the catalog has none.
    func path(of topic: Topic) -> String? { topicPaths[topic.id] }

    private static func grouped<Row>(_ rows: [Row], page: (Row) -> ProductPage?) -> [Int: [Row]] {
        var found: [Int: [Row]] = [:]
        for row in rows {
            for id in Set((page(row)?.instructors ?? []).compactMap(\.instructor?.page.id)) {
                found[id, default: []].append(row)
            }
        }
        return found
    }
}
