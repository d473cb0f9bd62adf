import Bytes
import Snapshot
import Support
import Testing

@Suite("Pages of lists")
struct PagingTests {
    /// Fixture F with 250 live courses instead of its own.
    private func manyCourses(_ engine: Engine) async throws -> ReadFixture {
        try await ReadFixture(engine) { fixture in
            for id in 101...350 {
                try fixture.copy(
                    "courses_course", 2,
                    // Backwards, so that neither ids nor the order of rows give the order of titles.
                    ["id": "\(id)", "title": "Course \(1000 - id)", "readable_id": "course-v1:MITx+\(id)"])
            }
            for id in 1...3 { try fixture.set("courses_course", id, ["live": "f"]) }
        }
    }

    @Test("CAT-29 pages are linked within their snapshot and hold every course once", arguments: Engine.allCases)
    func pages(engine: Engine) async throws {
        let catalog = try await manyCourses(engine).rendered()
        let list = "https://mitxonline.mit.edu/_s/\(RenderedCatalog.snapshotID)/api/v2/courses/page"
        var pages: [JSONValue] = []
        for number in 1...3 { pages.append(try catalog.document("/api/v2/courses/page/\(number)/")) }
        #expect(pages.map { $0.at("/count") } == ["250", "250", "250"])
        #expect(pages.map { $0["next"]?.string } == ["\(list)/2/", "\(list)/3/", nil])
        #expect(pages.map { $0["previous"]?.string } == [nil, "\(list)/1/", "\(list)/2/"])
        #expect(pages[2].at("/next") == "null")
        #expect(pages.map { $0["results"]?.array?.count } == [100, 100, 50])
        #expect(try catalog.body("/api/v2/courses/") == catalog.body("/api/v2/courses/page/1/"))
        #expect(!catalog.serves("/api/v2/courses/page/4/"))

        let items = try LearnImport.items(at: "https://mitxonline.mit.edu/api/v2/courses/", get: catalog.learnGet)
        #expect(Set(items.compactMap { $0["id"]?.int }) == Set(101...350))
        #expect(items.compactMap { $0["id"]?.int } == Array((101...350).reversed()))
    }

    @Test("a list that fills its pages exactly has no empty page")
    func fullPages() async throws {
        let fixture = try await manyCourses(.sqlite)
        let catalog = await fixture.rendered { $0.pageSize = 125 }
        #expect(try catalog.document("/api/v2/courses/page/2/").at("/next") == "null")
        #expect(!catalog.serves("/api/v2/courses/page/3/"))
        let single = await fixture.rendered { $0.pageSize = 250 }
        #expect(try single.document("/api/v2/courses/").at("/next") == "null")
        #expect(!single.serves("/api/v2/courses/page/2/"))
    }

    @Test("an empty list has one empty page")
    func empty() async throws {
        let catalog = try await RenderedCatalog(.sqlite) {
            for id in 1...3 { try $0.set("courses_course", id, ["live": "f"]) }
        }
        let nothing = #"{"count":0,"next":null,"previous":null,"results":[]}"#
        for url in ["/api/v2/courses/", "/api/v2/courses/page/1/", "/api/v2/courses/q/enrollable/page/1/"] {
            #expect(try catalog.document(url).compactText == nothing)
        }
        #expect(!catalog.serves("/api/v2/courses/page/2/"))
        #expect(catalog.bytes(at: "public/api/v2/empty.json") == Array(nothing.utf8))
        #expect(
            catalog.bytes(at: "public/api/v2/pages/empty.json")
                == Array(#"{"meta":{"total_count":0},"items":[]}"#.utf8))
    }

    @Test("CAT-30 relative links begin at the host's root", arguments: Engine.allCases)
    func relativeLinks(engine: Engine) async throws {
        let catalog = try await manyCourses(engine).rendered { $0.relativeLinks = true }
        let list = "/_s/\(RenderedCatalog.snapshotID)/api/v2/courses/page"
        #expect(try catalog.document("/api/v2/courses/")["next"]?.string == "\(list)/2/")
        #expect(try catalog.document("/api/v2/courses/page/2/")["previous"]?.string == "\(list)/1/")
        let items = try LearnImport.items(at: "https://mitxonline.mit.edu/api/v2/courses/", get: catalog.learnGet)
        #expect(items.count == 250)
    }

    @Test("programs, collections and internal courses are paged alike")
    func otherLists() async throws {
        let catalog = try await ReadFixture(.sqlite).rendered { $0.pageSize = 1 }
        let base = "https://mitxonline.mit.edu/_s/\(RenderedCatalog.snapshotID)"
        for path in ["/api/v2/programs", "/api/internal/courses", "/api/v2/instructors"] {
            let list = try catalog.document("\(path)/")
            #expect(list["next"]?.string == "\(base)\(path)/page/2/")
            #expect(list["results"]?.array?.count == 1)
        }
        #expect(try catalog.document("/api/v2/program-collections/page/1/").at("/count") == "1")
        #expect(
            try catalog.document("/api/v2/programs/q/page-live/page/2/")["previous"]?.string
                == "\(base)/api/v2/programs/q/page-live/page/1/")
        #expect(!catalog.serves("/api/v2/programs/q/page-live/"))
    }

    @Test(
        "CAT-44 links that name another host stop MIT Learn, and the check of a snapshot refuses them",
        arguments: Engine.allCases)
    func otherHost(engine: Engine) async throws {
        let fixture = try await manyCourses(engine)
        let catalog = await fixture.rendered { $0.siteBaseURL = "https://elsewhere.mit.edu" }
        #expect(throws: LearnFailure.self) {
            try LearnImport.items(at: "https://mitxonline.mit.edu/api/v2/courses/", get: catalog.learnGet)
        }
        let check = SnapshotCheck(linkOrigin: "https://mitxonline.mit.edu")
        #expect(check.problems(in: catalog.rendering.artifacts).isEmpty == false)
        #expect(check.problems(in: await fixture.rendered().rendering.artifacts).map(\.description) == [])
    }
}

extension RenderedCatalog {
    /// Answers MIT Learn's requests as a web server would: the query says nothing, pinned links lead here.
    func learnGet(_ target: String) throws -> JSONValue? {
        var path = String(target.prefix { $0 != "?" })
        let pinned = "/_s/\(Self.snapshotID)"
        if path.hasPrefix(pinned) { path = String(path.dropFirst(pinned.count)) }
        return serves(path) ? try document(path) : nil
    }
}
