import Support
import Testing

@Suite("Queries that a file answers")
struct ListQueryTests {
    private static let enrollable = "courserun_is_enrollable=true&live=true&page__live=true"

    @Test(
        "a page of a list",
        arguments: [
            ("/api/v2/courses/?live=True", "courses/index.json"), ("/api/v2/courses/?live=true", "courses/index.json"),
            ("/api/v2/courses/?page=1", "courses/page/1/index.json"),
            ("/api/v2/courses/?page=2&live=true", "courses/page/2/index.json"),
            ("/api/v2/courses/?page=1&page=2", "courses/page/2/index.json"),
            ("/api/v2/courses/?page=02", "courses/page/2/index.json"), ("/api/v2/courses/?page=", "courses/index.json"),
            ("/api/v2/programs/?page=2", "programs/page/2/index.json"),
            ("/api/v2/program-collections/?page=1", "program-collections/page/1/index.json"),
            ("/api/v2/instructors/?page=2", "instructors/page/2/index.json"),
            ("/api/v2/departments/?page=2", "departments/index.json"),
        ])
    func pages(url: String, file: String) async throws {
        try await expect(url, file)
    }

    @Test(
        "a page that the list does not have",
        arguments: ["courses", "programs", "program-collections", "instructors"],
        ["page=3", "page=99", "page=0", "page=-1", "page=x", "page=2%00", "page=../1", "page=1/../2", "page=2&page=0"])
    func invalidPages(list: String, query: String) async throws {
        let catalog = try await ServedCatalog.fixtureF()
        try expectInvalidPage(catalog.get("/api/v2/\(list)/?\(query)"))
        try expectInvalidPage(catalog.get("/api/v2/\(list)/page/3/"))
    }

    @Test(
        "a list of one or an enrollable list has no more pages than it has",
        arguments: [
            "courses/?readable_id=course-v1:MITx%2B6.100x&page=2", "courses/?page=0&readable_id=x",
            "programs/?readable_id=program-v1:MITx%2BP1&page=2", "courses/?page=2&\(enrollable)",
            "programs/?page__live=true&page=3",
        ])
    func invalidAliasPages(url: String) async throws {
        try expectInvalidPage(await ServedCatalog.fixtureF().get("/api/v2/\(url)"))
    }

    private func expectInvalidPage(_ response: HTTPResponse) throws {
        #expect(response.status == 404)
        #expect(response.text == #"{"detail":"Invalid page."}"#)
    }

    @Test(
        "courses open for enrollment, in any order of the arguments and either way of writing true",
        arguments: [
            enrollable, "page__live=True&live=True&courserun_is_enrollable=True", "\(enrollable)&page=1&utm=x",
        ])
    func enrollableCourses(query: String) async throws {
        try await expect("/api/v2/courses/?\(query)", "courses/q/enrollable/page/1/index.json")
    }

    @Test("their further pages", arguments: [1, 2, 3])
    func enrollablePages(page: Int) async throws {
        let catalog = try await ServedCatalog.recorded()
        let response = try catalog.get("/api/v2/courses/?page=\(page)&\(Self.enrollable)")
        #expect(try response.body == catalog.file("public/api/v2/courses/q/enrollable/page/\(page)/index.json"))
    }

    @Test(
        "programs with a live page",
        arguments: [
            ("page__live=true", 1), ("live=true&page__live=True", 1), ("page=2&page__live=true&live=true", 2),
            ("page__live=true&courserun_is_enrollable=false", 1),
        ])
    func livePrograms(query: String, page: Int) async throws {
        try await expect("/api/v2/programs/?\(query)", "programs/q/page-live/page/\(page)/index.json")
    }

    @Test(
        "parameters that filter nothing are passed over, as Django does",
        arguments: [
            "utm_source=x", "page_size=100", "live=maybe", "live=", "page__live=1", "courserun_is_enrollable=",
            "id=", "org_id=&contract_id=", "readable_id=", "courseruns__language=", "&&=&", "xlive=false",
            "page_live=true", "live=falsehood",
        ])
    func ignored(query: String) async throws {
        try await expect("/api/v2/courses/?\(query)", "courses/index.json")
        try await expect("/api/v2/programs/?\(query)", "programs/index.json")
    }

    private func expect(
        _ url: String, _ file: String, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let catalog = try await ServedCatalog.fixtureF()
        let response = try catalog.get(url)
        #expect(response.status == 200, sourceLocation: sourceLocation)
        #expect(try response.body == catalog.file("public/api/v2/\(file)"), sourceLocation: sourceLocation)
    }
}
