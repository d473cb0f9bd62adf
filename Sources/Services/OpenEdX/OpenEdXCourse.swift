import Bytes

/// A course run as the LMS tells of it (`spec/openedx.md` §3.15).
public struct OpenEdXCourse: Hashable, Sendable {
    /// The key of the run.
    public let key: String
    /// Its name; nil when there is none.
    public let name: String?
    /// Whether learners go at their own pace.
    public let isSelfPaced: Bool
    /// When it begins and ends.
    public let start, end: Timestamp?
    /// When learners may enroll.
    public let enrollmentStart, enrollmentEnd: Timestamp?
    /// From when on certificates are shown, as the LMS has it.
    public let certificateAvailable: Timestamp?
    /// The organization and the number of the course, of which the key is made.
    public let organization, number: String?

    /// - Throws: ``MalformedCourse`` when an instant is none (§2.5).
    init(_ value: JSONValue, key: String) throws(MalformedCourse) {
        func instant(_ field: String) throws(MalformedCourse) -> Timestamp? {
            guard let text = value[field]?.string else { return nil }
            guard let instant = Timestamp(text) else { throw MalformedCourse(key: key, field: field) }
            return instant
        }
        self.key = key
        name = value["name"]?.string
        isSelfPaced = value["pacing"]?.string == "self"
        start = try instant("start")
        end = try instant("end")
        enrollmentStart = try instant("enrollment_start")
        enrollmentEnd = try instant("enrollment_end")
        certificateAvailable = try instant("certificate_available_date")
        organization = value["org"]?.string
        number = value["number"]?.string
    }
}

/// A course run of which the LMS tells something that cannot be.
public struct MalformedCourse: Error, Hashable, Sendable {
    /// The key of the run.
    public let key: String
    /// The field whose value is no instant; the value itself is not told.
    public let field: String
}

/// What the course list says of one run.
public enum CourseListEntry: Hashable, Sendable {
    /// The run.
    case course(OpenEdXCourse)
    /// The run, whose data cannot be read.
    case malformed(MalformedCourse)

    /// The key of the run.
    public var key: String {
        switch self {
        case .course(let course): course.key
        case .malformed(let malformed): malformed.key
        }
    }
}
