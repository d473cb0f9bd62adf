import Bytes

/// What Open edX says of a learner's work in a course run (`spec/openedx.md` §3.14).
public struct OpenEdXGrade: Hashable, Sendable {
    /// The number of the entry on its page, counted from 1: by it logs name the grade.
    public let position: Int
    /// The learner's username there.
    public let username: String
    /// The grade, from 0 to 1; with extra credit more.
    public let percent: Double
    /// The letter, or another word for the grade; nil when there is none.
    public let letter: String?
    /// Whether Open edX counts the course as passed.
    public let hasPassed: Bool

    /// A grade.
    public init(position: Int = 1, username: String, percent: Double, letter: String?, hasPassed: Bool) {
        self.position = position
        self.username = username
        self.percent = percent
        self.letter = letter
        self.hasPassed = hasPassed
    }

    /// The grade of an entry of the list.
    ///
    /// - Throws: ``Flaw`` when it is not whole.
    init(_ entry: JSONValue, position: Int) throws(Flaw) {
        guard let username = entry["username"]?.string, !username.isEmpty, !username.utf8.contains(0) else {
            throw Flaw("no username")
        }
        guard case .number(let digits)? = entry["percent"], let percent = Double(digits), percent.isFinite else {
            throw Flaw("no percent that is a number")
        }
        guard case .bool(let hasPassed)? = entry["passed"] else { throw Flaw("no verdict of passed or not") }
        switch entry["letter_grade"] {
        case .string(let text)? where !text.utf8.contains(0): letter = text
        case .null?, nil: letter = nil
        default: throw Flaw("a letter grade that is no text")
        }
        self.position = position
        self.username = username
        self.percent = percent
        self.hasPassed = hasPassed
    }

    /// What is wrong with an entry, without anything of its words.
    struct Flaw: Error {
        let words: String

        init(_ words: String) {
            self.words = words
        }
    }
}

extension OpenEdXGrade: CustomStringConvertible, CustomReflectable {
    /// Without anything of the learner.
    public var description: String { "a grade" }

    /// A mirror without children, for the same reason.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// A page of the grades of a course run.
public struct OpenEdXGradePage: Sendable {
    /// The grades, each learner's once: of several entries the last counts, at the place of the first.
    public let grades: [OpenEdXGrade]
    /// The entries of which no grade could be read.
    public let flaws: [Flaw]
    /// Where the next page is; nil after the last one.
    public let next: Place?

    /// An entry that is no grade.
    public struct Flaw: Hashable, Sendable {
        /// Its number on the page, counted from 1.
        public let position: Int
        /// What is wrong, without anything of its words: `no percent that is a number`.
        public let problem: String
    }

    /// The place of a page: path and query, whatever host the LMS believes to be.
    public struct Place: Hashable, Sendable {
        let target: String
    }

    /// The page of entries that are all of the run.
    ///
    /// - Throws: ``OpenEdXGrade/Flaw`` when one of them is of another run: then none of them can be trusted.
    init(_ entries: [JSONValue], of run: String, next: Place?) throws(OpenEdXGrade.Flaw) {
        var grades: [OpenEdXGrade] = []
        var flaws: [Flaw] = []
        var places: [ByteKey: Int] = [:]
        for (index, entry) in entries.enumerated() {
            guard let id = entry["course_id"]?.string, id.utf8.elementsEqual(run.utf8) else {
                throw OpenEdXGrade.Flaw("entry \(index + 1) of the page is not of the course run that was asked for")
            }
            do {
                let grade = try OpenEdXGrade(entry, position: index + 1)
                if let place = places[ByteKey(grade.username)] {
                    grades[place] = grade
                } else {
                    places[ByteKey(grade.username)] = grades.count
                    grades.append(grade)
                }
            } catch {
                flaws.append(Flaw(position: index + 1, problem: error.words))
            }
        }
        self.grades = grades
        self.flaws = flaws
        self.next = next
    }
}
