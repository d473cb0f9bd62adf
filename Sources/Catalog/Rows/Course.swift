/// A course (`courses_course`), with what hangs on it.
public struct Course: Sendable {
    /// Primary key.
    public let id: Int
    /// The title as the row has it; see ``publicTitle``.
    public let title: String
    /// The key that stays over all runs, such as `course-v1:MITx+6.100x`; unique.
    public let readableID: String
    /// Whether the course is published.
    public let live: Bool

    /// All runs, by id.
    public var runs: [CourseRun] = []
    /// The departments, by department id.
    public var departments: [Department] = []
    /// The departments in the order in which they were attached.
    public var departmentsAsAttached: [Department] = []
    /// The forms in which the course may be offered, by id.
    public var variants: [VariantSet] = []
    /// The page that describes the course, live or not.
    public var page: ProductPage?
    /// Positions in ``Catalog/programs`` of the programs with a requirement for this course, by program id.
    public var programPositions: [Int] = []

    public init(id: Int, title: String, readableID: String, live: Bool) {
        self.id = id
        self.title = title
        self.readableID = readableID
        self.live = live
    }
}
