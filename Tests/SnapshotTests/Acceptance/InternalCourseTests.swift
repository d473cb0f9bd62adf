import Snapshot
import Support
import Testing

@Suite("Courses for MIT Learn's ETL")
struct InternalCourseTests {
    @Test("CAT-13 every course is listed, live or not, with a page or without", arguments: Engine.allCases)
    func list(engine: Engine) async throws {
        let catalog = try await RenderedCatalog(engine)
        let list = try catalog.document("/api/internal/courses/")
        #expect(list.at("/count") == "3")
        #expect(list.at("/results/*/id") == "[1,2,3]")
        let bare = """
            {"id":3,"title":"Chem no page","readable_id":"course-v1:MITx+5.00x","next_run_id":null,"departments":[],\
            "page":null,"programs":[{"title":"Prog one","readable_id":"program-v1:MITx+P1","id":1,"type":"program",\
            "display_mode":null}],"topics":[],"certificate_type":"MicroMasters Credential",\
            "certificate_available":false,"required_prerequisites":false,"duration":null,"min_weeks":null,\
            "max_weeks":null,"min_price":null,"max_price":null,"time_commitment":null,"availability":"anytime",\
            "min_weekly_hours":null,"max_weekly_hours":null,"include_in_learn_catalog":false,\
            "ingest_content_files_for_ai":false,"possible_variant_sets":[],"courseruns":[]}
            """
        #expect(try catalog.document("/api/internal/courses/3/").compactText == bare)
        #expect(list.at("/results/2") == bare)
        #expect(!catalog.serves("/api/internal/courses/course-v1:MITx+6.100x/"))
    }

    @Test("CAT-14 all runs, all variants, organisations' programs", arguments: Engine.allCases)
    func everything(engine: Engine) async throws {
        let fixture = try await ReadFixture(engine)
        for mode in Compatibility.allCases {
            let course = try await fixture.rendered(mode).document("/api/internal/courses/1/")
            #expect(course.at("/courseruns/*/id") == "[1,2,3,4,5]")
            #expect(course.at("/courseruns/*/b2b_contract") == "[null,null,null,null,16]")
            #expect(course.at("/possible_variant_sets/*/language") == #"["en","fr","de","es_ES"]"#)
            #expect(course.at("/programs/*/id") == "[1,2,3]")
        }
        let improved = try await fixture.rendered().document("/api/internal/courses/1/")
        #expect(improved.at("/next_run_id") == "2")
        #expect(improved.at("/page/current_price") == "149.5")
        #expect(
            improved.at("/courseruns/*/possible_variant_sets/0/language") == #"["en","en","fr","en","en"]"#)
        let strict = try await fixture.rendered(.strict).document("/api/internal/courses/1/")
        #expect(strict.at("/next_run_id") == "4")
        #expect(strict.at("/page/current_price") == "null")
        let absent = Array(repeating: #""(missing)""#, count: 5).joined(separator: ",")
        #expect(strict.at("/courseruns/*/possible_variant_sets") == "[\(absent)]")
    }

    @Test("a run's variant sets: its own first, then the default ones, then by id [D11]")
    func variantSetsOnRuns() async throws {
        let fixture = try await ReadFixture(.sqlite) {
            try $0.set("variants_supportedvariant", 1, ["default_variant": "f"])
            try $0.set("variants_supportedvariant", 4, ["default_variant": "t"])
            try $0.copy("variants_supportedvariant", 2, ["id": "5", "variant_length": "S"])
            try $0.set("courses_courserun", 3, ["variant_length": "S"])
        }
        let sets = try await fixture.rendered().document("/api/internal/courses/1/")["courseruns"]?.array ?? []
        try #require(sets.count == 5)
        // Sets: 1 en, 2 fr, 3 de, 4 es_ES default, 5 fr short.
        #expect(sets[0].at("/possible_variant_sets/*/language") == #"["en","es_ES","fr","de","fr"]"#)
        #expect(sets[2].at("/possible_variant_sets/*/language") == #"["fr","es_ES","en","fr","de"]"#)
        #expect(sets[2].at("/possible_variant_sets/*/variant_length") == #"["S","","","",""]"#)
        #expect(sets[0].keys.last == "possible_variant_sets")
        let without = await fixture.rendered { $0.runVariantSets = false }
        #expect(
            try without.document("/api/internal/courses/1/").at("/courseruns/0/possible_variant_sets") == "(missing)")
        #expect(
            try await fixture.rendered().document("/api/v2/courses/1/").at("/courseruns/0/possible_variant_sets")
                == "(missing)")
    }
}
