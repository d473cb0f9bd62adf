import Bytes
import Catalog
import Store

/// What a course run is kept up to date in: the columns that Open edX decides (`spec/openedx.md` §7.1).
public struct CourseRunFacts: Equatable, Sendable {
    /// `title`.
    public var title: String
    /// `start_date` and `end_date`.
    public var start, end: Timestamp?
    /// `enrollment_start` and `enrollment_end`.
    public var enrollmentStart, enrollmentEnd: Timestamp?
    /// `is_self_paced`.
    public var isSelfPaced: Bool
    /// `certificate_available_date`.
    public var certificateAvailable: Timestamp?

    /// The facts of a run.
    public init(
        title: String, start: Timestamp?, end: Timestamp?, enrollmentStart: Timestamp?, enrollmentEnd: Timestamp?,
        isSelfPaced: Bool, certificateAvailable: Timestamp?
    ) {
        self.title = title
        self.start = start
        self.end = end
        self.enrollmentStart = enrollmentStart
        self.enrollmentEnd = enrollmentEnd
        self.isSelfPaced = isSelfPaced
        self.certificateAvailable = certificateAvailable
    }

    /// The same in each column; titles compare as they are stored, byte by byte.
    public static func == (left: CourseRunFacts, right: CourseRunFacts) -> Bool {
        left.title.utf8.elementsEqual(right.title.utf8) && left.start == right.start && left.end == right.end
            && left.enrollmentStart == right.enrollmentStart && left.enrollmentEnd == right.enrollmentEnd
            && left.isSelfPaced == right.isSelfPaced && left.certificateAvailable == right.certificateAvailable
    }
}

/// A row of `courses_courserun`, as far as it is kept up to date.
public struct CourseRunRow: Sendable {
    /// Its id.
    public let id: Int
    /// Its key at Open edX.
    public let key: String
    /// The readable id of its course.
    public let courseKey: String
    /// What Open edX decides.
    public let facts: CourseRunFacts
    /// `expiration_date`.
    public let expiration: Timestamp?
    let language: String

    /// The rows with those ids, locked until the transaction ends, in the order of their ids.
    ///
    /// - Throws: ``StoreError``.
    public static func locked(_ ids: [Int], in session: inout Session) throws -> [CourseRunRow] {
        // The lock is on the runs alone, so that the course is looked up rather than joined.
        try session.rows(
            """
            SELECT r.id, r.courseware_id, r.title, r.start_date, r.end_date, r.enrollment_start, r.enrollment_end,
                r.is_self_paced, r.certificate_available_date, r.expiration_date, r.language,
                (SELECT c.readable_id FROM courses_course c WHERE c.id = r.course_id) AS course_key
            FROM courses_courserun r WHERE r.id \(in: ids) ORDER BY r.id \(lock: .update)
            """ as SQL
        ) { row in
            CourseRunRow(
                id: try row["id"], key: try row["courseware_id"], courseKey: try row["course_key"],
                facts: CourseRunFacts(
                    title: try row["title"], start: try row["start_date"], end: try row["end_date"],
                    enrollmentStart: try row["enrollment_start"], enrollmentEnd: try row["enrollment_end"],
                    isSelfPaced: try row["is_self_paced"],
                    certificateAvailable: try row["certificate_available_date"]),
                expiration: try row["expiration_date"], language: try row["language"])
        }
    }

    /// Why a run may not be as it would be; its description is what a log says.
    public enum Objection: Hashable, Sendable, CustomStringConvertible {
        /// The title is longer than the column, or holds a character that no column takes.
        case title
        /// The run would expire before it begins or ends.
        case expiration
        /// The language is none of those that are known.
        case language

        /// One sentence without a full stop, which quotes nothing of Open edX's answer.
        public var description: String {
            switch self {
            case .title: "the title is longer than \(CourseRunRow.longestTitle) characters, or holds a null character"
            case .expiration: "expiration_date is before the start or the end"
            case .language: "language is not a known code"
            }
        }
    }

    static let longestTitle = 255

    /// The `expiration_date` that goes with new dates: the old one, unless they make it come too early.
    ///
    /// The existing application takes it away whenever a date changes, and so loses what staff had set.
    func expiration(with new: CourseRunFacts) -> Timestamp? {
        guard new.start != facts.start || new.end != facts.end else { return expiration }
        return CourseRunRow.isTooEarly(expiration, for: new) ? nil : expiration
    }

    private static func isTooEarly(_ expiration: Timestamp?, for facts: CourseRunFacts) -> Bool {
        guard let expiration else { return false }
        return [facts.start, facts.end].contains { $0.map { expiration < $0 } ?? false }
    }

    /// What speaks against writing the facts; nil when nothing does.
    public func objection(to new: CourseRunFacts) -> Objection? {
        if new.title.unicodeScalars.count > CourseRunRow.longestTitle || new.title.unicodeScalars.contains("\0") {
            return .title
        }
        if CourseRunRow.isTooEarly(expiration(with: new), for: new) { return .expiration }
        if LanguageLabel.label(of: language) == LanguageLabel.unknown { return .language }
        return nil
    }

    /// Writes what differs, and nothing else: whatever staff changed since the row was compared stays. Call it only in the
    /// transaction that locked the row.
    ///
    /// - Throws: ``StoreError``.
    public func update(to new: CourseRunFacts, at now: Timestamp, in session: inout Session) throws {
        var columns: SQL = "updated_on = \(now)"
        func set(_ column: String, _ value: some Bindable) {
            columns = "\(sql: columns), \(identifier: column) = \(value)"
        }
        if !new.title.utf8.elementsEqual(facts.title.utf8) { set("title", new.title) }
        if new.start != facts.start { set("start_date", new.start) }
        if new.end != facts.end { set("end_date", new.end) }
        if new.enrollmentStart != facts.enrollmentStart { set("enrollment_start", new.enrollmentStart) }
        if new.enrollmentEnd != facts.enrollmentEnd { set("enrollment_end", new.enrollmentEnd) }
        if new.isSelfPaced != facts.isSelfPaced { set("is_self_paced", new.isSelfPaced) }
        if new.certificateAvailable != facts.certificateAvailable {
            set("certificate_available_date", new.certificateAvailable)
        }
        if expiration(with: new) != expiration { set("expiration_date", expiration(with: new)) }
        try session.execute("UPDATE courses_courserun SET \(sql: columns) WHERE id = \(id)")
    }
}
