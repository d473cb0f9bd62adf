import Bytes
import Snapshot
import Support
import Testing

@Suite("What MIT Learn makes of Fixture F")
struct LearnAcceptanceTests {
    private static let learn = "https://learn.mit.edu"

    private func course(_ document: JSONValue) throws -> LearnCourse {
        try #require(try LearnCourse(document, now: FixtureF.now, learnBaseURL: Self.learn))
    }

    @Test("CAT-41 which runs are published, at which prices", arguments: Engine.allCases)
    func runs(engine: Engine) async throws {
        let catalog = try await RenderedCatalog(engine)
        let course = try course(catalog.document("/api/internal/courses/1/"))
        #expect(course.isPublished)
        #expect(course.url == "https://learn.mit.edu/courses/course-v1:MITx+6.100x")
        #expect(course.hasCertification && course.certificationType == .micromasters)
        try #require(course.runs.count == 5)
        #expect(course.runs.map(\.isPublished) == [true, true, false, true, false])
        #expect(course.runs.map(\.variant) == [nil, nil, .language, nil, .b2b])
        #expect(!course.runs[0].isFullyEnrollable)
        #expect(course.runs[0].status == .archived)
        #expect(course.runs[0].prices.isEmpty)
        #expect(course.runs[1].status == .current)
        #expect(course.runs[1].prices.map(\.description) == ["0.00", "149.50"])
        #expect(catalog.warnings.contains("source-run-open courses_courserun 4"))
    }

    @Test("CAT-42 courses without a live page are unpublished", arguments: Engine.allCases)
    func unpublished(engine: Engine) async throws {
        let catalog = try await RenderedCatalog(engine)
        #expect(try !course(catalog.document("/api/internal/courses/2/")).isPublished)
        let bare = try course(catalog.document("/api/internal/courses/3/"))
        #expect(!bare.isPublished)
        #expect(bare.url == nil)
    }

    @Test("CAT-43 programs look their courses up one by one", arguments: Engine.allCases)
    func programs(engine: Engine) async throws {
        let catalog = try await RenderedCatalog(engine)
        let loaded = try LearnImport(
            coursesURL: "https://mitxonline.mit.edu/api/internal/courses/",
            programsURL: "https://mitxonline.mit.edu/api/v2/programs/", now: FixtureF.now, learnBaseURL: Self.learn,
            get: catalog.learnGet)
        #expect(loaded.courses.map(\.readableID).count == 3)
        let (child, parent) = (loaded.programs[0], loaded.programs[1])
        #expect(parent.isPublished)
        #expect(parent.url == "https://learn.mit.edu/programs/program-v1:MITx+P1")
        #expect(parent.programIDs == [2])
        let lookups = try parent.lookups { try catalog.learnGet("/api/internal/courses/\($0)/?live=True") }
        #expect(lookups.map(\.courseID) == [1, 2, 3])
        #expect(lookups.map(\.lookup) == [.accepted, .pageNotLive, .pageNotLive])
        #expect(!child.isPublished)
        #expect(child.isShownAsCourse)
        #expect(child.url == "https://learn.mit.edu/courses/p/program-v1:MITx+P2")
    }
}
