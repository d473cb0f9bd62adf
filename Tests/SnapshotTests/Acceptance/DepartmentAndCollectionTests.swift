import Snapshot
import Support
import Testing

@Suite("Departments and collections")
struct DepartmentAndCollectionTests {
    @Test("CAT-19 departments are a bare array with what they offer", arguments: Engine.allCases)
    func departments(engine: Engine) async throws {
        let fixture = try await ReadFixture(engine)
        func documents(_ programs: String) -> (String, String) {
            (
                #"{"id":2,"name":"Biology","slug":"biology","course_ids":[1],"program_ids":[]}"#,
                #"{"id":1,"name":"Electrical Engineering and Computer Science","#
                    + #""slug":"electrical-engineering-and-computer-science","course_ids":[1],"program_ids":\#(programs)}"#
            )
        }
        for (mode, programs) in [(Compatibility.improved, "[1]"), (.strict, "[1,3]")] {
            let catalog = await fixture.rendered(mode)
            let (biology, engineering) = documents(programs)
            #expect(try catalog.document("/api/v2/departments/").compactText == "[\(biology),\(engineering)]")
            #expect(try catalog.document("/api/v2/departments/1/").compactText == engineering)
        }
    }

    @Test(
        "a department without offers is listed; a contract's run offers nothing but in strict",
        arguments: Engine.allCases)
    func departmentsWithoutOpenRun(engine: Engine) async throws {
        let fixture = try await ReadFixture(engine) {
            for run in 1...3 { try $0.set("courses_courserun", run, ["live": "f"]) }
        }
        #expect(try await fixture.rendered().document("/api/v2/departments/").at("/*/course_ids") == "[[],[]]")
        #expect(try await fixture.rendered(.strict).document("/api/v2/departments/").at("/*/course_ids") == "[[1],[1]]")
    }

    @Test("a department's courses come by readable id")
    func courseOrder() async throws {
        let catalog = try await RenderedCatalog(.sqlite) {
            try $0.set("wagtailcore_page", 13, ["live": "t"])
            try $0.set("courses_course", 2, ["readable_id": "course-v1:MITx+1.00x"])
            try $0.copy("courses_courserun", 2, ["id": "20", "course_id": "2", "courseware_id": "x"])
            try $0.insert("courses_course_departments", ["id": "9", "course_id": "2", "department_id": "2"])
        }
        #expect(try catalog.document("/api/v2/departments/2/").at("/course_ids") == "[2,1]")
    }

    @Test("CAT-20 a collection lists public programs in its order, in strict all", arguments: Engine.allCases)
    func collection(engine: Engine) async throws {
        let fixture = try await ReadFixture(engine)
        let improved = try await fixture.rendered().document("/api/v2/program-collections/20/")
        let one = #"{"id":1,"title":"Prog one","order":2}"#
        #expect(
            improved.compactText == #"{"id":20,"title":"Coll one","description":"<p>c</p>","programs":[\#(one)]}"#)
        let strict = try await fixture.rendered(.strict).document("/api/v2/program-collections/20/")
        #expect(strict.at("/programs") == #"[{"id":3,"title":"Prog contract","order":1},\#(one)]"#)
        #expect(strict.keys == ["id", "title", "description", "programs"])
    }

    @Test("a collection that is a draft has a document in strict only, and programs do not name it [D5]")
    func draftCollection() async throws {
        let fixture = try await ReadFixture(.sqlite) { try $0.set("wagtailcore_page", 20, ["live": "f"]) }
        let (improved, strict) = (await fixture.rendered(), await fixture.rendered(.strict))
        #expect(!improved.serves("/api/v2/program-collections/20/"))
        #expect(
            try improved.document("/api/v2/program-collections/").compactText
                == #"{"count":0,"next":null,"previous":null,"results":[]}"#)
        #expect(try improved.document("/api/v2/programs/1/").at("/collections") == "[]")
        #expect(try strict.document("/api/v2/program-collections/").at("/results/*/id") == "[20]")
        #expect(try strict.document("/api/v2/programs/1/").at("/collections") == "[20]")
    }

    @Test("an item without a place comes last, equal places by id; a program names its collections alike")
    func itemOrder() async throws {
        var fixture = try Fixture.f()
        let items = "courses_programcollectionitem"
        try fixture.insert("courses_programcollection", ["page_ptr_id": "21", "description": ""])
        try fixture.addPage(21, below: 6, title: "Another", slug: "another")
        try fixture.set(items, 1, ["program_id": "2", "sort_order": nil])
        try fixture.insert(items, ["id": "3", "collection_id": "21", "program_id": "1", "sort_order": "7"])
        let placed = try await ReadFixture(fixture, from: .sqlite).rendered()
        #expect(try placed.document("/api/v2/program-collections/20/").at("/programs/*/order") == "[2,null]")
        #expect(try placed.document("/api/v2/program-collections/20/").at("/programs/*/id") == "[1,2]")
        #expect(try placed.document("/api/v2/programs/1/").at("/collections") == "[20,21]")
        #expect(try placed.document("/api/v2/program-collections/").at("/results/*/id") == "[21,20]")

        try fixture.set(items, 2, ["sort_order": nil])
        let unplaced = try await ReadFixture(fixture, from: .sqlite).rendered()
        #expect(try unplaced.document("/api/v2/program-collections/20/").at("/programs/*/id") == "[2,1]")
        #expect(try unplaced.document("/api/v2/programs/1/").at("/collections") == "[21,20]")
    }
}
