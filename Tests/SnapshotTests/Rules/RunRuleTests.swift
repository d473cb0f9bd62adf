import Bytes
import Snapshot
import Support
import Testing

@Suite("What runs decide")
struct RunRuleTests {
    @Test("a closed primary run stands for its tag in the document, an open one among the enrollable")
    func enrollableAlias() async throws {
        let catalog = try await RenderedCatalog(.sqlite) {
            try $0.set(
                "courses_courserun", 2, ["is_primary_language": "t", "enrollment_end": "2025-01-01 00:00:00+00"])
        }
        #expect(try catalog.document("/api/v2/courses/1/").at("/courseruns/*/id") == "[1,2]")
        let list = try catalog.document("/api/v2/courses/q/enrollable/page/1/")
        #expect(list.at("/results/*/id") == "[1]")
        #expect(list.at("/results/0/courseruns/*/id") == "[1,3]")
        #expect(list.at("/results/0/courseruns/1/is_enrollable") == "true")
        #expect(!catalog.serves("/api/v2/courses/q/enrollable/"))
    }

    @Test("the enrollable list is the catalog's: a live page and an open public run")
    func enrollableSet() async throws {
        func ids(_ mode: Compatibility = .improved, _ edit: (inout Fixture) throws -> Void) async throws -> String {
            try await RenderedCatalog(.sqlite, mode, edit).document("/api/v2/courses/q/enrollable/page/1/")
                .at("/results/*/id")
        }
        #expect(try await ids { try $0.set("wagtailcore_page", 10, ["live": "f"]) } == "[]")
        // Runs 4, a source, and 5, an organisation's, remain.
        let close: (inout Fixture) throws -> Void = {
            for run in 1...3 { try $0.set("courses_courserun", run, ["live": "f"]) }
        }
        #expect(try await ids(.improved, close) == "[]")
        #expect(try await ids(.strict, close) == "[1]")
        let onlySource: (inout Fixture) throws -> Void = {
            try close(&$0)
            try $0.set("courses_courserun", 5, ["live": "f"])
        }
        #expect(try await ids(.strict, onlySource) == "[]")
    }

    @Test("programs with a live page have a list of their own")
    func livePages() async throws {
        let catalog = try await RenderedCatalog(.sqlite) { try $0.set("wagtailcore_page", 18, ["live": "f"]) }
        #expect(try catalog.document("/api/v2/programs/").at("/results/*/id") == "[2,1]")
        #expect(try catalog.document("/api/v2/programs/q/page-live/page/1/").at("/results/*/id") == "[1]")
        #expect(try catalog.document("/api/v2/programs/q/page-live/page/1/").at("/results/0/programs") == "null")
    }

    @Test("an organisation's dated run makes a course dated in strict and for the ETL only [D3]")
    func availability() async throws {
        func kinds(_ run: Int) async throws -> [String] {
            let fixture = try await ReadFixture(.sqlite) {
                for other in 1...5 where other != run { try $0.set("courses_courserun", other, ["live": "f"]) }
                try $0.set("courses_courserun", run, ["is_self_paced": "f"])
            }
            var kinds: [String] = []
            for mode in Compatibility.allCases {
                let catalog = await fixture.rendered(mode)
                kinds += try ["/api/v2/courses/1/", "/api/internal/courses/1/"].map {
                    try catalog.document($0).at("/availability")
                }
            }
            return kinds
        }
        #expect(Compatibility.allCases == [.strict, .improved])
        let (dated, anytime) = (#""dated""#, #""anytime""#)
        #expect(try await kinds(1) == [dated, dated, dated, dated])
        #expect(try await kinds(5) == [dated, dated, anytime, dated])
        #expect(try await kinds(4) == [anytime, dated, anytime, dated])
    }

    @Test("a certificate needs a next run, and any verified run will do")
    func certificate() async throws {
        func available(_ edit: (inout Fixture) throws -> Void) async throws -> String {
            try await RenderedCatalog(.sqlite, .improved, edit).document("/api/v2/courses/1/").at(
                "/certificate_available")
        }
        let links = "courses_courserun_enrollment_modes"
        #expect(try await available { try $0.delete(links, where: "enrollmentmode_id", is: "2") } == "false")
        #expect(
            try await available {
                for link in [2, 4, 6, 10] { try $0.delete(links, link) }
            } == "true")
        #expect(
            try await available {
                for run in 1...3 { try $0.set("courses_courserun", run, ["live": "f"]) }
            } == "false")
    }

    @Test(
        "a program starts with the next start among the live runs of the courses in its tree",
        arguments: [
            (["start_date": "2099-01-01 00:00:00+00"], "2099-01-01T00:00:00Z", "2099-01-01T00:00:00Z"),
            (["start_date": "2099-01-01 00:00:00+00", "live": "f"], nil, nil),
            (["start_date": "2099-01-01 00:00:00+00", "is_source_run": "t"], nil, nil),
            (["start_date": "2099-01-01 00:00:00+00", "run_tag": "SOURCE"], nil, nil),
            // The course need not be live, and the run need not be open.
            (
                ["start_date": "2099-01-01 00:00:00+00", "course_id": "3"], "2099-01-01T00:00:00Z",
                "2099-01-01T00:00:00Z"
            ),
            (
                ["start_date": "2099-01-01 00:00:00+00", "enrollment_start": nil], "2099-01-01T00:00:00Z",
                "2099-01-01T00:00:00Z"
            ),
            // Only strict counts an organisation's run [D3].
            (["start_date": "2099-01-01 00:00:00+00", "b2b_contract_id": "16"], nil, "2099-01-01T00:00:00Z"),
        ] as [([String: String?], String?, String?)])
    func programStart(changes: [String: String?], improved: String?, strict: String?) async throws {
        let fixture = try await ReadFixture(.sqlite) {
            try $0.set("courses_courserun", 1, changes)
            for run in 2...3 { try $0.set("courses_courserun", run, ["live": "f"]) }
            try $0.set("courses_program", 1, ["start_date": "2026-01-02 03:04:05+00"])
        }
        let column = "2026-01-02T03:04:05Z"
        for (mode, expected) in [(Compatibility.improved, improved), (.strict, strict)] {
            let program = try await fixture.rendered(mode).document("/api/v2/programs/1/")
            #expect(program["start_date"]?.string == expected ?? column)
        }
    }

    @Test(
        "the next change is the earliest instant of a live run, the end a microsecond later",
        arguments: [
            (["enrollment_start": "2030-01-01 00:00:00+00"], "2030-01-01T00:00:00Z"),
            (["enrollment_end": "2030-01-01 00:00:00+00"], "2030-01-01T00:00:00Z"),
            (["upgrade_deadline": "2030-01-01 00:00:00+00"], "2030-01-01T00:00:00Z"),
            (["start_date": "2030-01-01 00:00:00.5+00"], "2030-01-01T00:00:00.500000Z"),
            (["end_date": "2030-01-01 00:00:00+00"], "2030-01-01T00:00:00.000001Z"),
            (["end_date": "2026-11-23 20:45:00+00"], "2026-11-23T20:45:00.000001Z"),
            (["end_date": "2026-11-23 20:44:59.999999+00"], "2099-09-01T14:00:00Z"),
            (["enrollment_start": "2026-11-23 20:45:00+00"], "2099-09-01T14:00:00Z"),
            (["enrollment_start": "2026-11-23 20:45:00.000001+00"], "2026-11-23T20:45:00.000001Z"),
            (["certificate_available_date": "2030-01-01 00:00:00+00"], "2099-09-01T14:00:00Z"),
            (["expiration_date": "2030-01-01 00:00:00+00"], "2099-09-01T14:00:00Z"),
            (["enrollment_end": "2030-01-01 00:00:00+00", "live": "f"], "2099-09-01T14:00:00Z"),
        ] as [([String: String?], String)])
    func nextChange(changes: [String: String?], instant: String) async throws {
        let catalog = try await RenderedCatalog(.sqlite) { try $0.set("courses_courserun", 1, changes) }
        #expect(catalog.rendering.nextChange == Timestamp(instant))
    }

    @Test("between two changes all files stay the same, at a change they do not")
    func clockInterval() async throws {
        let fixture = try await ReadFixture(.sqlite)
        let change = try #require(await fixture.rendered().rendering.nextChange)
        let last = Timestamp(microseconds: change.microseconds - 1)
        let (now, later, changed) = (
            await fixture.rendered(), await fixture.rendered(at: last), await fixture.rendered(at: change)
        )
        #expect(now.paths == later.paths)
        for path in now.paths { #expect(now.bytes(at: path) == later.bytes(at: path), "\(path)") }
        #expect(now.rendering.nextChange == later.rendering.nextChange)
        #expect(
            changed.bytes(at: "public/api/v2/programs/index.json") != now.bytes(at: "public/api/v2/programs/index.json")
        )
    }
}
