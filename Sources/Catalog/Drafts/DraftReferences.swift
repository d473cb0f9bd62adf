import Bytes

/// What drafts may refer to by id.
struct DraftReferences {
    let images: [Int: Image]
    let topics: [Int: Topic]
    let instructors: [Int: Instructor]
    let signatories: [Int: Signatory]
    let productPageIDs: Set<Int>
    let courseIDs: Set<Int>
    let programIDs: Set<Int>

    init(_ data: CatalogData) {
        images = Dictionary(data.images.map { ($0.id, $0) }) { first, _ in first }
        topics = Dictionary(data.topics.map { ($0.id, $0) }) { first, _ in first }
        instructors = Dictionary(data.instructors.map { ($0.page.id, $0) }) { first, _ in first }
        signatories = Dictionary(data.signatories.map { ($0.id, $0) }) { first, _ in first }
        productPageIDs = Set(data.productPages.map(\.page.id))
        courseIDs = Set(data.courses.map(\.id))
        programIDs = Set(data.programs.map(\.id))
    }

    func ids(of kind: ProductPage.Kind) -> Set<Int> { kind == .course ? courseIDs : programIDs }
}

extension DraftError {
    /// The field names something that is not there.
    static func missing(_ target: String, _ id: Int, in field: String) -> DraftError {
        DraftError(
            field: field, problem: "names \(target) \(id), which does not exist; choose another one and save the draft")
    }
}

extension DraftFields {
    mutating func image(
        _ name: String, _ row: Image?, _ references: DraftReferences
    ) throws(DraftError) -> Image? {
        try value(
            name, .image, row: row, expected: "the id of an image or null", json: { JSONValue($0?.id) },
            read: {
                (given) throws(DraftError) in
                if given.isNull { return .some(nil) }
                guard let id = given.int else { return nil }
                guard let image = references.images[id] else { throw DraftError.missing("image", id, in: name) }
                return image
            })
    }

    mutating func topics(_ row: [Topic], _ references: DraftReferences) throws(DraftError) -> [Topic] {
        try value(
            "topics", .topics, row: row, expected: "a list of ids", json: { .ids($0.map(\.id)) },
            read: {
                (given) throws(DraftError) in
                guard let elements = given.array else { return nil }
                var topics: [Topic] = []
                for element in elements {
                    guard let id = element.int else { return nil }
                    guard let topic = references.topics[id] else { throw DraftError.missing("topic", id, in: "topics") }
                    topics.append(topic)
                }
                return topics.sorted { $0.id < $1.id }
            })
    }

    mutating func instructors(
        _ row: [InstructorLink], _ references: DraftReferences
    ) throws(DraftError) -> [InstructorLink] {
        let name = "linked_instructors"
        return try value(
            name, .instructors, row: row, expected: "a list of links to instructors",
            json: { .ids($0.compactMap { $0.instructor?.page.id }) },
            read: { (given) throws(DraftError) in
                guard let elements = given.array else { return nil }
                var links: [InstructorLink] = []
                for element in elements {
                    guard case .object = element else { return nil }
                    var instructor: Instructor?
                    if let target = element["linked_instructor_page"], !target.isNull {
                        guard let id = target.int else { return nil }
                        instructor = references.instructors[id]
                        if instructor == nil { throw DraftError.missing("instructor page", id, in: name) }
                    }
                    // A link that was never saved has no id yet, and will get the highest.
                    links.append(InstructorLink(id: element["pk"]?.int ?? .max, instructor: instructor))
                }
                return links.enumerated().sorted { ($0.element.id, $0.offset) < ($1.element.id, $1.offset) }
                    .map(\.element)
            })
    }

    mutating func signatories(
        _ row: [Signatory], _ references: DraftReferences
    ) throws(DraftError) -> [Signatory] {
        try blocks(
            "signatories", .signatories, row: row, json: { .ids($0.map(\.id)) },
            read: {
                (blocks) throws(DraftError) in
                var signatories: [Signatory] = []
                for block in blocks {
                    guard let id = block["value"]?.int else {
                        throw DraftError(
                            field: "signatories", problem: "has a block that names nobody; choose somebody and save")
                    }
                    guard let signatory = references.signatories[id] else {
                        throw DraftError.missing("signatory page", id, in: "signatories")
                    }
                    signatories.append(signatory)
                }
                return signatories
            })
    }

    mutating func featuredPages(_ row: [Int], _ references: DraftReferences) throws(DraftError) -> [Int] {
        let name = "featured_products"
        return try value(name, .products, row: row, expected: "a list of links to pages", json: JSONValue.ids) {
            (given) throws(DraftError) in
            guard let elements = given.array else { return nil }
            var ids: [Int] = []
            for element in elements {
                guard let target = element["course_product_page"] else { return nil }
                if target.isNull { continue }
                guard let id = target.int else { return nil }
                guard references.productPageIDs.contains(id) else {
                    throw DraftError.missing("the page of a course or program", id, in: name)
                }
                ids.append(id)
            }
            return ids
        }
    }
}

extension JSONValue {
    fileprivate static func ids(_ ids: [Int]) -> JSONValue { .array(ids.map { .number("\($0)") }) }
}
