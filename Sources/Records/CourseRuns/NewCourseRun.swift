import Bytes
import Catalog
import Store

/// A course run that is to be added, with what belongs to it (`spec/openedx.md` §7.4).
public struct NewCourseRun: Sendable {
    /// Its key at Open edX.
    public var key: String
    /// The last part of the key.
    public var tag: String
    /// Title, dates and pacing.
    public var facts: CourseRunFacts
    /// Whether it is shown, and its course, if that is new.
    public var isLive = false
    /// Whether it serves as a source of copies.
    public var isSource = false
    /// The code of its language; empty for none.
    public var language = ""
    /// For which industry and of which length it is; empty for none.
    public var industry = "", length = ""
    /// The modes that it has.
    public var modes: [EnrollmentModes.Mode] = []
    /// The price of its product; nil for no product.
    public var price: Decimal64?
    /// The codes of the countries from which learners may not enroll in the course.
    public var blockedCountries: [String] = []
    /// The names of the departments of a course that is new.
    public var departments: [String] = []

    /// A run without modes and product.
    public init(key: String, tag: String, facts: CourseRunFacts) {
        self.key = key
        self.tag = tag
        self.facts = facts
    }

    /// What was added.
    public struct Added: Hashable, Sendable {
        /// The id of the run.
        public let run: Int
        /// Whether the course is new.
        public let isCourseNew: Bool
        /// The id of the product; nil for none.
        public let product: Int?
    }

    /// Why a run cannot be added; its description is what an operator is told.
    public enum Refusal: Error, Hashable, Sendable, CustomStringConvertible {
        /// There is a run of that key, perhaps one that serves as a source.
        case present
        /// There is a run of the course that stands in its place.
        case duplicate
        /// The title does not fit the column.
        case title
        /// There is no department of the name that stands so far from the beginning, counted from 1.
        case department(Int)
        /// The database does not know what a course run is to a product.
        case contentType

        /// One sentence without a full stop.
        public var description: String {
            switch self {
            case .present: "there is a course run of that key already, perhaps as a source"
            case .duplicate: "the course has a run of that tag, language and variant already"
            case .title: "\(CourseRunRow.Objection.title)"
            case .department(let number): "there is no department of the name that is number \(number) of the list"
            case .contentType: "django_content_type has no row for course runs: the database was not migrated"
            }
        }
    }

    /// Whether there is a run of that key, source runs included.
    public static func isPresent(_ key: String, in session: inout Session) throws -> Bool {
        try session.hasCourseRun(key)
    }

    /// Adds the run to the course `courseKey`, which is added too when it is not there.
    ///
    /// - Throws: ``Refusal``, after which the transaction must be undone; ``StoreError``.
    public func insert(courseKey: String, at now: Timestamp, in session: inout Session) throws -> Added {
        guard facts.title.unicodeScalars.count <= CourseRunRow.longestTitle, !facts.title.unicodeScalars.contains("\0")
        else { throw Refusal.title }
        if try session.hasCourseRun(key) { throw Refusal.present }
        let (course, isCourseNew) = try course(courseKey, at: now, in: &session)
        guard let run = try insertRun(course, at: now, in: &session) else { throw Refusal.duplicate }
        _ = try EnrollmentModes.link(modes, toRun: run, in: &session)
        for country in blockedCountries {
            try session.execute(
                """
                INSERT INTO courses_blockedcountry (created_on, updated_on, country, course_id)
                VALUES (\(now), \(now), \(country), \(course)) ON CONFLICT DO NOTHING
                """)
        }
        return Added(run: run, isCourseNew: isCourseNew, product: try insertProduct(run, at: now, in: &session))
    }

    private func course(
        _ readableID: String, at now: Timestamp, in session: inout Session
    ) throws -> (id: Int, isNew: Bool) {
        let known: Int? = try session.first("SELECT id FROM courses_course WHERE readable_id = \(readableID)") { row in
            try row["id"]
        }
        if let known { return (known, false) }
        let id: Int? = try session.first(
            """
            INSERT INTO courses_course (created_on, updated_on, title, readable_id, live)
            VALUES (\(now), \(now), \(facts.title), \(readableID), \(isLive)) RETURNING id
            """
        ) { row in try row["id"] }
        guard let id else { throw Refusal.duplicate }
        for (position, name) in departments.enumerated() {
            let linked = try session.execute(
                """
                INSERT INTO courses_course_departments (course_id, department_id)
                SELECT c.id, d.id FROM courses_course c, courses_department d WHERE c.id = \(id) AND d.name = \(name)
                """)
            if linked == 0 { throw Refusal.department(position + 1) }
        }
        return (id, true)
    }

    /// The id of the run; nil when another stands in its place. It is the one in the primary language of its course and tag when
    /// none is yet.
    private func insertRun(_ course: Int, at now: Timestamp, in session: inout Session) throws -> Int? {
        let hasPrimary: Bool? = try session.first(
            """
            SELECT id FROM courses_courserun WHERE course_id = \(course) AND run_tag = \(tag)
                AND is_source_run = \(isSource) AND b2b_contract_id IS NULL AND is_primary_language
            LIMIT 1
            """
        ) { _ in true }
        return try session.first(
            """
            INSERT INTO courses_courserun (created_on, updated_on, title, courseware_id, run_tag, start_date, end_date,
                enrollment_start, enrollment_end, certificate_available_date, live, course_id, is_self_paced,
                is_source_run, has_courseware_url, is_primary_language, language, variant_industry, variant_length)
            VALUES (\(now), \(now), \(facts.title), \(key), \(tag), \(facts.start), \(facts.end),
                \(facts.enrollmentStart), \(facts.enrollmentEnd), \(facts.certificateAvailable), \(isLive), \(course),
                \(facts.isSelfPaced), \(isSource), \(true), \(hasPrimary == nil), \(language), \(industry), \(length))
            ON CONFLICT DO NOTHING RETURNING id
            """
        ) { row in try row["id"] }
    }

    private func insertProduct(_ run: Int, at now: Timestamp, in session: inout Session) throws -> Int? {
        guard let price else { return nil }
        let type: Int? = try session.first(
            "SELECT id FROM django_content_type WHERE app_label = 'courses' AND model = 'courserun'"
        ) { row in try row["id"] }
        guard let type else { throw Refusal.contentType }
        return try session.first(
            """
            INSERT INTO ecommerce_product (created_on, updated_on, object_id, price, description, content_type_id,
                is_active)
            VALUES (\(now), \(now), \(run), \(price), \(key), \(type), \(true)) RETURNING id
            """
        ) { row in try row["id"] }
    }
}
