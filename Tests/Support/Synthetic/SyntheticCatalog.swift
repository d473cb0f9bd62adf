import Bytes
import Store

/// A catalog of any size, invented from numbers: what a benchmark renders.
///
/// Its mix is that of a university's catalog: five runs a course, a program to ten courses, a page of rich text for most.
/// Everything about a course follows from its number, so that course 17 is much the same in a catalog of 50 and of 50,000,
/// and the same size gives the same rows on any machine and engine. People, organisations and courses are invented.
public struct SyntheticCatalog: Sendable {
    /// The instant that its past, current and future runs lie around: 2026-11-23T20:45:00Z.
    public static let now = Timestamp(microseconds: 1_795_466_700_000_000)

    /// The number of courses.
    public let courseCount: Int

    /// A catalog with so many courses; at least one.
    public init(courses: Int) {
        courseCount = max(1, courses)
    }

    /// Creates the tables in an empty database and fills them.
    ///
    /// - Returns: the number of rows.
    /// - Throws: `StoreError`.
    @discardableResult public func create(in session: inout Session) throws -> Int {
        try Schema.reference.createTables(in: &session)
        return try insertAttributes(into: &session) + insertCourses(into: &session) + insertPrograms(into: &session)
            + insertMedia(into: &session) + insertPages(into: &session) + insertProductPages(into: &session)
            + insertPeople(into: &session) + insertContracts(into: &session)
    }

    var programCount: Int { max(1, courseCount / 10) }
    var instructorCount: Int { max(3, courseCount / 2) }
    var signatoryCount: Int { min(40, 3 + courseCount / 50) }
    var contractCount: Int { max(1, courseCount / 200) }
    var collectionCount: Int { max(1, programCount / 20) }

    /// The courses, each made when it is asked for.
    var courses: some Sequence<Course> { (1...courseCount).lazy.map { Course($0, in: self) } }
    /// The programs, each made when it is asked for.
    var programs: some Sequence<Program> { (1...programCount).lazy.map { Program($0, in: self) } }

    /// What the random numbers are for. Each kind has its own, so that a change to one leaves the others alone.
    enum Kind: UInt64 {
        case course, runs, program, requirements, texts, person, image, page
    }

    /// The random numbers of one thing.
    static func random(_ kind: Kind, _ number: Int) -> SeededGenerator {
        var outer = SeededGenerator(seed: kind.rawValue)
        return SeededGenerator(seed: outer.next() &+ UInt64(number) &* 0xd134_2543_de82_ef95)
    }

    /// When the oldest rows were made.
    static let beginning = now.adding(seconds: -6 * 365 * 86_400)
}
