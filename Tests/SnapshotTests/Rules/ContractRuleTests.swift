import Snapshot
import Support
import Testing

@Suite("What is left out and what is warned about")
struct ContractRuleTests {
    private static func text(_ count: Int) -> String { String(repeating: "x", count: count) }

    @Test("a requirement node without a type is no reason to publish nothing")
    func nodeWithoutType() async throws {
        let catalog = try await RenderedCatalog(.sqlite) {
            try $0.set("courses_programrequirement", 3, ["node_type": nil])
        }
        #expect(
            SnapshotCheck(linkOrigin: "https://mitxonline.mit.edu").problems(in: catalog.rendering.artifacts) == [])
    }

    @Test("Fixture F itself has two warnings")
    func fixtureF() async throws {
        #expect(
            try await RenderedCatalog(.sqlite).warnings == [
                "no-open-run courses_course 2", "source-run-open courses_courserun 4",
            ])
    }

    @Test(
        "each limit of MIT Learn leaves the course out",
        arguments: [
            ("courses_courserun", 5, ["courseware_id": text(129)], false),
            ("courses_courserun", 5, ["courseware_id": text(128)], true),
            ("courses_courserun", 5, ["courseware_id": ""], false),
            ("courses_courserun", 5, ["title": ""], false), ("courses_course", 1, ["title": ""], false),
            ("courses_course", 1, ["title": text(255)], true), ("courses_course", 1, ["readable_id": "a b"], false),
            ("courses_course", 1, ["readable_id": "a/b"], false), ("courses_course", 1, ["readable_id": ""], false),
            ("courses_course", 1, ["readable_id": "é+数:_.-9"], true),
            ("cms_coursepage", 10, ["min_price": "-0.01"], false),
            ("cms_coursepage", 10, ["max_price": "-1.00"], false),
            ("ecommerce_product", 1, ["price": "-1.00"], false), ("ecommerce_product", 2, ["price": "-1.00"], true),
            ("cms_coursepage", 10, ["effort": text(257)], false), ("cms_coursepage", 10, ["effort": text(256)], true),
        ] as [(String, Int, [String: String?], Bool)])
    func courses(table: String, id: Int, changes: [String: String?], isKept: Bool) async throws {
        let fixture = try await ReadFixture(.sqlite) { try $0.set(table, id, changes) }
        let catalog = await fixture.rendered()
        #expect(catalog.serves("/api/v2/courses/1/") == isKept)
        #expect(catalog.serves("/api/internal/courses/1/") == isKept)
        #expect(try catalog.document("/api/v2/courses/").at("/count") == (isKept ? "2" : "1"))
        #expect(catalog.warnings.contains("learn-invalid courses_course 1") == !isKept)
        let problems = SnapshotCheck(linkOrigin: "https://mitxonline.mit.edu").problems(in: catalog.rendering.artifacts)
        #expect(problems.map(\.description) == [])
        let strict = await fixture.rendered(.strict)
        #expect(strict.serves("/api/v2/courses/1/"))
        #expect(strict.warnings.contains("learn-invalid courses_course 1") == !isKept)
    }

    @Test(
        "each limit of MIT Learn leaves the program out",
        arguments: [
            ("courses_program", ["title": ""], false), ("courses_program", ["readable_id": text(129)], false),
            ("courses_program", ["readable_id": text(128)], true), ("courses_program", ["readable_id": "a%b"], false),
            ("cms_programpage", ["list_price": "-1.00"], false), ("cms_programpage", ["effort": text(257)], false),
            ("ecommerce_product", ["price": "-1.00"], false),
        ] as [(String, [String: String?], Bool)])
    func programs(table: String, changes: [String: String?], isKept: Bool) async throws {
        let id = ["courses_program": 1, "cms_programpage": 17, "ecommerce_product": 3][table] ?? 0
        let fixture = try await ReadFixture(.sqlite) { try $0.set(table, id, changes) }
        let catalog = await fixture.rendered()
        #expect(catalog.serves("/api/v2/programs/1/") == isKept)
        #expect(catalog.warnings.contains("learn-invalid courses_program 1") == !isKept)
        let problems = SnapshotCheck(linkOrigin: "https://mitxonline.mit.edu").problems(in: catalog.rendering.artifacts)
        #expect(problems.map(\.description) == [])
        #expect(await fixture.rendered(.strict).serves("/api/v2/programs/1/"))
        // What is left out is named by no course, department or collection either.
        let namers = try [
            "/api/v2/courses/1/": "/programs/*/id", "/api/internal/courses/1/": "/programs/*/id",
            "/api/v2/departments/1/": "/program_ids", "/api/v2/program-collections/20/": "/programs/*/id",
            "/api/v2/programs/2/": "/programs/*/id",
        ].map { try catalog.document($0.key).at($0.value) }
        #expect(namers.allSatisfy { ($0.dropFirst().hasPrefix("1,") || $0 == "[1]") == isKept }, "\(namers)")
        #expect(catalog.serves("/api/v2/pages/17/") == isKept)
    }

    @Test(
        "a readable id that cannot name a folder has no document of its own, the one by id stays",
        arguments: [
            "page", "q", "enrollable", "page-live", "index.json", "123", ".", "..", String(repeating: "é", count: 128),
        ])
    func readableIDs(readableID: String) async throws {
        let catalog = try await RenderedCatalog(.sqlite) {
            try $0.set("courses_course", 1, ["readable_id": readableID])
            try $0.set("courses_program", 2, ["readable_id": readableID])
        }
        #expect(catalog.serves("/api/v2/courses/1/") && catalog.serves("/api/v2/programs/2/"))
        #expect(catalog.warnings.contains("readable-id-copy courses_course 1"))
        #expect(catalog.bytes(at: "public/api/v2/courses/\(readableID)/index.json") == nil)
        #expect(catalog.bytes(at: "public/api/v2/courses/q/\(readableID)/index.json") == nil)
        #expect(catalog.bytes(at: "public/api/v2/pages/cms.coursepage/\(readableID)/index.json") == nil)
        #expect(
            SnapshotCheck(linkOrigin: "https://mitxonline.mit.edu").problems(in: catalog.rendering.artifacts).isEmpty)
    }

    @Test("the longest readable id that names a folder has its document")
    func longestReadableID() async throws {
        let id = String(repeating: "é", count: 127) + "x"
        let catalog = try await RenderedCatalog(.sqlite) { try $0.set("courses_course", 1, ["readable_id": id]) }
        #expect(catalog.serves("/api/v2/courses/\(id)/"))
        #expect(catalog.serves("/api/v2/courses/q/\(id)/"))
    }

    @Test("strict, too, writes no folder outside of the tree")
    func slashInStrict() async throws {
        let catalog = try await RenderedCatalog(.sqlite, .strict) {
            try $0.set("courses_course", 1, ["readable_id": "../../x"])
        }
        #expect(catalog.serves("/api/v2/courses/1/"))
        #expect(!catalog.paths.contains { $0.contains("..") })
        #expect(catalog.warnings.contains("readable-id-copy courses_course 1"))
    }

    @Test(
        "each oddity has its warning",
        arguments: [
            ("courses_department", 2, ["name": "Alchemy"], "department-unknown courses_department 2"),
            ("cms_coursepage", 10, ["min_price": "150.00"], "price-order cms_coursepage 10"),
            ("cms_programpage", 17, ["min_price": "600.00"], "price-order cms_programpage 17"),
            ("cms_coursepage", 10, ["max_price": "0.00"], "price-missing cms_coursepage 10"),
            ("courses_course", 1, ["live": "f"], "page-without-live-course courses_course 1"),
            ("courses_programrequirement", 5, ["operator_value": nil], "operator-value courses_programrequirement 5"),
            ("courses_programrequirement", 5, ["operator_value": ""], "operator-value courses_programrequirement 5"),
            ("courses_programrequirement", 5, ["operator_value": "-1"], "operator-value courses_programrequirement 5"),
            ("courses_programrequirement", 5, ["operator_value": "1.5"], "operator-value courses_programrequirement 5"),
            ("courses_programrequirement", 5, ["operator_value": "two"], "operator-value courses_programrequirement 5"),
            ("courses_programrequirement", 5, ["path": "00090001"], "requirement-orphan courses_programrequirement 5"),
            ("courses_courserun", 1, ["language": "tlh"], "language-unknown courses_courserun 1"),
        ] as [(String, Int, [String: String?], String)])
    func warnings(table: String, id: Int, changes: [String: String?], warning: String) async throws {
        let before = try await RenderedCatalog(.sqlite).warnings
        let after = try await RenderedCatalog(.sqlite) { try $0.set(table, id, changes) }.warnings
        #expect(!before.contains(warning))
        #expect(after.contains(warning), "\(after)")
    }

    @Test(
        "what is in order has no warning",
        arguments: [
            ("courses_programrequirement", 5, ["operator_value": "0"]),
            ("courses_programrequirement", 2, ["operator_value": "x"]),
            ("cms_coursepage", 13, ["include_in_learn_catalog": nil]),
            ("courses_courserun", 4, ["live": "f"]), ("cms_coursepage", 10, ["min_price": "149.50"]),
        ] as [(String, Int, [String: String?])])
    func noWarnings(table: String, id: Int, changes: [String: String?]) async throws {
        let before = try await RenderedCatalog(.sqlite).warnings
        let after = try await RenderedCatalog(.sqlite) { try $0.set(table, id, changes) }.warnings
        #expect(Set(after).isSubset(of: before))
    }

    @Test("an odd number of items stays in the tree as it is stored", arguments: ["", "-1", "two", nil] as [String?])
    func operatorValue(value: String?) async throws {
        let catalog = try await RenderedCatalog(.sqlite) {
            try $0.set("courses_programrequirement", 5, ["operator_value": value])
        }
        #expect(
            try catalog.document("/api/v2/programs/1/").at("/req_tree/1/data/operator_value")
                == (value.map { "\"\($0)\"" } ?? "null"))
    }

    @Test("nodes that hang on no tree require nothing, but what they name counts as part of the program")
    func orphans() async throws {
        let catalog = try await RenderedCatalog(.sqlite) {
            try $0.set("courses_programrequirement", 5, ["path": "00090001"])
        }
        let program = try catalog.document("/api/v2/programs/1/")
        #expect(program.at("/courses") == "[1]")
        #expect(program.at("/req_tree/*/id") == "[2]")
        // Their parent, the group, is gone.
        #expect(catalog.warnings.filter { $0.hasPrefix("requirement-orphan") }.count == 3)
        #expect(try catalog.document("/api/v2/courses/2/").at("/programs/*/id") == "[1]")
    }

    @Test("the counts of a snapshot")
    func counts() async throws {
        let counts = try await RenderedCatalog(.sqlite).rendering.counts
        #expect(
            counts.map { "\($0.name) \($0.number)" } == [
                "courses_live 2", "courses_all 3", "courses_in_learn_catalog 2", "runs_public 2", "runs_internal 5",
                "programs 2", "departments 2", "collections 1", "pages_html 0", "archives 0",
            ])
    }
}
