import Bytes

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
    /// What the row says of its depth; the path decides. Nil when it was not read.
    public let statedDepth: Int?
    /// What the row says of the number of its children; the paths decide. Nil when it was not read.
    public let statedChildren: Int?

    /// The row with these values.
    public init(
        id: Int, path: String, nodeType: String?, operation: String?, operatorValue: String?, programID: Int,
        courseID: Int?, requiredProgramID: Int?, title: String?, electiveFlag: Bool?, statedDepth: Int? = nil,
        statedChildren: Int? = nil
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
        self.statedDepth = statedDepth
        self.statedChildren = statedChildren
    }

    /// 1 for the root, 2 for what stands directly below it.
    public var depth: Int { path.utf8.count / 4 }

    /// Whether the path is made of whole levels, so that it says where the node stands.
    public var hasWholePath: Bool { !path.isEmpty && path.utf8.count % 4 == 0 }

    /// The path of the node above.
    var parentPath: ByteKey { ByteKey(String(path.dropLast(4))) }

    /// The number that `operatorValue` is, spaces around it aside; nil when it is none.
    public var operatorNumber: Int? {
        guard let text = operatorValue?.drop(while: { $0 == " " }) else { return nil }
        return Int(text.prefix { $0 != " " }).flatMap { number in
            text.drop { $0 != " " }.allSatisfy { $0 == " " } ? number : nil
        }
    }
}
