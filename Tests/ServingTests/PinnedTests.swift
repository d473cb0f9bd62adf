import Bytes
import Support
import Testing

@Suite("Pinned snapshots")
struct PinnedTests {
    @Test(
        "a snapshot's documents are under its id, whatever the query says",
        arguments: ["/api/v2/courses/", "/api/v2/courses/page/2/", "/api/v2/courses/course-v1%3AMITx%2B6.100x/"],
        ["", "?live=True", "?id=1&page=99", "?readable_id=x"])
    func documents(path: String, query: String) async throws {
        let catalog = try await ServedCatalog.fixtureF()
        let pinned = try catalog.get("/_s/\(catalog.snapshotID())\(path)\(query)")
        #expect(pinned.status == 200)
        #expect(pinned["Content-Type"] == "application/json")
        #expect(try pinned.body == catalog.get(path).body)
    }

    @Test("without its slash, an address leads to the pinned one that has it")
    func redirect() async throws {
        let catalog = try await ServedCatalog.fixtureF()
        let id = try catalog.snapshotID()
        let response = try catalog.get("/_s/\(id)/api/v2/courses/page/2?a=b")
        #expect(response.status == 301)
        #expect(response["Location"] == "/_s/\(id)/api/v2/courses/page/2/?a=b")
    }

    @Test(
        "what the snapshot's tree does not have is not found",
        arguments: [
            "/api/v2/courses/page/3/", "/api/v2/courses/3/", "/api/v2/courses/1/index.json", "/files.tsv",
            "/../files.tsv", "/..%2fsnapshot.json", "/public/api/v2/courses/", "/internal/api/internal/courses/", "",
            "/nowhere/",
        ])
    func missing(path: String) async throws {
        let catalog = try await ServedCatalog.fixtureF()
        let response = try catalog.get("/_s/\(catalog.snapshotID())\(path)")
        #expect(response.status == 404)
        #expect(response.text == #"{"detail":"Not found."}"#)
    }

    @Test(
        "only the id of a snapshot is one: not the folder of one that is being written",
        arguments: [".tmp-7", "0123456789abcde", "0123456789abcdef0", "0123456789ABCDEF"])
    func otherFolders(name: String) throws {
        let site = try HandMadeSite()
        for file in ["api/v2/courses/index.json", "index.html", "site.css"] {
            try site.write("{}", to: "public/\(file)", snapshot: name)
            try site.write("{}", to: "public/\(file)")
        }
        for path in ["api/v2/courses/", "", "site.css"] {
            #expect(try site.get("/_s/\(name)/\(path)").status == 404, "\(path)")
            #expect(try site.get("/_s/\(HandMadeSite.snapshot)/\(path)").status == 200, "\(path)")
        }
    }

    @Test("CAT-32 who got page 1 before a publish, and then follows next, gets page 2 of the same list")
    func consistentPages() async throws {
        let catalog = try await ServedCatalog("f", settings: ServedCatalog.settingsOfF)
        let before = try catalog.get("/api/v2/courses/?live=True").json()
        let next = try #require(before["next"]?.string?.replacing("https://mitxonline.mit.edu", with: ""))
        let secondPage = try catalog.get("/api/v2/courses/?page=2").body

        try await catalog.execute("UPDATE courses_course SET title = 'biology three' WHERE id = 2")
        try await catalog.publish()

        #expect(try catalog.get(next).body == secondPage)
        let after = try catalog.get("/api/v2/courses/?page=2")
        #expect(after.body != secondPage)
        #expect(try after.json()["results"]?.array?.first?["title"]?.string == "biology three")
        let newNext = try catalog.get("/api/v2/courses/?live=True").json()["next"]?.string
        #expect(try newNext == "https://mitxonline.mit.edu/_s/\(catalog.snapshotID())/api/v2/courses/page/2/")
    }
}
