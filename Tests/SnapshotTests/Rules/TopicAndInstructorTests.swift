import Snapshot
import Support
import Testing

@Suite("Topics and instructors")
struct TopicAndInstructorTests {
    private static let topics = "courses_coursestopic"
    private static let links = "cms_coursepage_topics"

    @Test("parent topics list their children and the courses of both", arguments: Engine.allCases)
    func topics(engine: Engine) async throws {
        let topics = try await RenderedCatalog(engine).document("/api/v2/topics/")
        #expect(
            topics.compactText
                == #"[{"id":108,"name":"Biology & Life","slug":"biology-life","children":[{"id":109,"name":"Genetics","#
                + #""slug":"genetics","course_ids":[1]}],"course_ids":[1]},{"id":106,"name":"Computer Science","#
                + #""slug":"computer-science","children":[{"id":107,"name":"Algorithms","slug":"algorithms","#
                + #""course_ids":[1]}],"course_ids":[1]}]"#)
    }

    @Test("only the catalog's courses count, and topics without one are left out")
    func closed() async throws {
        let catalog = try await RenderedCatalog(.sqlite) {
            for run in 1...3 { try $0.set("courses_courserun", run, ["live": "f"]) }
        }
        #expect(try catalog.document("/api/v2/topics/").compactText == "[]")
    }

    @Test("equal names below two parents stay two topics with two slugs")
    func equalNames() async throws {
        let catalog = try await RenderedCatalog(.sqlite) {
            try $0.copy(Self.topics, 109, ["id": "110", "name": "Algorithms"])
            try $0.insert(Self.links, ["id": "9", "coursepage_id": "10", "coursestopic_id": "110"])
        }
        let course = try catalog.document("/api/v2/courses/1/")
        #expect(
            course.at("/topics/*/name")
                == #"["Algorithms","Algorithms","Genetics","Biology & Life","Computer Science"]"#)
        // A program names each topic once, and no parents.
        #expect(
            try catalog.document("/api/v2/programs/1/").at("/topics/*/name") == #"["Algorithms","Genetics"]"#)
        let topics = try catalog.document("/api/v2/topics/")
        #expect(topics.at("/0/children/*/slug") == #"["algorithms-110","genetics"]"#)
        #expect(topics.at("/1/children/*/slug") == #"["algorithms"]"#)
    }

    @Test("a slug with an id that another topic's name gives is passed over")
    func suffixedNames() async throws {
        let catalog = try await RenderedCatalog(.sqlite) { fixture in
            for (id, name) in [(9001, "C++"), (9002, "C 9003"), (9003, "C#")] {
                try fixture.copy(Self.topics, 109, ["id": "\(id)", "name": name])
                try fixture.insert(
                    Self.links, ["id": "\(id)", "coursepage_id": "10", "coursestopic_id": "\(id)"])
            }
        }
        let topics = try catalog.document("/api/v2/topics/")
        #expect(topics.at("/0/children/*/slug") == #"["c-9003","c-9003-9003","c","genetics"]"#)
    }

    @Test("a topic that is itself a parent is listed as both")
    func ownParent() async throws {
        let catalog = try await RenderedCatalog(.sqlite) {
            try $0.insert(Self.links, ["id": "9", "coursepage_id": "10", "coursestopic_id": "106"])
        }
        #expect(
            try catalog.document("/api/v2/courses/1/").at("/topics/*/name")
                == #"["Algorithms","Computer Science","Genetics","Biology & Life","Computer Science"]"#)
    }

    @Test("names are sorted by code points")
    func codePoints() async throws {
        let catalog = try await RenderedCatalog(.sqlite) {
            try $0.set(Self.topics, 107, ["name": "éclairs"])
            try $0.set(Self.topics, 109, ["name": "Zoology"])
            try $0.set(Self.topics, 106, ["name": "baking"])
        }
        #expect(
            try catalog.document("/api/v2/courses/1/").at("/topics/*/name")
                == #"["Zoology","éclairs","Biology & Life","baking"]"#)
        #expect(try catalog.document("/api/v2/programs/1/").at("/topics/*/name") == #"["Zoology","éclairs"]"#)
    }

    @Test("a program's topics come from live classified courses, whether their pages are live or not")
    func programTopics() async throws {
        func topics(_ edit: (inout Fixture) throws -> Void) async throws -> String {
            try await RenderedCatalog(.sqlite) {
                try $0.insert(Self.links, ["id": "9", "coursepage_id": "13", "coursestopic_id": "108"])
                try edit(&$0)
            }.document("/api/v2/programs/1/").at("/topics/*/name")
        }
        #expect(try await topics { _ in } == #"["Algorithms","Biology & Life","Genetics"]"#)
        #expect(try await topics { try $0.set("courses_course", 2, ["live": "f"]) } == #"["Algorithms","Genetics"]"#)
        let bare: (inout Fixture) throws -> Void = {
            try $0.set("courses_programrequirement", 6, ["path": "00010009", "depth": "2"])
        }
        #expect(try await topics(bare) == #"["Algorithms","Genetics"]"#)
    }

    @Test(
        "slugs are made of ASCII letters, digits, _ and single -",
        arguments: [
            ("Biology & Life", "biology-life"), ("C++/C#", "cc"), ("Élan vital", "elan-vital"), ("  a -- b  ", "a-b"),
            ("_a_", "a"), ("数学", "topic-107"), ("Straße", "strae"), ("ﬁnance ½", "finance-12"), ("x²", "x2"),
            ("---", "topic-107"), ("Data\tScience", "data-science"), ("ŁÓDŹ", "odz"),
        ])
    func slugs(name: String, slug: String) async throws {
        let catalog = try await RenderedCatalog(.sqlite) { try $0.set(Self.topics, 107, ["name": name]) }
        #expect(try catalog.document("/api/v2/topics/").at("/1/children/0/slug") == "\"\(slug)\"")
    }

    @Test("instructors of live product pages have documents, with their lives as stored", arguments: Engine.allCases)
    func instructors(engine: Engine) async throws {
        let catalog = try await RenderedCatalog(engine)
        let lovelace =
            #"{"id":11,"instructor_name":"Ada Lovelace","instructor_title":"Analyst","#
            + #""instructor_bio_short":"<p>Bio <i>short</i> &amp; sweet</p>","instructor_bio_long":null,"#
            + #""feature_image_src":null}"#
        #expect(try catalog.document("/api/instructor/11/").compactText == lovelace)
        let list = try catalog.document("/api/v2/instructors/")
        #expect(list.at("/count") == "2")
        #expect(list.at("/results/*/id") == "[11,12]")
        #expect(list.at("/results/0") == lovelace)
    }

    @Test(
        "an instructor without a live page, or taught about on none, has no document",
        arguments: [
            ("wagtailcore_page", 11, ["live": "f"]), ("wagtailcore_page", 10, ["live": "f"]),
            ("cms_instructorpagelink", 2, ["page_id": "13"]),
        ])
    func noDocument(table: String, id: Int, changes: [String: String]) async throws {
        let catalog = try await RenderedCatalog(.sqlite) { try $0.set(table, id, changes) }
        #expect(!catalog.serves("/api/instructor/11/"))
    }

    @Test("instructors of programs count too")
    func programInstructor() async throws {
        let catalog = try await RenderedCatalog(.sqlite) {
            try $0.set("cms_instructorpagelink", 2, ["page_id": "17"])
        }
        #expect(catalog.serves("/api/instructor/11/"))
    }
}
