import Bytes
import Support
import Testing

@Suite("MIT Learn reads Fixture F")
struct LearnClientTests {
    private static let site = "https://mitxonline.mit.edu"

    @Test("CAT-41 CAT-42 CAT-43 what it makes of the internal courses and of the programs")
    func production() async throws {
        let read = try await ServedCatalog.fixtureF().learnClient.imports(
            courses: "\(Self.site)/api/internal/courses/", programs: "\(Self.site)/api/v2/programs/",
            key: ServedCatalog.key, now: "2026-11-23T20:45:00Z")
        let courses = (read["courses"]?.array ?? []).compactMap { $0["view"] }
        #expect(courses.map { $0["published"] } == [.bool(true), .bool(false), .bool(false)])
        #expect(courses.map { $0["certification"]?.string } == ["micromasters", "none", "none"])
        #expect(
            (courses.first?["runs"]?.array ?? []).map(summary) == [
                "course-v1:MITx+6.100x+1T2025 published Archived",
                "course-v1:MITx+6.100x+3T2099 published Current 0.00 149.50",
                "course-v1:MITx+6.100x+3T2099_fr language Current 0.00 149.50",
                "course-v1:MITx+6.100x+SOURCE published Current 0.00 149.50",
                "course-v1:UAI_ACME+6.100x+1C1 b2b Current 0.00 149.50",
            ])
        let programs = read["programs"]?.array ?? []
        #expect(programs.map { $0["view"]?["readable_id"]?.string } == ["program-v1:MITx+P2", "program-v1:MITx+P1"])
        #expect(programs.map { $0["view"]?["published"] } == [.bool(false), .bool(true)])
        let lookups = (programs.last?["lookups"]?.array ?? []).map { $0["skipped"]?.string }
        #expect(lookups == [nil, "page not live", "page not live"])
    }

    @Test("and of the public courses, where course 3 is not found")
    func development() async throws {
        let read = try await ServedCatalog.fixtureF().learnClient.imports(
            courses: "\(Self.site)/api/v2/courses/", programs: "\(Self.site)/api/v2/programs/",
            now: "2026-11-23T20:45:00Z")
        let courses = (read["courses"]?.array ?? []).compactMap { $0["document"]?["id"]?.int }
        #expect(courses == [1, 2])
        let lookups = (read["programs"]?.array?.last?["lookups"]?.array ?? []).map { $0["skipped"]?.string }
        #expect(lookups == [nil, "page not live", "status 404"])
    }

    @Test("it shows the product pages of the course and of the program that have one")
    func products() async throws {
        let catalog = try await ServedCatalog.fixtureF()
        let words = ["--course", "course-v1:MITx+6.100x", "--program", "program-v1:MITx+P1"]
        let read = try await catalog.learnClient.products(words, of: Self.site)
        let course = try catalog.get("/api/v2/courses/1/").json()
        #expect(read["courses"]?.array?.first?["product"]?.firstDifference(from: course) == nil)
        #expect(read["programs"]?.array?.first?["page"]?["title"]?.string == "Prog one")
    }

    @Test("CAT-44 it fails when next names another host than it was told")
    func otherHost() async throws {
        let failure = try await ServedCatalog.fixtureF().learnClient.failure(
            courses: "https://mitxonline.example/api/v2/courses/", programs: "\(Self.site)/api/v2/programs/")
        #expect(failure.hasSuffix("next names the host mitxonline.mit.edu, not mitxonline.example"), "\(failure)")
    }

    @Test("it fails without the right key", arguments: [nil, "test.key+1"])
    func withoutKey(key: String?) async throws {
        let failure = try await ServedCatalog.fixtureF().learnClient.failure(
            courses: "\(Self.site)/api/internal/courses/", programs: "\(Self.site)/api/v2/programs/", key: key)
        #expect(failure.hasSuffix("/api/internal/courses/?live=True: the answer has no results"), "\(failure)")
    }

    @Test("it fails where a browser would keep the answer from the page")
    func otherOrigin() async throws {
        let failure = try await ServedCatalog.fixtureF().learnClient.failure([
            "products", "--site", Self.site, "--origin", "https://elsewhere.example", "--course",
            "course-v1:MITx+6.100x",
        ])
        #expect(failure.hasSuffix("https://elsewhere.example may not read the answer (204)"), "\(failure)")
    }

    @Test(
        "it fails at a document that MIT Learn could not read",
        arguments: [
            (#""courseware_id":"course-v1:MITx+6.100x+1T2025""#, #""courseware_id":null"#, "courseware_id is missing"),
            (#""title":"Algorithms one""#, #""title":7"#, "title is not a text"),
            (#""courseruns":["#, #""other":["#, "courseruns is not a list"),
            (#""enrollment_modes":["#, #""enrollment_modes":null,"other":["#, "enrollment_modes is not a list"),
            (#""topics":[{"name":"#, #""topics":[{"label":"#, "topics[0]: name is missing"),
            (#""min_weeks":4"#, #""min_weeks":"4""#, "min_weeks is not an integer"),
            (
                #""certificate_type":"MicroMasters Credential""#, #""certificate_type":null"#,
                "certificate_type is missing"
            ),
        ])
    func unreadable(original: String, broken: String, problem: String) async throws {
        let course = try await ServedCatalog.fixtureF().get("/api/v2/courses/1/").text
        let changed = try #require(
            course.firstRange(of: original).map { course.replacingCharacters(in: $0, with: broken) })
        let site = try HandMadeSite()
        try site.write(#"{"count":1,"next":null,"results":[\#(changed)]}"#, to: "public/api/v2/courses/index.json")
        let failure = try await LearnClient(socket: site.server.socket).failure(
            courses: "\(Self.site)/api/v2/courses/", programs: "\(Self.site)/api/v2/programs/")
        #expect(failure.hasSuffix(problem), "\(failure)")
    }

    private func summary(_ run: JSONValue) -> String {
        let kind = run["variant"]?.string ?? (run["published"] == .bool(true) ? "published" : "closed")
        let words = [run["run_id"]?.string, kind, run["status"]?.string]
        return (words.compactMap(\.self) + (run["prices"]?.array ?? []).compactMap(\.string)).joined(separator: " ")
    }
}
