import Bytes

extension CourseCatalog {
    /// Joins the rows of `data`.
    ///
    /// - Throws: ``CatalogError`` when a row names another that is not there.
    public convenience init(_ data: CatalogData) throws(CatalogError) {
        self.init(try Assembly(data))
    }
}

/// The joins, one table after the other; each looks rows up in a dictionary, none searches a list.
struct Assembly {
    let data: CatalogData
    private(set) var courses: [Course] = []
    private(set) var programs: [Program] = []
    private(set) var collections: [ProgramCollection]
    let coursePositions: [Int: Int]
    let programPositions: [Int: Int]

    init(_ data: CatalogData) throws(CatalogError) {
        self.data = data
        collections = data.collections
        coursePositions = Assembly.positions(data.courses, \.id)
        programPositions = Assembly.positions(data.programs, \.id)
        let pages = try pages()
        try joinPrograms(pages: pages.ofPrograms)
        try joinCourses(pages: pages.ofCourses)
        try joinCollections()
    }

    static func positions<Row>(_ rows: [Row], _ id: (Row) -> Int) -> [Int: Int] {
        Dictionary(rows.enumerated().map { (id($0.element), $0.offset) }) { first, _ in first }
    }

    /// Makes sure that what row `row` of `table` names is there.
    private func require(
        _ id: Int, in positions: [Int: Int], called target: String, by table: String, row: Int
    ) throws(CatalogError) {
        guard positions[id] == nil else { return }
        throw CatalogError(
            table: table, id: "\(row)",
            problem: "names \(target) \(id), which does not exist; restore that row or delete this one")
    }

    /// Product pages by what they describe.
    private func pages() throws(CatalogError) -> (ofCourses: [Int: ProductPage], ofPrograms: [Int: ProductPage]) {
        var courses: [Int: ProductPage] = [:]
        var programs: [Int: ProductPage] = [:]
        for page in data.productPages {
            guard let owner = page.ownerID else { continue }
            switch page.kind {
            case .course:
                try require(owner, in: coursePositions, called: "course", by: "cms_coursepage", row: page.page.id)
                courses[owner] = page
            case .program:
                try require(owner, in: programPositions, called: "program", by: "cms_programpage", row: page.page.id)
                programs[owner] = page
            }
        }
        return (courses, programs)
    }

    private mutating func joinCourses(pages: [Int: ProductPage]) throws(CatalogError) {
        var runs: [Int: [CourseRun]] = [:]
        for run in data.runs {
            try require(run.courseID, in: coursePositions, called: "course", by: "courses_courserun", row: run.id)
            runs[run.courseID, default: []].append(run)
        }
        var programs: [Int: [Int]] = [:]
        for position in self.programs.indices.sorted(by: { self.programs[$0].id < self.programs[$1].id }) {
            for course in Set(self.programs[position].requirements.namedCourseIDs) {
                programs[course, default: []].append(position)
            }
        }
        courses = data.courses.map { course in
            course.joined(
                runs: runs[course.id] ?? [], page: pages[course.id], programPositions: programs[course.id] ?? [])
        }
    }

    private mutating func joinPrograms(pages: [Int: ProductPage]) throws(CatalogError) {
        var nodes: [Int: [RequirementNode]] = [:]
        for node in data.requirementNodes {
            try check(node)
            nodes[node.programID, default: []].append(node)
        }
        for program in data.programs {
            let tree = RequirementTree(joining: nodes[program.id] ?? [])
            programs.append(program.joined(page: pages[program.id], requirements: tree))
        }
    }

    private func check(_ node: RequirementNode) throws(CatalogError) {
        let table = "courses_programrequirement"
        try require(node.programID, in: programPositions, called: "program", by: table, row: node.id)
        if let course = node.courseID {
            try require(course, in: coursePositions, called: "course", by: table, row: node.id)
        }
        if let program = node.requiredProgramID {
            try require(program, in: programPositions, called: "program", by: table, row: node.id)
        }
        guard node.hasWholePath else {
            throw CatalogError(
                table: table, id: "\(node.id)",
                problem: "has a path that is not made of 4 characters a level; repair the requirement tree")
        }
    }

    private mutating func joinCollections() throws(CatalogError) {
        let positions = Assembly.positions(collections, \.page.id)
        let table = "courses_programcollectionitem"
        for row in data.collectionItems {
            try require(row.item.programID, in: programPositions, called: "program", by: table, row: row.item.id)
            try require(row.collectionID, in: positions, called: "collection", by: table, row: row.item.id)
            if let position = positions[row.collectionID] { collections[position].items.append(row.item) }
        }
        for index in collections.indices {
            collections[index].items.sort { left, right in
                (left.order ?? Int.max, left.id) < (right.order ?? Int.max, right.id)
            }
        }
    }
}
