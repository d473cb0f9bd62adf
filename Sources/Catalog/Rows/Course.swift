/// A course (`courses_course`), with what hangs on it.
public final class Course: Sendable {
    /// Primary key.
    public let id: Int
    /// The title as the row has it; see ``publicTitle``.
    public let title: String
    /// The key that stays over all runs, such as `course-v1:MITx+6.100x`; unique.
    public let readableID: String
    /// Whether the course is published.
    public let live: Bool
    /// The departments, by department id.
    public let departments: [Department]
    /// The departments in the order in which they were attached.
    public let departmentsAsAttached: [Department]
    /// The forms in which the course may be offered, by id.
    public let variants: [VariantSet]
    /// All runs, by id.
    public let runs: [CourseRun]
    /// The page that describes the course, live or not.
    public let page: ProductPage?
    /// Positions in ``CourseCatalog/programs`` of the programs with a requirement for this course, by program id.
    public let programPositions: [Int]

    /// The row with these values, and what was joined to it.
    public init(
        id: Int, title: String, readableID: String, live: Bool, departmentsAsAttached: [Department],
        variants: [VariantSet], runs: [CourseRun] = [], page: ProductPage? = nil, programPositions: [Int] = []
    ) {
        self.id = id
        self.title = title
        self.readableID = readableID
        self.live = live
        self.departmentsAsAttached = departmentsAsAttached
        departments = departmentsAsAttached.sorted { $0.id < $1.id }
        self.variants = variants
        self.runs = runs
        self.page = page
        self.programPositions = programPositions
    }

    /// The same course with what belongs to it.
    func joined(runs: [CourseRun], page: ProductPage?, programPositions: [Int]) -> Course {
        Course(
            id: id, title: title, readableID: readableID, live: live, departmentsAsAttached: departmentsAsAttached,
            variants: variants, runs: runs, page: page, programPositions: programPositions)
    }
}
