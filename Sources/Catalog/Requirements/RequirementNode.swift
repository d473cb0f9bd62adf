/// One node of a program's requirement tree (`courses_programrequirement`).
public struct RequirementNode: Sendable {
    /// Primary key.
    public let id: Int
    /// The place in the tree: 4 characters a level; the root of a program has one level.
    public let path: String
    /// `program_root`, `operator`, `course` or `program`.
    public let nodeType: String?
    /// `all_of` or `min_number_of`.
    public let operation: String?
    /// How many of the children are required, for `min_number_of`.
    public let operatorValue: String?
    /// The program that the tree belongs to.
    public let programID: Int
    /// The course that is required.
    public let courseID: Int?
    /// The program that is required.
    public let requiredProgramID: Int?
    /// The heading.
    public let title: String?
    /// Whether what stands below is elective.
    public let electiveFlag: Bool?

    /// The row with these values.
    public init(
        id: Int, path: String, nodeType: String?, operation: String?, operatorValue: String?, programID: Int,
        courseID: Int?, requiredProgramID: Int?, title: String?, electiveFlag: Bool?
    ) {
        self.id = id
        self.path = path
        self.nodeType = nodeType
        self.operation = operation
        self.operatorValue = operatorValue
        self.programID = programID
        self.courseID = courseID
        self.requiredProgramID = requiredProgramID
        self.title = title
        self.electiveFlag = electiveFlag
    }

    /// 1 for the root, 2 for what stands directly below it.
    public var depth: Int { path.utf8.count / 4 }
}
