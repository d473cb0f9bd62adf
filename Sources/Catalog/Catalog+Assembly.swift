import Bytes

extension Catalog {
    /// Joins the rows of `data`.
    ///
    /// - Throws: ``CatalogError`` when a row names another that is not there.
    public convenience init(_ data: CatalogData) throws(CatalogError) {
        var assembly = Assembly(data: data)
        try assembly.attachRuns()
        try assembly.attachRequirements()
        try assembly.attachPages()
        try assembly.attachCollections()
        self.init(assembly)
    }
}

/// The joins, one table after the other; each looks rows up in a dictionary, none searches a list.
struct Assembly {
    let data: CatalogData
    var courses: [Course]
    var programs: [Program]
    var collections: [ProgramCollection]
    var orphans: [RequirementNode] = []
    let coursePositions: [Int: Int]
    let programPositions: [Int: Int]

    init(data: CatalogData) {
        self.data = data
        courses = data.courses
        programs = data.programs
        collections = data.collections
        coursePositions = Assembly.positions(data.courses, \.id)
        programPositions = Assembly.positions(data.programs, \.id)
    }

    static func positions<Row>(_ rows: [Row], _ id: (Row) -> Int) -> [Int: Int] {
        Dictionary(rows.enumerated().map { (id($0.element), $0.offset) }) { first, _ in first }
    }

    /// The position of what row `row` of `table` names, or an error that names the row.
    func position(
        _ id: Int, in positions: [Int: Int], of target: String, table: String, row: Int
    ) throws(CatalogError) -> Int {
        guard let position = positions[id] else {
            throw CatalogError(
                table: table, id: "\(row)",
                problem: "names \(target) \(id), which does not exist; restore that row or delete this one")
        }
        return position
    }

    mutating func attachRuns() throws(CatalogError) {
        for run in data.runs {
            let course = try position(
                run.courseID, in: coursePositions, of: "course", table: "courses_courserun", row: run.id)
            courses[course].runs.append(run)
        }
    }

    mutating func attachRequirements() throws(CatalogError) {
        var nodes: [Int: [RequirementNode]] = [:]
        for node in data.requirementNodes {
            try check(node)
            nodes[node.programID, default: []].append(node)
        }
        for index in programs.indices {
            programs[index].requirements = RequirementTree(nodes: connected(nodes[programs[index].id, default: []]))
        }
        for program in programs.indices.sorted(by: { programs[$0].id < programs[$1].id }) {
            for course in Set(programs[program].requirements.namedCourseIDs) {
                guard let position = coursePositions[course] else { continue }
                courses[position].programPositions.append(program)
            }
        }
    }

    private func check(_ node: RequirementNode) throws(CatalogError) {
        let table = "courses_programrequirement"
        _ = try position(node.programID, in: programPositions, of: "program", table: table, row: node.id)
        if let course = node.courseID {
            _ = try position(course, in: coursePositions, of: "course", table: table, row: node.id)
        }
        if let program = node.requiredProgramID {
            _ = try position(program, in: programPositions, of: "program", table: table, row: node.id)
        }
        guard node.path.utf8.count % 4 == 0, !node.path.isEmpty else {
            throw CatalogError(
                table: table, id: "\(node.id)",
                problem: "has a path that is not made of 4 characters a level; repair the requirement tree")
        }
    }

    /// The nodes whose parents are there, up to the program's one root; what is cut off is remembered as orphans.
    private mutating func connected(_ nodes: [RequirementNode]) -> [RequirementNode] {
        var paths: Set<ByteKey> = []
        return nodes.filter { node in
            let isConnected =
                node.depth == 1 ? paths.isEmpty : paths.contains(ByteKey(String(node.path.dropLast(4))))
            if isConnected { paths.insert(ByteKey(node.path)) } else { orphans.append(node) }
            return isConnected
        }
    }

    mutating func attachPages() throws(CatalogError) {
        for page in data.productPages {
            guard let owner = page.ownerID else { continue }
            let id = page.page.id
            switch page.kind {
            case .course:
                let course = try position(owner, in: coursePositions, of: "course", table: "cms_coursepage", row: id)
                courses[course].page = page
            case .program:
                let program = try position(
                    owner, in: programPositions, of: "program", table: "cms_programpage", row: id)
                programs[program].page = page
            }
        }
    }

    mutating func attachCollections() throws(CatalogError) {
        let positions = Assembly.positions(collections, \.page.id)
        let table = "courses_programcollectionitem"
        for row in data.collectionItems {
            let (id, program) = (row.item.id, row.item.programID)
            let collection = try position(
                row.collectionID, in: positions, of: "program collection", table: table, row: id)
            _ = try position(program, in: programPositions, of: "program", table: table, row: id)
            collections[collection].items.append(row.item)
        }
        for index in collections.indices {
            collections[index].items.sort { left, right in
                (left.order ?? Int.max, left.id) < (right.order ?? Int.max, right.id)
            }
        }
    }
}
