import Support
import Testing

@Suite("URL to file")
struct LayoutTests {
    @Test(
        "an address with a slash at its end is the document in that folder",
        arguments: [
            ("/api/v2/courses/", "public/api/v2/courses/index.json"),
            ("/api/v2/courses/page/2/", "public/api/v2/courses/page/2/index.json"),
            ("/api/v2/courses/1/", "public/api/v2/courses/1/index.json"),
            ("/api/v2/programs/", "public/api/v2/programs/index.json"),
            ("/api/v2/programs/program-v1:MITx+P1/", "public/api/v2/programs/program-v1:MITx+P1/index.json"),
            ("/api/v2/departments/", "public/api/v2/departments/index.json"),
            ("/api/v2/program-collections/20/", "public/api/v2/program-collections/20/index.json"),
            ("/api/v2/topics/", "public/api/v2/topics/index.json"),
            ("/api/v2/instructors/", "public/api/v2/instructors/index.json"),
            ("/api/instructor/11/", "public/api/instructor/11/index.json"),
            ("/api/v2/pages/10/", "public/api/v2/pages/10/index.json"),
            ("//api///v2/./courses/../courses/1/", "public/api/v2/courses/1/index.json"),
        ])
    func documents(url: String, file: String) async throws {
        let catalog = try await ServedCatalog.fixtureF()
        let response = try catalog.get(url)
        #expect(response.status == 200)
        #expect(response["Content-Type"] == "application/json")
        #expect(try response.body == catalog.file(file))
    }

    @Test(
        "CAT-36 a readable id in an address may be encoded or not, in either letter case",
        arguments: [
            "course-v1:MITx+6.100x", "course-v1%3AMITx%2B6.100x", "course-v1%3aMITx%2b6.100x",
            "course-v1:MITx%2B6.100x",
        ])
    func readableID(written: String) async throws {
        let catalog = try await ServedCatalog.fixtureF()
        let response = try catalog.get("/api/v2/courses/\(written)/")
        #expect(response.status == 200)
        #expect(try response.body == catalog.file("public/api/v2/courses/1/index.json"))
    }

    @Test("what the query of a detail address says does not matter", arguments: ["?live=True", "?id=7&page=9", "?"])
    func ignoredQuery(query: String) async throws {
        let catalog = try await ServedCatalog.fixtureF()
        #expect(
            try catalog.get("/api/v2/courses/1/\(query)").body == catalog.file("public/api/v2/courses/1/index.json"))
    }

    @Test(
        "without its slash, an address leads to the one that has it, with its query",
        arguments: [
            ("/api/v2/courses", "/api/v2/courses/"),
            ("/api/v2/courses?live=True&page=2", "/api/v2/courses/?live=True&page=2"),
            ("/api/v2/courses?readable_id=a%0d%0ab", "/api/v2/courses/?readable_id=a%0d%0ab"),
            ("/api/v2/courses/course-v1:MITx+6.100x", "/api/v2/courses/course-v1:MITx+6.100x/"),
            ("/api/v2/courses/course-v1%3AMITx%2B6.100x?a", "/api/v2/courses/course-v1:MITx+6.100x/?a"),
            ("//api/v2/courses/1", "/api/v2/courses/1/"),
        ])
    func redirect(url: String, location: String) async throws {
        let response = try await ServedCatalog.fixtureF().get(url)
        #expect(response.status == 301)
        #expect(response["Location"] == location)
    }

    @Test(
        "nothing that a client makes up gets into a header",
        arguments: [
            "/api/v2/courses/x%0d%0aSet-Cookie:%20a=b", "/api/v2/courses/x%0aSet-Cookie:%20a=b/",
            "/api/%0aSet-Cookie:a",
            "/_s/0123456789abcdef/%0d%0aSet-Cookie:%20a=b", "/%0d%0aSet-Cookie:%20a=b", "//elsewhere.example/%2f../a",
            "/api/v2/courses/?readable_id=%41%0d%0aSet-Cookie:a", "/\\elsewhere.example", "//elsewhere.example/api/",
        ])
    func injection(url: String) async throws {
        let response = try await ServedCatalog.fixtureF().get(url)
        #expect(response["Set-Cookie"] == nil)
        #expect(response["Location"]?.contains("elsewhere") != true)
        #expect(response.status == 404 || response["Location"] == "/api/v2/courses/q/%41%0d%0aSet-Cookie:a/")
    }

    @Test("an address that comes down to the home page is answered with it, and leads nowhere else")
    func homeByDetour() async throws {
        let response = try await ServedCatalog.fixtureF().get("//elsewhere.example/%2f..")
        #expect(response.status == 200)
        #expect(response["Location"] == nil)
        #expect(response["Set-Cookie"] == nil)
    }

    @Test(
        "what is not there is not found",
        arguments: [
            "/api/v2/courses/3/", "/api/v2/courses/99999/", "/api/v2/courses/99999", "/api/v2/", "/api/",
            "/api/v2/courses/course-v1:MITx%206.100x/", "/api/v2/courses/é/", "/api/x.html", "/api/v2/programs/3/",
            "/_s/", "/_s/0123456789abcdef/api/v2/courses/", "/_s/XYZ/api/v2/courses/", "/_s/snapshot.json",
        ])
    func missing(url: String) async throws {
        let response = try await ServedCatalog.fixtureF().get(url)
        #expect(response.status == 404)
        #expect(response.text == #"{"detail":"Not found."}"#)
        #expect(response["Content-Type"] == "application/json")
    }

    @Test(
        "a file's own name is no address",
        arguments: [
            "/api/v2/courses/index.json", "/api/v2/courses/1/index.json", "/api/v2/courses/1/index%2Ejson",
            "/api/v2/empty.json", "/api/v2/pages/empty.json", "/files.tsv", "/../files.tsv", "/..%2ffiles.tsv",
            "/api/v2/../../../snapshot.json", "/current/snapshot.json",
        ])
    func fileNames(url: String) async throws {
        #expect(try [400, 404].contains(await ServedCatalog.fixtureF().get(url).status))
    }

    @Test("nginx takes the configuration without a warning")
    func complaints() async throws {
        let complaints = try await ServedCatalog.fixtureF().complaints
        #expect(complaints.isEmpty, "\(complaints)")
    }
}
