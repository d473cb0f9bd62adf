import Bytes
import Catalog
import Snapshot
import Support
import Testing

@Suite("What a check finds")
struct FindingTests {
    /// An edit of Fixture F after which there is a finding that was not there before.
    struct Case: Sendable, CustomTestStringConvertible {
        let finding: String
        let edit: @Sendable (inout Fixture) throws -> Void

        init(_ finding: String, _ edit: @escaping @Sendable (inout Fixture) throws -> Void) {
            self.finding = finding
            self.edit = edit
        }

        init(_ finding: String, _ table: String, _ id: Int, _ changes: [String: String?]) {
            self.init(finding) { try $0.set(table, id, changes) }
        }

        var testDescription: String { finding }
    }

    private static func findings(_ edit: (inout Fixture) throws -> Void) async throws -> [Finding] {
        try await CatalogReport.of(
            try await ReadFixture(.sqlite, edit).catalog, at: FixtureF.now, settings: FixtureF.settings(),
            site: try RepositoryTemplates.all.get()
        ).findings
    }

    private static func words(_ findings: [Finding]) -> [String] {
        findings.map { "\($0.severity.rawValue) \($0.code) \($0.table) \($0.id)" }
    }

    private static let ofPages: [Case] = [
        Case("warning description-missing cms_coursepage 10", "cms_coursepage", 10, ["description": "<p> </p>"]),
        Case("warning description-missing cms_programpage 17", "cms_programpage", 17, ["description": nil]),
        Case("note length-missing cms_coursepage 10", "cms_coursepage", 10, ["length": " "]),
        Case("warning topics-missing cms_coursepage 10") {
            try $0.delete("cms_coursepage_topics", where: "coursepage_id", is: "10")
        },
        Case("warning image-missing cms_coursepage 10", "cms_coursepage", 10, ["feature_image_id": nil]),
        Case("warning image-without-file cms_coursepage 10", "wagtailimages_image", 1, ["file": ""]),
        Case("note instructors-missing cms_coursepage 10") {
            try $0.delete("cms_instructorpagelink", where: "page_id", is: "10")
        },
        Case(
            "warning instructor-link-empty cms_instructorpagelink 2", "cms_instructorpagelink", 2,
            ["linked_instructor_page_id": nil]),
        Case(
            "warning instructor-without-name cms_instructorpage 11", "cms_instructorpage", 11,
            ["instructor_name": " "]),
        Case("warning weeks-order cms_coursepage 10", "cms_coursepage", 10, ["min_weeks": "9"]),
        Case("warning hours-order cms_coursepage 10", "cms_coursepage", 10, ["min_weekly_hours": "6"]),
        Case("warning hours-not-number cms_coursepage 10", "cms_coursepage", 10, ["max_weekly_hours": "5-8"]),
        Case("warning price-order cms_coursepage 10", "cms_coursepage", 10, ["min_price": "150.00"]),
        Case("warning price-missing cms_coursepage 10", "cms_coursepage", 10, ["max_price": "0.00"]),
        Case(
            "note search-description-long wagtailcore_page 10", "wagtailcore_page", 10,
            ["search_description": String(repeating: "x", count: 161)]),
        Case("warning title-spaces courses_course 1", "courses_course", 1, ["title": "Algorithms "]),
        Case("note title-long courses_course 1", "courses_course", 1, ["title": String(repeating: "x", count: 81)]),
        Case("warning title-spaces courses_program 1", "courses_program", 1, ["title": " Prog"]),
    ]

    private static let ofTexts: [Case] = [
        Case(
            "warning reference-missing cms_coursepage 10", "cms_coursepage", 10,
            ["about": #"<p>See <a linktype="page" id="999">there</a></p>"#]),
        Case(
            "warning reference-missing cms_programpage 17", "cms_programpage", 17,
            ["description": #"<p>x <a linktype="document" id="999">list</a></p>"#]),
        Case(
            "warning reference-missing cms_instructorpage 11", "cms_instructorpage", 11,
            ["instructor_bio_long": #"<p>x</p><embed embedtype="image" format="fullwidth" id="999"/>"#]),
        Case(
            "warning reference-missing courses_programcollection 20", "courses_programcollection", 20,
            ["description": #"<p><a linktype="page" id="999">there</a></p>"#]),
        Case("warning link-broken cms_sitebanner 1") {
            try $0.insert("cms_sitebanner", ["id": "1", "message": #"<p><a href="/nowhere/">there</a></p>"#])
        },
    ]

    private static let ofCourses: [Case] = [
        Case("error learn-invalid courses_course 1", "courses_course", 1, ["title": ""]),
        Case("error no-open-run courses_course 1") { fixture in
            for id in 1...4 { try fixture.set("courses_courserun", id, ["enrollment_end": "2026-01-01 00:00:00+00"]) }
        },
        Case("note no-open-run courses_course 1") { fixture in
            for id in 1...4 { try fixture.set("courses_courserun", id, ["enrollment_start": "2027-01-01 00:00:00+00"]) }
        },
        Case("error no-published-run courses_course 1") { fixture in
            for id in [1, 2, 4] { try fixture.set("courses_courserun", id, ["live": "f"]) }
        },
        Case("note all-runs-over courses_course 1") { fixture in
            for id in 2...4 { try fixture.set("courses_courserun", id, ["live": "f"]) }
        },
        Case("warning page-not-live cms_coursepage 10", "wagtailcore_page", 10, ["live": "f"]),
        Case("warning page-without-live-course courses_course 1", "courses_course", 1, ["live": "f"]),
        Case("warning draft-title-leak courses_course 1") { fixture in
            try fixture.set("courses_course", 1, ["title": "X"])
            try fixture.set("wagtailcore_page", 10, ["draft_title": "X", "has_unpublished_changes": "t"])
        },
        Case("warning language-unknown courses_courserun 2", "courses_courserun", 2, ["language": "xx"]),
        Case(
            "warning run-ends-early courses_courserun 2", "courses_courserun", 2, ["end_date": "2099-08-31 00:00:00+00"]
        ),
        Case(
            "warning enrollment-ends-early courses_courserun 2", "courses_courserun", 2,
            ["enrollment_start": "2099-10-02 00:00:00+00"]),
        Case(
            "note enrollment-after-end courses_courserun 2", "courses_courserun", 2,
            ["end_date": "2099-09-30 00:00:00+00"]),
        Case(
            "warning upgrade-after-end courses_courserun 2", "courses_courserun", 2,
            ["end_date": "2099-10-31 00:00:00+00"]),
        Case("warning product-missing courses_courserun 2", "ecommerce_product", 1, ["is_active": "f"]),
        Case("warning product-price courses_courserun 2", "ecommerce_product", 1, ["price": "149.51"]),
        Case("warning department-unknown courses_department 1", "courses_department", 1, ["name": "Alchemy"]),
    ]

    private static let ofPrograms: [Case] = [
        Case("error learn-invalid courses_program 1", "courses_program", 1, ["title": ""]),
        Case("warning page-not-live cms_programpage 17", "wagtailcore_page", 17, ["live": "f"]),
        Case("warning page-without-live-program courses_program 1", "courses_program", 1, ["live": "f"]),
        Case("note product-missing courses_program 1", "ecommerce_product", 3, ["is_active": "f"]),
        Case("warning requirements-missing courses_program 1") {
            try $0.delete("courses_programrequirement", where: "program_id", is: "1")
        },
        Case("warning courses-missing courses_program 2") { try $0.delete("courses_programrequirement", 10) },
        Case("warning course-part-hidden courses_program 2", "wagtailcore_page", 10, ["live": "f"]),
        Case("warning program-part-hidden courses_program 1", "courses_program", 2, ["live": "f"]),
        Case(
            "warning operator-count courses_programrequirement 5", "courses_programrequirement", 5,
            ["operator_value": "3"]),
        Case(
            "warning operator-value courses_programrequirement 5", "courses_programrequirement", 5,
            ["operator_value": "two"]),
        Case("warning requirement-orphan courses_programrequirement 3") {
            try $0.delete("courses_programrequirement", 2)
        },
    ]

    @Test("is there after the edit and not before", arguments: ofPages + ofTexts + ofCourses + ofPrograms)
    func fires(each: Case) async throws {
        let before = Self.words(try await Self.findings { _ in })
        let after = try await Self.findings(each.edit)
        #expect(!before.contains(each.finding))
        #expect(Self.words(after).count { $0 == each.finding } == 1, "\(Self.words(after))")
        for finding in after {
            #expect(!finding.text.isEmpty && !finding.text.hasSuffix(".") && !finding.advice.isEmpty, "\(finding)")
            #expect(!finding.title.isEmpty || each.finding.contains("learn-invalid"), "\(finding)")
        }
    }

    @Test("of Fixture F is what is odd there")
    func fixtureF() async throws {
        #expect(
            Self.words(try await Self.findings { _ in }) == [
                // Of course 1, 2, then program 2, 3, 1, then the collection.
                "warning source-run-open courses_courserun 4", "warning product-missing courses_courserun 3",
                "note search-description-missing wagtailcore_page 10", "warning page-not-live cms_coursepage 13",
                "warning topics-missing cms_coursepage 13", "warning image-missing cms_coursepage 13",
                "note no-open-run courses_course 2", "note instructors-missing cms_coursepage 13",
                "note search-description-missing wagtailcore_page 13",
                "warning description-missing cms_programpage 18", "warning image-missing cms_programpage 18",
                "note length-missing cms_programpage 18", "note search-description-missing wagtailcore_page 18",
                "warning image-missing cms_programpage 19", "note length-missing cms_programpage 19",
                "note search-description-missing wagtailcore_page 19", "warning image-missing cms_programpage 17",
                "warning course-part-hidden courses_program 1", "warning course-part-hidden courses_program 1",
                "note search-description-missing wagtailcore_page 17",
                "warning collection-program-hidden courses_programcollection 20",
            ])
    }

    @Test("about a page that nobody shall see is not told")
    func unseen() async throws {
        let hidden: [String: String?] = ["description": "", "feature_image_id": nil, "include_in_learn_catalog": "f"]
        let findings = try await Self.findings { fixture in
            try fixture.set("wagtailcore_page", 10, ["live": "f"])
            try fixture.set("cms_coursepage", 10, hidden)
            try fixture.set("courses_courserun", 2, ["end_date": "2099-08-31 00:00:00+00"])
        }
        let ofCourse = findings.filter { $0.subject == .course(1) && $0.code != "source-run-open" }
        #expect(ofCourse.isEmpty, "\(ofCourse)")
    }

    @Test("dates of a run that is over are not told")
    func over() async throws {
        let findings = try await Self.findings {
            try $0.set(
                "courses_courserun", 1,
                [
                    "start_date": "2025-06-02 00:00:00+00", "end_date": "2025-06-01 00:00:00+00",
                    "enrollment_end": "2025-07-01 00:00:00+00",
                ])
        }
        #expect(!findings.contains { $0.table == "courses_courserun" && $0.id == "1" })
    }

    @Test("is filed under the course or program, the worst first")
    func subjects() async throws {
        let report = try await CatalogReport.of(
            try await ReadFixture(.sqlite) { try $0.set("courses_department", 1, ["name": "Alchemy"]) }.catalog,
            at: FixtureF.now, settings: FixtureF.settings())
        let ofCourse = report.findings(on: .course(1))
        #expect(ofCourse.map(\.severity) == ofCourse.map(\.severity).sorted())
        #expect(ofCourse.first { $0.code == "source-run-open" }?.title == "course-v1:MITx+6.100x+SOURCE")
        #expect(report.findings(on: .other).map(\.title).contains("Alchemy"))
        #expect(
            report.findings.count
                == report.counts.filter { $0.name.hasSuffix("s") }.suffix(3).reduce(0) { $0 + $1.number })
    }
}
