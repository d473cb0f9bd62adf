import Bytes
import Catalog
import Records
import Snapshot
import Support
import Testing

@Suite("What MIT Learn will make of the catalog")
struct VerdictTests {
    @Test("agrees with the import of Fixture F's documents", arguments: Compatibility.allCases, [true, false])
    func fixtureF(compatibility: Compatibility, runVariantSets: Bool) async throws {
        var comparison = VerdictComparison(catalog: try await ReadFixture(.sqlite).catalog)
        comparison.settings = FixtureF.settings(compatibility)
        comparison.settings.runVariantSets = runVariantSets
        try await comparison.run()
    }

    @Test("agrees with the import of the recorded catalog's documents", arguments: Compatibility.allCases)
    func golden(compatibility: Compatibility) async throws {
        var comparison = VerdictComparison(catalog: try CourseCatalog(await Fixture.golden().read(from: .sqlite)))
        comparison.settings = FixtureF.settings(compatibility)
        comparison.now = try #require(Timestamp("2026-09-15T14:30:00Z"))
        let report = try await comparison.run()
        #expect(Set(report.courses.map(\.state)).count > 1)
    }

    @Test("agrees with the import of the sample's documents")
    func sample() async throws {
        let sample = try Fixture(folder: "../../Samples/catalog")
        let report = try await VerdictComparison(catalog: CourseCatalog(await sample.read(from: .sqlite))).run()
        #expect(Set(report.courses.map(\.state)).isSuperset(of: [.published, .unpublished]))
        #expect(Set(report.programs.map(\.state)).isSuperset(of: [.published, .unpublished, .leftOut]))
    }

    @Test("agrees with the import of a synthetic catalog's documents")
    func synthetic() async throws {
        let data = try await withDatabase(.sqlite, .nothing) { test in
            try await SyntheticCatalog(courses: 120).write(to: test.locator)
            return try await test.database.read { session in try CatalogReader.read(&session) }
        }
        let report = try await VerdictComparison(catalog: CourseCatalog(data), now: SyntheticCatalog.now).run()
        #expect(Set(report.courses.flatMap(\.runs).map(\.status)).count == 2)
        #expect(Set(report.courses.flatMap(\.runs).map(\.variant)).count > 1)
    }

    /// An edit of Fixture F, and what becomes of its course 1 then.
    struct Edit: Sendable, CustomTestStringConvertible {
        let table: String
        let id: Int
        let changes: [String: String?]
        let state: LearnState
        let reasons: [String]

        init(_ table: String, _ id: Int, _ changes: [String: String?], _ state: LearnState, _ reasons: String...) {
            self.table = table
            self.id = id
            self.changes = changes
            self.state = state
            self.reasons = reasons
        }

        var testDescription: String { "\(table) \(id) \(changes)" }
    }

    @Test(
        "names the field that keeps a course off, and agrees with the import",
        arguments: [
            Edit("courses_course", 1, [:], .published),
            // The course's own flag is not asked for.
            Edit("courses_course", 1, ["live": "f"], .published),
            Edit(
                "courses_course", 1, ["title": "Algebra Proctored exam"], .leftOut,
                "courses_course 1, title is Algebra Proctored exam"),
            Edit(
                "courses_courserun", 1, ["courseware_id": String(repeating: "x", count: 140)], .leftOut,
                "courses_course 1 cannot be loaded: run 1 has a courseware_id that is empty or longer than 128 characters"
            ),
            Edit(
                "cms_coursepage", 10, ["include_in_learn_catalog": "f", "ingest_content_files_for_ai": "f"],
                .unpublished,
                "cms_coursepage 10, include_in_learn_catalog is false"),
            Edit(
                "cms_coursepage", 10, ["include_in_learn_catalog": nil], .testMode,
                "cms_coursepage 10, include_in_learn_catalog is null"),
            Edit("wagtailcore_page", 10, ["live": "f"], .testMode, "wagtailcore_page 10, live is false"),
            Edit(
                "cms_coursepage", 10, ["course_id": nil], .unpublished, "no cms_coursepage has course_id 1"),
            Edit("cms_coursepage", 10, ["min_price": "20.00", "max_price": "30.00"], .published),
            Edit("cms_coursepage", 10, ["min_weekly_hours": "5-6", "max_weekly_hours": ""], .published),
            Edit("courses_courserun", 2, ["end_date": "2026-01-01 00:00:00+00", "enrollment_end": nil], .published),
            Edit("courses_courserun", 2, ["b2b_contract_id": "16"], .published),
            Edit("courses_courserun", 2, ["enrollment_start": nil], .published),
            Edit("courses_courserun", 3, ["language": "es"], .published),
            Edit("courses_courserun", 1, ["live": "f"], .published),
            Edit("courses_department", 1, ["name": "Electrical Things"], .published),
            Edit("courses_program", 1, ["program_type": nil], .published),
            Edit("courses_program", 1, ["live": "f"], .published),
            Edit("courses_program", 2, ["readable_id": String(repeating: "x", count: 129)], .published),
            Edit("wagtailcore_page", 17, ["live": "f"], .published),
        ])
    func edits(edit: Edit) async throws {
        let read = try await ReadFixture(.sqlite) { try $0.set(edit.table, edit.id, edit.changes) }
        let report = try await VerdictComparison(catalog: read.catalog).run()
        let course = try #require(report.courses.first { $0.id == 1 })
        #expect(course.state == edit.state)
        #expect(course.reasons.map(\.text) == edit.reasons)
        #expect(course.reasons.allSatisfy { !$0.advice.isEmpty })
    }

    @Test("of a course whose runs are all closed, tells why each is")
    func closedRuns() async throws {
        let read = try await ReadFixture(.sqlite) { fixture in
            try fixture.set("courses_courserun", 1, ["enrollment_end": "2026-11-23 20:45:00+00"])
            try fixture.set("courses_courserun", 2, ["enrollment_start": "2026-11-23 20:45:00.000001+00"])
            try fixture.set("courses_courserun", 3, ["start_date": nil, "language": "en", "run_tag": "4T2099"])
            try fixture.set("courses_courserun", 4, ["live": "f"])
        }
        let report = try await VerdictComparison(catalog: read.catalog).run()
        let course = try #require(report.courses.first { $0.id == 1 })
        #expect(course.state == .testMode)
        #expect(
            course.reasons.map(\.text) == [
                "courses_courserun 1, enrollment_end is 2026-11-23T20:45:00Z",
                "courses_courserun 2, enrollment_start is 2026-11-23T20:45:00.000001Z",
                "courses_courserun 3, start_date is null", "courses_courserun 4, live is false",
                "courses_courserun 5, b2b_contract_id is 16",
            ])
    }

    @Test("tells of every run why it is unpublished or archived")
    func runReasons() async throws {
        let report = try await CatalogReport.of(
            try await ReadFixture(.sqlite).catalog, at: FixtureF.now, settings: FixtureF.settings())
        let course = try #require(report.courses.first { $0.id == 1 })
        #expect(course.certificate == .micromasters)
        #expect(course.runs.map { $0.reasons.map(\.code) } == [["run-over"], [], ["run-variant"], [], ["run-b2b"]])
        #expect(course.runs[0].reasons[0].text == "courses_courserun 1, end_date is 2025-06-01T23:59:59Z")
        #expect(course.runs[1].prices.map(\.description) == ["0.00", "149.50"])
    }

    @Test("of programs, tells what keeps them off, and which parts are skipped")
    func programs() async throws {
        let report = try await CatalogReport.of(
            try await ReadFixture(.sqlite).catalog, at: FixtureF.now, settings: FixtureF.settings())
        #expect(report.programs.map(\.readableID) == ["program-v1:MITx+P2", "program-v1:UAI+P3", "program-v1:MITx+P1"])
        #expect(report.programs.map(\.state) == [.unpublished, .leftOut, .published])
        #expect(report.programs[0].reasons.map(\.text) == ["cms_programpage 18, include_in_learn_catalog is false"])
        #expect(report.programs[0].url == "https://learn.mit.edu/courses/p/program-v1:MITx+P2")
        #expect(report.programs[1].reasons.first?.text == "courses_program 3, b2b_only is true")
        #expect(report.programs[2].courses.map(\.lookup) == [.accepted, .pageNotLive, .pageNotLive])
    }

    @Test("without our own validation a course that cannot be loaded breaks the load")
    func strict() async throws {
        let read = try await ReadFixture(.sqlite) {
            try $0.set("courses_courserun", 1, ["courseware_id": String(repeating: "x", count: 140)])
        }
        let report = try await CatalogReport.of(read.catalog, at: FixtureF.now, settings: FixtureF.settings(.strict))
        #expect(report.courses.first { $0.id == 1 }?.state == .breaksLoad)
    }
}
