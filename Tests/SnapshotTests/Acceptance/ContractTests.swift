import Bytes
import Snapshot
import Support
import Testing

@Suite("What MIT Learn cannot load")
struct ContractTests {
    @Test("CAT-35 a course that would stop MIT Learn is left out, all others stay", arguments: Engine.allCases)
    func longCoursewareID(engine: Engine) async throws {
        let id = "course-v1:MITx+6.100x+" + String(repeating: "x", count: 118)
        #expect(id.utf8.count == 140)
        let fixture = try await ReadFixture(engine) { try $0.set("courses_courserun", 2, ["courseware_id": id]) }
        let catalog = await fixture.rendered()
        #expect(try catalog.document("/api/v2/courses/").at("/results/*/id") == "[2]")
        #expect(try catalog.document("/api/internal/courses/").at("/results/*/id") == "[2,3]")
        for url in ["/api/v2/courses/1/", "/api/internal/courses/1/", "/api/v2/courses/course-v1:MITx+6.100x/"] {
            #expect(!catalog.serves(url))
        }
        #expect(catalog.warnings.contains("learn-invalid courses_course 1"))
        #expect(try catalog.document("/api/v2/departments/").at("/*/course_ids") == "[[],[]]")
        #expect(try catalog.document("/api/v2/topics/").at("/*/id") == "[]")
        #expect(
            SnapshotCheck(linkOrigin: "https://mitxonline.mit.edu").problems(in: catalog.rendering.artifacts).isEmpty)
        // A comparison with the existing application needs its answer, whatever MIT Learn makes of it.
        let strict = await fixture.rendered(.strict)
        #expect(strict.serves("/api/v2/courses/1/"))
        #expect(strict.warnings.contains("learn-invalid courses_course 1"))
    }

    @Test(
        "CAT-36 a course's document is the same by id and by readable id", arguments: Engine.allCases,
        Compatibility.allCases)
    func copies(engine: Engine, mode: Compatibility) async throws {
        let catalog = try await RenderedCatalog(engine, mode)
        // Folders are named by the decoded path, so that both forms of the URL lead to this one.
        let copy = try #require(catalog.bytes(at: "public/api/v2/courses/course-v1:MITx+6.100x/index.json"))
        #expect(try catalog.body("/api/v2/courses/1/") == copy)
        let alias = try catalog.document("/api/v2/courses/q/course-v1:MITx+6.100x/")
        #expect(alias.keys == ["count", "next", "previous", "results"])
        #expect(alias.at("/count") == "1")
        #expect(alias.at("/results/0") == String(decoding: copy, as: UTF8.self))
    }
}
