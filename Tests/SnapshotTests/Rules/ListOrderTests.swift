import Snapshot
import Support
import Testing

@Suite("The order of lists")
struct ListOrderTests {
    private static let titles = [
        (11, "élan"), (12, "Zeta"), (13, "apple"), (14, "Apple"), (15, "Élan"), (16, "apple"), (17, "_z"),
        (18, "e\u{301}lan"),
    ]

    private func courses(_ engine: Engine) async throws -> ReadFixture {
        try await ReadFixture(engine) { fixture in
            for (id, title) in Self.titles.reversed() {
                try fixture.copy(
                    "courses_course", 2, ["id": "\(id)", "title": title, "readable_id": "course-v1:X+\(id)"])
            }
            for id in 1...3 { try fixture.set("courses_course", id, ["live": "f"]) }
        }
    }

    @Test("courses come by lower-cased title, then title, then id, by code points", arguments: Engine.allCases)
    func improved(engine: Engine) async throws {
        let catalog = try await courses(engine).rendered()
        #expect(try catalog.document("/api/v2/courses/").at("/results/*/id") == "[17,14,13,16,18,12,15,11]")
    }

    @Test("strict has the database's own order, here that of code points", arguments: Engine.allCases)
    func strict(engine: Engine) async throws {
        let catalog = try await courses(engine).rendered(.strict)
        #expect(try catalog.document("/api/v2/courses/").at("/results/*/id") == "[14,12,17,13,16,18,15,11]")
    }

    @Test("programs, departments and collections are sorted alike", arguments: Engine.allCases)
    func otherLists(engine: Engine) async throws {
        let fixture = try await ReadFixture(engine) {
            try $0.set("courses_program", 1, ["title": "alpha"])
            try $0.set("courses_program", 2, ["title": "Beta"])
            try $0.set("courses_department", 1, ["name": "alpha"])
            try $0.set("courses_department", 2, ["name": "Beta"])
            try $0.set("wagtailcore_page", 20, ["title": "alpha", "draft_title": "alpha"])
            try $0.addPage(21, below: 6, title: "Beta", slug: "beta")
            try $0.insert("courses_programcollection", ["page_ptr_id": "21", "description": ""])
        }
        for (mode, order) in [(Compatibility.improved, ["1", "2"]), (.strict, ["2", "1"])] {
            let catalog = await fixture.rendered(mode)
            let ids = "[\(order.joined(separator: ","))]"
            #expect(try catalog.document("/api/v2/programs/").at("/results/*/id") == ids)
            #expect(try catalog.document("/api/v2/departments/").at("/*/id") == ids)
        }
        #expect(try await fixture.rendered().document("/api/v2/program-collections/").at("/results/*/id") == "[20,21]")
        #expect(
            try await fixture.rendered(.strict).document("/api/v2/program-collections/").at("/results/*/id")
                == "[21,20]")
    }

    @Test("departments of a course come by id, in strict lists as they were attached")
    func departments() async throws {
        let fixture = try await ReadFixture(.sqlite) {
            try $0.set("courses_course_departments", 1, ["department_id": "2"])
            try $0.set("courses_course_departments", 2, ["department_id": "1"])
        }
        let (byID, attached) = (
            #"["Electrical Engineering and Computer Science","Biology"]"#,
            #"["Biology","Electrical Engineering and Computer Science"]"#
        )
        let (detail, listed) = ("/departments/*/name", "/results/0/departments/*/name")
        for (mode, inLists) in [(Compatibility.improved, byID), (.strict, attached)] {
            let catalog = await fixture.rendered(mode)
            for url in ["/api/v2/courses/1/", "/api/internal/courses/1/"] {
                #expect(try catalog.document(url).at(detail) == byID)
            }
            for url in [
                "/api/v2/courses/", "/api/internal/courses/", "/api/v2/courses/q/course-v1:MITx+6.100x/",
                "/api/v2/courses/q/enrollable/page/1/",
            ] {
                #expect(try catalog.document(url).at(listed) == inLists, "\(mode) \(url)")
            }
            #expect(
                try catalog.document("/api/v2/pages/10/").at("/course_details/departments/*/name") == byID)
        }
    }

    @Test("enrollment modes and the departments of a program come by their ids")
    func linkedRows() async throws {
        let catalog = try await RenderedCatalog(.sqlite) {
            try $0.set("courses_courserun_enrollment_modes", 3, ["enrollmentmode_id": "2"])
            try $0.set("courses_courserun_enrollment_modes", 4, ["enrollmentmode_id": "1"])
            try $0.set("courses_program_departments", 1, ["department_id": "2"])
            try $0.copy("courses_program_departments", 1, ["id": "90", "department_id": "1"])
        }
        #expect(
            try catalog.document("/api/v2/courses/1/").at("/courseruns/1/enrollment_modes/*/mode_slug")
                == #"["audit","verified"]"#)
        #expect(
            try catalog.document("/api/v2/programs/1/").at("/departments/*/name")
                == #"["Electrical Engineering and Computer Science","Biology"]"#)
    }

    @Test("the programs above a program come by their nodes, each as often as it names it")
    func parents() async throws {
        let node = "courses_programrequirement"
        var fixture = try Fixture.f()
        // Program 4 stands before all others in the tree, and names program 2 twice.
        try fixture.copy("courses_program", 1, ["id": "4", "title": "Zoom", "readable_id": "program-v1:MITx+P4"])
        try fixture.addPage(24, below: 5, title: "Zoom", slug: "p4")
        try fixture.copy("cms_programpage", 17, ["page_ptr_id": "24", "program_id": "4"])
        try fixture.copy(node, 1, ["id": "201", "path": "0000", "program_id": "4"])
        try fixture.copy(node, 4, ["id": "202", "path": "00000001", "depth": "2", "program_id": "4"])
        try fixture.copy(node, 4, ["id": "203", "path": "00000002", "depth": "2", "program_id": "4"])
        // A contract's program names it too.
        try fixture.copy(node, 4, ["id": "204", "path": "00030002", "depth": "2", "program_id": "3"])
        func parents(_ fixture: Fixture) async throws -> String {
            try await ReadFixture(fixture, from: .sqlite).rendered().document("/api/v2/programs/2/").at(
                "/programs/*/id")
        }
        #expect(try await parents(fixture) == "[4,4,1]")
        var draft = fixture
        try draft.set("wagtailcore_page", 24, ["live": "f"])
        #expect(try await parents(draft) == "[1]")
        try fixture.set("courses_program", 1, ["live": "f"])
        #expect(try await parents(fixture) == "[4,4]")
    }
}
