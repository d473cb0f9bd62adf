import Bytes

/// One offering of a course (`courses_courserun`), with what hangs on it.
public final class CourseRun: Sendable {
    /// Primary key.
    public let id: Int
    /// The course that is offered.
    public let courseID: Int
    /// The run's own title.
    public let title: String
    /// The key in Open edX, such as `course-v1:MITx+6.100x+1T2025`; unique.
    public let coursewareID: String
    /// The term, such as `1T2025`; language variants of one run share it.
    public let runTag: String
    /// First day of teaching.
    public let start: Timestamp?
    /// Last day of teaching.
    public let end: Timestamp?
    /// From when learners may enroll.
    public let enrollmentStart: Timestamp?
    /// Until when learners may enroll.
    public let enrollmentEnd: Timestamp?
    /// From when the courseware is closed.
    public let expiration: Timestamp?
    /// Until when an enrollment can be upgraded to `verified`.
    public let upgradeDeadline: Timestamp?
    /// When certificates are handed out.
    public let certificateAvailable: Timestamp?
    /// Whether the run is published.
    public let live: Bool
    /// Whether learners set their own pace.
    public let isSelfPaced: Bool
    /// Whether the courseware has an address of its own.
    public let hasCoursewareURL: Bool
    /// The contract of the organisation for which the run is held.
    public let b2bContractID: Int?
    /// Whether other runs are copied from this one.
    public let isSourceRun: Bool
    /// Whether the run stands for its language variants.
    public let isPrimaryLanguage: Bool
    /// A language code, or empty.
    public let language: String
    /// Empty, or `S`.
    public let variantLength: String
    /// Empty, or an industry code.
    public let variantIndustry: String

    /// The ways to take the run, by id.
    public let enrollmentModes: [EnrollmentMode]
    /// The active product, if any.
    public let product: Product?

    /// The row with these values.
    public init(
        id: Int, courseID: Int, title: String, coursewareID: String, runTag: String, start: Timestamp?,
        end: Timestamp?, enrollmentStart: Timestamp?, enrollmentEnd: Timestamp?, expiration: Timestamp?,
        upgradeDeadline: Timestamp?, certificateAvailable: Timestamp?, live: Bool, isSelfPaced: Bool,
        hasCoursewareURL: Bool, b2bContractID: Int?, isSourceRun: Bool, isPrimaryLanguage: Bool, language: String,
        variantLength: String, variantIndustry: String, enrollmentModes: [EnrollmentMode], product: Product?
    ) {
        self.id = id
        self.courseID = courseID
        self.title = title
        self.coursewareID = coursewareID
        self.runTag = runTag
        self.start = start
        self.end = end
        self.enrollmentStart = enrollmentStart
        self.enrollmentEnd = enrollmentEnd
        self.expiration = expiration
        self.upgradeDeadline = upgradeDeadline
        self.certificateAvailable = certificateAvailable
        self.live = live
        self.isSelfPaced = isSelfPaced
        self.hasCoursewareURL = hasCoursewareURL
        self.b2bContractID = b2bContractID
        self.isSourceRun = isSourceRun
        self.isPrimaryLanguage = isPrimaryLanguage
        self.language = language
        self.variantLength = variantLength
        self.variantIndustry = variantIndustry
        self.enrollmentModes = enrollmentModes
        self.product = product
    }
}
