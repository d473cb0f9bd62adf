import Support
import Testing

@Suite("Internal documents")
struct InternalTests {
    private static let refusal = #"{"detail":"Authentication credentials were not provided."}"#

    /// The addresses of internal documents, of one that is not there, and of a redirect, each also written oddly.
    private static let addresses = [
        "/api/internal/courses/", "/api/internal/courses/1/", "/api/internal/courses/?page=2", "/api/internal/courses",
        "/api/internal/", "/api/internal", "/api/internal/x.html", "//api//internal/courses/",
        "/api/v2/../internal/courses/", "/api/%69nternal/courses/", "/api%2finternal/courses/",
    ]

    @Test("are refused to whom has no key, at any address", arguments: addresses, [true, false])
    func refused(address: String, isPinned: Bool) async throws {
        let catalog = try await ServedCatalog.fixtureF()
        let response = try catalog.get((isPinned ? "/_s/\(catalog.snapshotID())" : "") + address)
        #expect(response.status == 403)
        #expect(response.text == Self.refusal)
        #expect(response["Content-Type"] == "application/json")
        #expect(response["Vary"]?.contains("Authorization") == true)
        #expect(response["Location"] == nil)
    }

    @Test(
        "only the whole key counts, in its own letter case",
        arguments: [
            "Api-Key test.key+1", "Api-Key TEST.KEY+1", "Api-Key TestxKey+1", "Api-Key Test.Keyy1",
            "Api-Key Test.Key+12",
            "Api-Key Test.Key+", "Api-Key xTest.Key+1", "Api-Key  Test.Key+1", "api-key Test.Key+1",
            "Bearer Test.Key+1",
            "Test.Key+1", "Api-Key", "Api-Key \\QTest.Key+1\\E", "x Api-Key Test.Key+1", "Api-Key Test.Key+1, x",
        ])
    func otherKeys(authorization: String) async throws {
        let response = try await ServedCatalog.fixtureF()
            .get("/api/internal/courses/", ["Authorization": authorization])
        #expect(response.status == 403)
        #expect(response.text == Self.refusal)
    }

    @Test(
        "are shown to whom has it, and no filter counts there",
        arguments: [
            ("", "index.json"), ("?live=True", "index.json"), ("?live=False&id=7&page_size=100", "index.json"),
            ("?page=2", "page/2/index.json"), ("?live=True&page=3", "page/3/index.json"),
            ("2/?live=True", "2/index.json"),
            ("page/2/", "page/2/index.json"), ("3/", "3/index.json"),
        ])
    func shown(rest: String, file: String) async throws {
        let catalog = try await ServedCatalog.fixtureF()
        let response = try catalog.get("/api/internal/courses/\(rest)", ServedCatalog.credentials)
        #expect(response.status == 200)
        #expect(try response.body == catalog.file("internal/api/internal/courses/\(file)"))
        #expect(response["Cache-Control"] == "private, no-cache")
        #expect(response["Vary"]?.contains("Authorization") == true)
    }

    @Test("also under the id of a snapshot, for good")
    func pinned() async throws {
        let catalog = try await ServedCatalog.fixtureF()
        let url = try "/_s/\(catalog.snapshotID())/api/internal/courses/page/2/?live=True"
        let response = try catalog.get(url, ServedCatalog.credentials)
        #expect(response.status == 200)
        #expect(try response.body == catalog.file("internal/api/internal/courses/page/2/index.json"))
        #expect(response["Cache-Control"] == "private, max-age=31536000, immutable")
        let known = ["If-None-Match": try #require(response["ETag"])].merging(ServedCatalog.credentials) { $1 }
        let again = try catalog.get(url, known)
        #expect(again.status == 304 && again["Cache-Control"] == response["Cache-Control"])
        let missing = try catalog.get(url.replacing("page/2", with: "page/9"), ServedCatalog.credentials)
        #expect(missing.status == 404 && missing["Cache-Control"] == "private, no-cache")
    }

    @Test(
        "that are not there are not found, nor is anything public at their addresses",
        arguments: [
            ("courses/99/", "Not found."), ("courses/course-v1:MITx+6.100x/", "Not found."), ("topics/", "Not found."),
            ("courses/?page=4", "Invalid page."), ("courses/?page=0", "Invalid page."),
            ("courses/?page=x", "Invalid page."),
            ("courses/index.json", "Not found."), ("../v2x/", "Not found."),
        ])
    func missing(rest: String, detail: String) async throws {
        let response = try await ServedCatalog.fixtureF().get("/api/internal/\(rest)", ServedCatalog.credentials)
        #expect(response.status == 404)
        #expect(response.text == "{\"detail\":\"\(detail)\"}")
    }

    @Test("a key that is not asked for changes nothing")
    func publicWithKey() async throws {
        let catalog = try await ServedCatalog.fixtureF()
        let response = try catalog.get("/api/v2/courses/", ServedCatalog.credentials)
        #expect(try response.body == catalog.file("public/api/v2/courses/index.json"))
    }

    @Test("without a key in the file, nobody sees them")
    func nobody() throws {
        let site = try HandMadeSite()
        try site.write("{}", to: "internal/api/internal/courses/index.json")
        for headers in [[:], ["Authorization": ""], ["Authorization": "Api-Key "], ServedCatalog.credentials] {
            #expect(try site.get("/api/internal/courses/", headers).status == 403)
        }
    }
}
