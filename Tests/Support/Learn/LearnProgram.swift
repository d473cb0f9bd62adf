import Bytes

/// A program as MIT Learn stores it after reading our document (`spec/catalog.md` §8.4).
public struct LearnProgram: Hashable, Sendable {
    /// What came of asking for one course of the tree.
    public enum Lookup: Hashable, Sendable {
        /// The course belongs to the program.
        case accepted
        /// No such document.
        case missing
        /// A document without `id`, or not an object.
        case unreadable
        /// The course's page is missing or not live.
        case pageNotLive
    }

    /// The program's id on MITx Online.
    public let id: Int
    /// The program's identity on Learn, also of its one run.
    public let readableID: String
    /// The title.
    public let title: String
    /// The address on Learn.
    public let url: String
    /// Whether learners see the program.
    public let isPublished: Bool
    /// Whether Learn shows it as a course and leaves its courses out of a parent program.
    public let isShownAsCourse: Bool
    /// The courses of the requirement tree, at any depth, each once, in tree order.
    public let courseIDs: [Int]
    /// The programs of the requirement tree, likewise.
    public let programIDs: [Int]
    /// The names of the topics, before Learn's own mapping.
    public let topics: [String]
    /// The departments that Learn knows.
    public let departments: [String]
    /// Start date, else the start of enrollment.
    public let start: Timestamp?

    /// What Learn at `learnBaseURL` makes of `document`.
    public init(_ document: JSONValue, learnBaseURL: String) throws(LearnFailure) {
        let item = document["readable_id"]?.string ?? "a program"
        let reader = LearnReader(value: document, item: item)
        _ = try reader.required("id")
        guard let id = try reader.integer("id") else { throw reader.failure("id", "is null") }
        self.id = id
        readableID = try reader.text("readable_id", limit: 128)
        title = try reader.text("title", limit: 256)
        let page = LearnReader(value: document["page"] ?? .null, item: item, path: "page.")
        isPublished = page.isTrue("page_url") && page.isTrue("live") && page.isTrue("include_in_learn_catalog")
        isShownAsCourse = try reader.optionalText("display_mode") == "course"
        url = "\(learnBaseURL)/\(isShownAsCourse ? "courses/p" : "programs")/\(readableID)"
        var tree = Tree()
        for node in try reader.list("req_tree") { try tree.read(node) }
        courseIDs = tree.courses
        programIDs = tree.programs
        topics = try reader.names(of: "topics")
        departments = try Self.departments(reader).filter(LearnDepartments.names.contains)
        start = try reader.instant("start_date", else: "enrollment_start")
        _ = try reader.list("enrollment_modes")
        _ = try (reader.money("min_price"), reader.money("max_price"))
        _ = try (reader.optionalText("duration", limit: 256), reader.optionalText("time_commitment", limit: 256))
    }

    /// What comes of each course of the tree, in order.
    ///
    /// - Parameter detail: The course's detail document by its id, nil for an answer with a status of 400 or more.
    public func lookups(detail: (Int) throws -> JSONValue?) rethrows -> [(courseID: Int, lookup: Lookup)] {
        try courseIDs.map { id in
            guard let document = try detail(id) else { return (id, .missing) }
            guard case .object = document, document["id"] != nil else { return (id, .unreadable) }
            let page = LearnReader(value: document["page"] ?? .null, item: readableID)
            return (id, page.isTrue("live") ? .accepted : .pageNotLive)
        }
    }

    /// Departments may be plain texts too.
    private static func departments(_ reader: LearnReader) throws(LearnFailure) -> [String] {
        let texts = reader.optional("departments")?.array?.compactMap(\.string) ?? []
        return try texts.isEmpty ? reader.names(of: "departments") : texts
    }

    private struct Tree {
        var courses: [Int] = []
        var programs: [Int] = []

        mutating func read(_ node: LearnReader) throws(LearnFailure) {
            let data = LearnReader(value: node.optional("data") ?? .null, item: node.item, path: node.path + "data.")
            switch try data.optionalText("node_type") {
            case "course":
                if let id = try data.integer("course"), !courses.contains(id) { courses.append(id) }
            case "program":
                if let id = try data.integer("required_program"), !programs.contains(id) { programs.append(id) }
            default: break
            }
            for child in try node.list("children") { try read(child) }
        }
    }
}
