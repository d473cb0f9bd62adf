import Bytes

/// What the fake LMS says of a learner's work in a course, as its JSON has it: also what it must not say.
public struct LMSGrade: Sendable {
    /// `percent`.
    public var percent: JSONValue
    /// `passed`.
    public var passed: JSONValue
    /// `letter_grade`.
    public var letter: JSONValue
    /// `course_id`, when it is not the one that was asked for.
    public var run: String?
    /// `username`, when it is not the learner who was asked for.
    public var username: String?

    /// A grade; the LMS decides on a pass by itself.
    public init(_ percent: JSONValue, passed: Bool, letter: String?, run: String? = nil) {
        self.percent = percent
        self.passed = .bool(passed)
        self.letter = letter.map(JSONValue.string) ?? .null
        self.run = run
    }

    /// The grade of the acceptance cases: 0.87, passed.
    public static let good = LMSGrade(.number("0.87"), passed: true, letter: "Pass")
    /// Nothing achieved.
    public static let zero = LMSGrade(.number("0.0"), passed: false, letter: nil)

    func entry(of username: String, in course: String) -> JSONValue {
        .members([
            "username": .string(self.username ?? username), "email": .string(""), "course_id": .string(run ?? course),
            "passed": passed, "percent": percent, "letter_grade": letter,
        ])
    }
}

/// The grades of a course with many learners, made when they are asked for.
public struct LMSGradeBook: Sendable {
    /// How many learners are in the course.
    public let count: Int
    let entry: @Sendable (Int) -> (username: String, grade: LMSGrade)

    /// So many learners; `entry` tells the name and the grade of one, counted from 0.
    public init(count: Int, _ entry: @escaping @Sendable (Int) -> (username: String, grade: LMSGrade)) {
        self.count = count
        self.entry = entry
    }
}
