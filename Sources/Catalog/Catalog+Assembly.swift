import Bytes

extension Catalog {
    /// Joins the rows of `data`.
    ///
    /// - Throws: ``CatalogError`` when a row names another that is not there.
    public init(_ data: CatalogData) throws(CatalogError) {
        var assembly = Assembly(data: data)
        try assembly.attachRuns()
        try assembly.attachPrograms()
        try assembly.attachPages()
        try assembly.attachDepartments()
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
    let modes: [Int: EnrollmentMode]

    init(data: CatalogData) {
        self.data = data
        courses = data.courses
        programs = data.programs
        collections = data.collections
        coursePositions = Assembly.positions(data.courses, \.id)
        programPositions = Assembly.positions(data.programs, \.id)
        modes = Dictionary(data.enrollmentModes.map { ($0.id, $0) }) { first, _ in first }
    }

    static func positions<Row>(_ rows: [Row], _ id: (Row) -> Int) -> [Int: Int] {
        Dictionary(rows.enumerated().map { (id($0.element), $0.offset) }) { first, _ in first }
    }

    /// The position of what `link` names, or an error that names the row.
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

    /// What is attached to each owner, in the order of what it leads to.
    func targets(of links: [CatalogData.Link]) -> [Int: [Int]] {
        Dictionary(grouping: links, by: \.owner).mapValues { $0.map(\.target).sorted() }
    }

    mutating func attachRuns() throws(CatalogError) {
        let modeIDs = targets(of: data.runModes)
        let products = Dictionary(data.runProducts.map { ($0.owner, $0.value) }) { first, _ in first }
        for var run in data.runs {
            let course = try position(
                run.courseID, in: coursePositions, of: "course", table: "courses_courserun", row: run.id)
            run.enrollmentModes = modeIDs[run.id, default: []].compactMap { modes[$0] }
            run.product = products[run.id]
            courses[course].runs.append(run)
        }
        for variant in data.courseVariants {
            guard let course = coursePositions[variant.owner] else { continue }
            courses[course].variants.append(variant.value)
        }
    }

    mutating func attachPrograms() throws(CatalogError) {
        let modeIDs = targets(of: data.programModes)
        let products = Dictionary(data.programProducts.map { ($0.owner, $0.value) }) { first, _ in first }
        var nodes: [Int: [RequirementNode]] = [:]
        for node in data.requirementNodes {
            try check(node)
            nodes[node.programID, default: []].append(node)
        }
        for index in programs.indices {
            let id = programs[index].id
            programs[index].enrollmentModes = modeIDs[id, default: []].compactMap { modes[$0] }
            programs[index].product = products[id]
            programs[index].requirements = RequirementTree(nodes: connected(nodes[id, default: []]))
        }
        let byID = programs.indices.sorted { programs[$0].id < programs[$1].id }
        for program in byID {
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

    mutating func attachDepartments() throws(CatalogError) {
        let departments = Dictionary(data.departments.map { ($0.id, $0) }) { first, _ in first }
        for link in data.courseDepartments.sorted(by: { $0.id < $1.id }) {
            guard let course = coursePositions[link.owner], let department = departments[link.target] else { continue }
            courses[course].departmentsAsAttached.append(department)
        }
        for index in courses.indices {
            courses[index].departments = courses[index].departmentsAsAttached.sorted { $0.id < $1.id }
        }
        for (program, ids) in targets(of: data.programDepartments) {
            guard let position = programPositions[program] else { continue }
            programs[position].departments = ids.compactMap { departments[$0] }
        }
    }

    mutating func attachPages() throws(CatalogError) {
        let topics = Dictionary(data.topics.map { ($0.id, $0) }) { first, _ in first }
        let pageTopics = targets(of: data.pageTopics)
        let instructors = Dictionary(data.instructors.map { ($0.page.id, $0) }) { first, _ in first }
        let links = Dictionary(grouping: data.instructorRows.sorted { $0.id < $1.id }, by: \.pageID)
        let certificates = certificatesByParentPath()
        for var page in data.productPages {
            guard let owner = page.ownerID else { continue }
            let id = page.page.id
            page.instructors = links[id, default: []].map { row in
                InstructorLink(id: row.id, instructor: row.instructorID.flatMap { instructors[$0] })
            }
            page.certificatePage = certificates[ByteKey(page.page.path)]
            page.topics = pageTopics[id, default: []].compactMap { topics[$0] }
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

    /// The first live certificate page below each page.
    private func certificatesByParentPath() -> [ByteKey: CertificatePage] {
        var found: [ByteKey: CertificatePage] = [:]
        for certificate in data.certificatePages where certificate.page.live {
            guard let parent = certificate.page.parentPath.map(ByteKey.init) else { continue }
            if let other = found[parent], ByteKey(other.page.path) < ByteKey(certificate.page.path) { continue }
            found[parent] = certificate
        }
        return found
    }

    mutating func attachCollections() throws(CatalogError) {
        let positions = Assembly.positions(collections, \.page.id)
        for item in data.collectionItems {
            let collection = try position(
                item.owner, in: positions, of: "program collection", table: "courses_programcollectionitem",
                row: item.value.id)
            _ = try position(
                item.value.programID, in: programPositions, of: "program", table: "courses_programcollectionitem",
                row: item.value.id)
            collections[collection].items.append(item.value)
        }
        for index in collections.indices {
            collections[index].items.sort { left, right in
                (left.order ?? Int.max, left.id) < (right.order ?? Int.max, right.id)
            }
        }
    }
}
