import Bytes
import Support
import Testing

/// What MIT Learn gets from MITx Online, as recorded, it gets through nginx from a strict rendering of the same database.
@Suite("MIT Learn reads the recorded catalog")
struct RecordedCatalogTests {
    private static let site = "http://mitxonline.example.org"
    private static let now = "2026-09-15T14:30:00Z"

    @Test("in production: all courses and runs behind the key, and the programs with their courses")
    func production() async throws {
        let read = try await ServedCatalog.recorded().learnClient.imports(
            courses: "\(Self.site)/api/internal/courses/", programs: "\(Self.site)/api/v2/programs/",
            key: ServedCatalog.key, now: Self.now)
        let recorded = try results("internal/courses_all.json")
        expectSame(documents(read, "courses"), recorded)
        try expectSame(documents(read, "programs"), results("v2/v2_programs_live_True.json"))
        #expect(recorded.count == 15)
        try expectLookups(read, skipped: []) { id in recorded.first { $0["id"]?.int == id } }
    }

    @Test("in development: the live courses and the programs, from public addresses")
    func development() async throws {
        let read = try await ServedCatalog.recorded().learnClient.imports(
            courses: "\(Self.site)/api/v2/courses/", programs: "\(Self.site)/api/v2/programs/", now: Self.now)
        let pages = ["v2/v2_courses_live_True.json", "v2/v2_courses_live_True_page_2.json"]
        try expectSame(documents(read, "courses"), pages.flatMap { try results($0) })
        try expectSame(documents(read, "programs"), results("v2/v2_programs_live_True.json"))
        // Course 4 is not live: MITx Online shows it to anyone all the same [D8].
        try expectLookups(read, skipped: ["4 status 404"]) { id in try FixtureFiles.json("golden/v2/courses/\(id).json")
        }
    }

    @Test("on its product pages: a course or program, and its page")
    func products() async throws {
        let words = [
            "--course", "course-v1:MITxT+18.01.1x", "--course", "course-v1:MITxT+21L.ox", "--program",
            "program-v1:MITxT+SDS",
        ]
        let read = try await ServedCatalog.recorded().learnClient.products(words, of: Self.site)
        let listed = try ["v2/v2_courses_live_True.json", "v2/v2_courses_live_True_page_2.json"]
            .flatMap { try results($0) }
        let (courses, programs) = (read["courses"]?.array ?? [], read["programs"]?.array ?? [])
        expectSame(
            courses.compactMap { $0["product"] },
            ["course-v1:MITxT+18.01.1x", "course-v1:MITxT+21L.ox"].compactMap { id in
                listed.first { $0["readable_id"]?.string == id }
            })
        try expectSame(
            courses.compactMap { $0["page"] },
            results("wagtail/pages_course_by_readable_id.json") + results("wagtail/pages_course_unicode.json"))
        try expectSame(
            programs.compactMap { $0["product"] }, results("v2/v2_programs_readable_id_program-v1:MITxT_2BSDS.json"))
        let pages = try results("wagtail/v2_pages_type_cms.ProgramPage_fields_.json")
        expectSame(
            programs.compactMap { $0["page"] },
            pages.filter { $0["program_details"]?["readable_id"]?.string == "program-v1:MITxT+SDS" })
        #expect(courses.count == 2 && programs.count == 1)
    }

    /// The items of a recorded list.
    private func results(_ file: String) throws -> [JSONValue] {
        let document = try FixtureFiles.json("golden/\(file)")
        return try #require(document["results"]?.array ?? document["items"]?.array)
    }

    private func documents(_ read: JSONValue, _ kind: String) -> [JSONValue] {
        (read[kind]?.array ?? []).compactMap { $0["document"] }
    }

    private func expectSame(
        _ found: [JSONValue], _ expected: [JSONValue], sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(!expected.isEmpty, sourceLocation: sourceLocation)
        let difference = JSONValue.array(found).firstDifference(from: .array(expected))
        #expect(difference == nil, sourceLocation: sourceLocation)
    }

    /// Every course of every tree was looked up: those that were not `skipped` came as `recorded`.
    private func expectLookups(
        _ read: JSONValue, skipped: [String], recorded: (Int) throws -> JSONValue?
    ) throws {
        let lookups = (read["programs"]?.array ?? []).flatMap { $0["lookups"]?.array ?? [] }
        #expect(lookups.count == 10)
        var passedOver: [String] = []
        for lookup in lookups {
            let id = try #require(lookup["course_id"]?.int)
            if let reason = lookup["skipped"]?.string {
                passedOver.append("\(id) \(reason)")
            } else {
                expectSame([lookup["document"] ?? .null], [try #require(try recorded(id))])
            }
        }
        #expect(passedOver == skipped)
    }
}
