import Support
import Testing

@Suite("Caching and security headers")
struct CachingTests {
    private static let brief = "public, max-age=60, must-revalidate"

    @Test(
        "what a pinned address shows never changes, other documents are asked for again, errors are not kept",
        arguments: [
            ("/api/v2/courses/", brief), ("/api/v2/courses/?page=2", brief), ("/api/v2/courses/1/", brief),
            ("/api/v2/courses/?readable_id=x", brief),
            ("/_s/ID/api/v2/courses/page/2/", "public, max-age=31536000, immutable"),
            ("/_s/ID/api/v2/courses/page/99/", "no-cache"), ("/_s/ID/api/v2/courses/1", "no-cache"),
            ("/_s/0000000000000000/api/v2/courses/", "no-cache"), ("/api/v2/courses/99/", "no-cache"),
            ("/api/v2/courses/?id=1", "no-cache"), ("/api/v2/courses/?readable_id=%41", "no-cache"),
            ("/api/internal/courses/", "private, no-cache"), ("/_s/ID/api/internal/courses/", "private, no-cache"),
        ])
    func lifetimes(url: String, expected: String) async throws {
        let catalog = try await ServedCatalog.fixtureF()
        let response = try catalog.get(url.replacing("ID", with: catalog.snapshotID()))
        #expect(response["Cache-Control"] == expected)
        #expect(response.headers.filter { $0.name == "Cache-Control" }.count == 1)
    }

    @Test(
        "who has a document already is told so",
        arguments: ["/api/v2/courses/", "/api/v2/courses/?page=2", "/_s/ID/api/v2/courses/page/2/"])
    func conditional(url: String) async throws {
        let catalog = try await ServedCatalog.fixtureF()
        let url = url.replacing("ID", with: try catalog.snapshotID())
        for encoding in ["identity", "gzip"] {
            let first = try catalog.get(url, ["Accept-Encoding": encoding])
            let tag = try #require(first["ETag"])
            let again = try catalog.get(url, ["If-None-Match": tag, "Accept-Encoding": encoding])
            #expect(again.status == 304)
            #expect(again.body.isEmpty)
            #expect(again["Cache-Control"] == first["Cache-Control"])
            #expect(again["Vary"]?.contains("Origin") == true)
            let date = try #require(first["Last-Modified"])
            #expect(try catalog.get(url, ["If-Modified-Since": date]).status == 304)
            #expect(try catalog.get(url, ["If-None-Match": "\"other\""]).status == 200)
        }
    }

    @Test("JSON is compressed for whom asks for it, and caches are told", arguments: [[:], ["Via": "1.1 terminator"]])
    func compression(headers: [String: String]) async throws {
        let catalog = try await ServedCatalog.fixtureF()
        let plain = try catalog.get("/api/v2/courses/", headers)
        let packed = try catalog.get("/api/v2/courses/", headers.merging(["Accept-Encoding": "gzip"]) { $1 })
        #expect(plain["Content-Encoding"] == nil && packed["Content-Encoding"] == "gzip")
        #expect(packed.body.count * 2 < plain.body.count)
        for response in [plain, packed] { #expect(response["Vary"]?.contains("Accept-Encoding") == true) }
    }

    @Test(
        "every answer says that it is what it says, and loads nothing",
        arguments: [
            "/api/v2/courses/", "/api/v2/courses/99/", "/api/v2/courses/?id=1", "/api/internal/courses/",
            "/_s/ID/api/v2/courses/",
        ])
    func security(url: String) async throws {
        let catalog = try await ServedCatalog.fixtureF()
        let response = try catalog.get(url.replacing("ID", with: catalog.snapshotID()))
        #expect(response["X-Content-Type-Options"] == "nosniff")
        #expect(response["Referrer-Policy"] == "strict-origin-when-cross-origin")
        #expect(response["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'")
        #expect(response["Server"] == "nginx")
    }
}
