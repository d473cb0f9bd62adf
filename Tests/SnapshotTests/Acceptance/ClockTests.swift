import Bytes
import Snapshot
import Support
import Testing

@Suite("The clock")
struct ClockTests {
    private static let nowText = "2026-11-23 20:45:00+00"

    /// Run 1 of course 1 as `changes` have it; no other run is live.
    private func catalog(_ engine: Engine, _ changes: [String: String?]) async throws -> RenderedCatalog {
        try await RenderedCatalog(engine) {
            for run in 2...5 { try $0.set("courses_courserun", run, ["live": "f"]) }
            try $0.set("ecommerce_product", 2, ["is_active": "t"])
            try $0.set("courses_courserun", 1, changes)
        }
    }

    @Test("CAT-38 enrollment opens at its start and closes at its end", arguments: Engine.allCases)
    func enrollment(engine: Engine) async throws {
        let opening = try await catalog(engine, ["enrollment_start": Self.nowText]).document("/api/v2/courses/1/")
        #expect(opening.at("/courseruns/0/is_enrollable") == "true")
        let early = try await catalog(engine, ["enrollment_start": "2026-11-23 20:45:00.000001+00"])
            .document("/api/v2/courses/1/")
        #expect(early.at("/courseruns/0/is_enrollable") == "false")
        #expect(early.at("/next_run_id") == "null")
        let closing = try await catalog(engine, ["enrollment_end": Self.nowText]).document("/api/v2/courses/1/")
        #expect(closing.at("/courseruns/0/is_enrollable") == "false")
        #expect(closing.at("/next_run_id") == "null")
        #expect(closing.at("/availability") == #""anytime""#)
    }

    @Test("CAT-38 a run that ends now is not archived and not preferred", arguments: Engine.allCases)
    func end(engine: Engine) async throws {
        let catalog = try await RenderedCatalog(engine) {
            try $0.set("courses_courserun", 1, ["end_date": Self.nowText])
        }
        let course = try catalog.document("/api/v2/courses/1/")
        #expect(course.at("/courseruns/0/is_enrollable") == "true")
        #expect(course.at("/courseruns/0/is_archived") == "false")
        #expect(course.at("/next_run_id") == "2")
        let after = try await self.catalog(engine, ["end_date": "2026-11-23 20:44:59.999999+00"])
        #expect(try after.document("/api/v2/courses/1/").at("/courseruns/0/is_archived") == "true")
    }

    @Test("CAT-38 an upgrade is possible until just before its deadline", arguments: Engine.allCases)
    func upgrade(engine: Engine) async throws {
        let pointer = "/courseruns/0/is_upgradable"
        let due = try await catalog(engine, ["upgrade_deadline": Self.nowText])
        #expect(try due.document("/api/v2/courses/1/").at(pointer) == "false")
        let before = try await catalog(engine, ["upgrade_deadline": "2026-11-23 20:45:00.000001+00"])
        #expect(try before.document("/api/v2/courses/1/").at(pointer) == "true")
    }

    @Test("CAT-38 a run that starts now gives its program no start", arguments: Engine.allCases)
    func start(engine: Engine) async throws {
        let now = try await catalog(engine, ["start_date": Self.nowText])
        #expect(try now.document("/api/v2/programs/1/").at("/start_date") == "null")
        let next = try await catalog(engine, ["start_date": "2026-11-23 20:45:00.000001+00"])
        #expect(
            try next.document("/api/v2/programs/1/").at("/start_date") == #""2026-11-23T20:45:00.000001Z""#)
    }

    @Test("CAT-39 the next change is the next start", arguments: Engine.allCases)
    func nextChange(engine: Engine) async throws {
        let fixture = try await ReadFixture(engine)
        #expect(await fixture.rendered().rendering.nextChange == Timestamp("2099-09-01T14:00:00Z"))
        let later = try #require(Timestamp("2099-11-01T00:00:00Z"))
        #expect(await fixture.rendered(at: later).rendering.nextChange == nil)
    }

    @Test("CAT-40 a course whose only open run is over still points to it", arguments: Engine.allCases)
    func archivedOnly(engine: Engine) async throws {
        let course = try await catalog(engine, [:]).document("/api/v2/courses/1/")
        #expect(course.at("/next_run_id") == "1")
        #expect(course.at("/courseruns/0/id") == "1")
        #expect(course.at("/courseruns/0/is_archived") == "true")
        #expect(course.at("/page/current_price") == "99.0")
    }
}
