import Bytes

/// A program: a set of courses with rules (`courses_program`), with what hangs on it.
public final class Program: Sendable {
    /// Primary key.
    public let id: Int
    /// The title as the row has it; see ``publicTitle``.
    public let title: String
    /// The key, such as `program-v1:MITx+SDS`; unique.
    public let readableID: String
    /// Whether the program is published.
    public let live: Bool
    /// The kind, such as `MicroMasters®` or `Series`.
    public let programType: String?
    /// `anytime` or `dated`.
    public let availability: String
    /// When the program starts, unless a run says better.
    public let start: Timestamp?
    /// When it ends.
    public let end: Timestamp?
    /// From when learners may enroll.
    public let enrollmentStart: Timestamp?
    /// Until when learners may enroll.
    public let enrollmentEnd: Timestamp?
    /// Whether the program is for organisations only.
    public let b2bOnly: Bool
    /// `course` when the program is to be shown as if it were one course.
    public let displayMode: String?

    /// The departments, by id.
    public let departments: [Department]
    /// The ways to take the program, by id.
    public let enrollmentModes: [EnrollmentMode]
    /// The active product, if any.
    public let product: Product?
    /// The page that describes the program, live or not.
    public let page: ProductPage?
    /// What a learner must complete.
    public let requirements: RequirementTree

    /// The row with these values.
    public init(
        id: Int, title: String, readableID: String, live: Bool, programType: String?, availability: String,
        start: Timestamp?, end: Timestamp?, enrollmentStart: Timestamp?, enrollmentEnd: Timestamp?, b2bOnly: Bool,
        displayMode: String?, departments: [Department], enrollmentModes: [EnrollmentMode], product: Product?,
        page: ProductPage? = nil, requirements: RequirementTree = RequirementTree()
    ) {
        self.id = id
        self.title = title
        self.readableID = readableID
        self.live = live
        self.programType = programType
        self.availability = availability
        self.start = start
        self.end = end
        self.enrollmentStart = enrollmentStart
        self.enrollmentEnd = enrollmentEnd
        self.b2bOnly = b2bOnly
        self.displayMode = displayMode
        self.departments = departments
        self.enrollmentModes = enrollmentModes
        self.product = product
        self.page = page
        self.requirements = requirements
    }

    /// The same program with what belongs to it.
    func joined(page: ProductPage?, requirements: RequirementTree) -> Program {
        Program(
            id: id, title: title, readableID: readableID, live: live, programType: programType,
            availability: availability, start: start, end: end, enrollmentStart: enrollmentStart,
            enrollmentEnd: enrollmentEnd, b2bOnly: b2bOnly, displayMode: displayMode, departments: departments,
            enrollmentModes: enrollmentModes, product: product, page: page, requirements: requirements)
    }
}

extension Program {
    /// Whether the program is published and so is its page.
    public var isShown: Bool { live && page?.page.live == true }

    /// Whether the type says MicroMasters; no type says nothing [D6].
    public var isMicroMasters: Bool { programType?.contains("MicroMasters") == true }

    /// What a learner who completes the program, or a course of it, is handed.
    public var certificateType: String { CertificateType.of(self) }
}

/// The names of certificates as MIT Learn knows them.
public enum CertificateType {
    /// The certificate of a program, or of the courses of the program that is asked first; nil for no program.
    public static func of(_ program: Program?) -> String {
        program?.isMicroMasters == true ? "MicroMasters Credential" : "Certificate of Completion"
    }
}
