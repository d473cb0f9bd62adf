import Support
import Testing

@Suite("Reading across origins")
struct CrossOriginTests {
    private static let origin = ["Origin": "https://learn.mit.edu"]

    @Test(
        "a known origin may read every public answer, with its credentials",
        arguments: [
            ("/api/v2/courses/?readable_id=course-v1:MITx%2B6.100x&live=true", 200), ("/api/v2/courses/1/", 200),
            ("/api/v2/courses/1", 301), ("/api/v2/courses/?readable_id=%41", 302), ("/api/v2/courses/?id=1", 400),
            ("/api/v2/courses/99/", 404), ("/api/v2/courses/?page=99", 404),
        ])
    func allowed(url: String, status: Int) async throws {
        let response = try await ServedCatalog.fixtureF().get(url, Self.origin)
        #expect(response.status == status)
        #expect(response["Access-Control-Allow-Origin"] == "https://learn.mit.edu")
        #expect(response["Access-Control-Allow-Credentials"] == "true")
        #expect(response["Access-Control-Allow-Methods"] == nil)
        #expect(response["Vary"]?.contains("Origin") == true)
    }

    @Test("MITx Online's own pages may too")
    func own() async throws {
        let response = try await ServedCatalog.fixtureF()
            .get("/api/v2/departments/", ["Origin": "https://mitxonline.mit.edu"])
        #expect(response["Access-Control-Allow-Origin"] == "https://mitxonline.mit.edu")
    }

    @Test(
        "another one may not, and a cache keeps the answers apart",
        arguments: [
            "https://learn.mit.edu.example", "https://xlearn.mit.edu", "http://learn.mit.edu", "null",
            "https://learn.mit",
            "https://learn.mit.edu:8443", nil,
        ])
    func others(origin: String?) async throws {
        let catalog = try await ServedCatalog.fixtureF()
        let headers = origin.map { ["Origin": $0] } ?? [:]
        for (method, url) in [("GET", "/api/v2/courses/"), ("OPTIONS", "/api/v2/courses/"), ("GET", "/api/v2/x/")] {
            let response = try catalog.send(method, url, headers)
            #expect(!response.headers.contains { $0.name.hasPrefix("Access-Control") }, "\(method) \(url)")
            #expect(response["Vary"]?.contains("Origin") == true)
        }
    }

    @Test("a preflight is answered without asking for the document")
    func preflight() async throws {
        let asking = ["Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "x-csrftoken"]
        let response = try await ServedCatalog.fixtureF()
            .send("OPTIONS", "/api/v2/pages/?type=cms.coursepage", Self.origin.merging(asking) { first, _ in first })
        #expect(response.status == 204)
        #expect(response.body.isEmpty)
        #expect(response["Access-Control-Allow-Origin"] == "https://learn.mit.edu")
        #expect(response["Access-Control-Allow-Credentials"] == "true")
        #expect(response["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS")
        #expect(response["Access-Control-Allow-Headers"] == "Accept, Content-Type, X-CSRFToken")
        #expect(response["Access-Control-Max-Age"] == "600")
    }

    @Test(
        "no page may read internal documents, not even of a known origin", arguments: ["GET", "OPTIONS"], [true, false])
    func internalDocuments(method: String, isPinned: Bool) async throws {
        let catalog = try await ServedCatalog.fixtureF()
        let url = (isPinned ? "/_s/\(try catalog.snapshotID())" : "") + "/api/internal/courses/"
        let response = try catalog.send(
            method, url, Self.origin.merging(ServedCatalog.credentials) { first, _ in first })
        #expect(response.status == (method == "GET" ? 200 : 204))
        #expect(!response.headers.contains { $0.name.hasPrefix("Access-Control") })
    }
}
