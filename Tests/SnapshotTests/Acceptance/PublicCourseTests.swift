import Bytes
import Snapshot
import Support
import Testing

@Suite("Courses for everybody")
struct PublicCourseTests {
    @Test("CAT-1 live courses are listed by lower-cased title", arguments: Engine.allCases)
    func list(engine: Engine) async throws {
        let catalog = try await RenderedCatalog(engine)
        let list = try catalog.document("/api/v2/courses/")
        #expect(list.keys == ["count", "next", "previous", "results"])
        #expect(list.at("/count") == "2")
        #expect(list.at("/next") == "null")
        #expect(list.at("/previous") == "null")
        #expect(list.at("/results/*/id") == "[1,2]")
        #expect(!catalog.serves("/api/v2/courses/3/"))
    }

    @Test("the keys of a course and of a run stand in the order of the contract", arguments: Compatibility.allCases)
    func keys(compatibility: Compatibility) async throws {
        let course = try await RenderedCatalog(.sqlite, compatibility).document("/api/v2/courses/1/")
        #expect(
            course.keys == [
                "id", "title", "readable_id", "next_run_id", "departments", "page", "programs", "topics",
                "certificate_type", "certificate_available", "required_prerequisites", "duration", "min_weeks",
                "max_weeks", "min_price", "max_price", "time_commitment", "availability", "min_weekly_hours",
                "max_weekly_hours", "include_in_learn_catalog", "ingest_content_files_for_ai",
                "possible_variant_sets", "courseruns",
            ])
        #expect(
            course["page"]?.keys == [
                "feature_image_src", "page_url", "description", "live", "length", "effort",
                "financial_assistance_form_url", "current_price", "instructors",
            ])
        #expect(
            course["courseruns"]?.array?.first?.keys == [
                "title", "start_date", "end_date", "enrollment_start", "enrollment_end", "expiration_date",
                "courseware_url", "courseware_id", "certificate_available_date", "upgrade_deadline", "is_upgradable",
                "is_enrollable", "is_archived", "is_self_paced", "run_tag", "id", "live", "course_number",
                "enrollment_modes", "language", "is_primary_language", "language_label", "variant_industry",
                "variant_length", "course_id", "products", "approved_flexible_price_exists", "b2b_contract",
            ])
    }

    @Test("CAT-2 the next run gives a course its certificate, its kind and its price", arguments: Engine.allCases)
    func nextRun(engine: Engine) async throws {
        let course = try await RenderedCatalog(engine).document("/api/v2/courses/1/")
        #expect(course.at("/next_run_id") == "2")
        #expect(course.at("/certificate_available") == "true")
        #expect(course.at("/availability") == #""dated""#)
        #expect(course.at("/min_price") == "0.0")
        #expect(course.at("/max_price") == "149.5")
        #expect(course.at("/page/current_price") == "149.5")
    }

    @Test("CAT-3 rich text becomes escaped text, the time commitment stays as it is", arguments: Engine.allCases)
    func text(engine: Engine) async throws {
        let course = try await RenderedCatalog(engine).document("/api/v2/courses/1/")
        #expect(course["page"]?["description"]?.string == "Learn &amp; grow; 3 &lt; 5\nSecond")
        #expect(course.at("/page/effort") == #""6-8 hours""#)
        #expect(course.at("/time_commitment") == #""<b>6-8</b> hours""#)
        #expect(course.at("/page/length") == #""8 weeks""#)
        #expect(course.at("/duration") == #""8 weeks""#)
    }

    @Test("CAT-4 an image's address keeps its file name as stored and always has a version", arguments: Engine.allCases)
    func image(engine: Engine) async throws {
        let stored = try await RenderedCatalog(engine).document("/api/v2/courses/1/")
        #expect(
            stored["page"]?["feature_image_src"]?.string
                == "https://mitxonline.mit.edu/media/original_images/dome.png?v=ab12")
        let spaced = try await RenderedCatalog(engine) {
            try $0.set("wagtailimages_image", 1, ["file": "original_images/a b.png", "file_hash": ""])
        }.document("/api/v2/courses/1/")
        #expect(
            spaced["page"]?["feature_image_src"]?.string
                == "https://mitxonline.mit.edu/media/original_images/a b.png?v=")
    }

    @Test("CAT-5 the page's address is MIT Learn's, the form's that of the program", arguments: Engine.allCases)
    func addresses(engine: Engine) async throws {
        let course = try await RenderedCatalog(engine).document("/api/v2/courses/1/")
        #expect(course["page"]?["page_url"]?.string == "https://learn.mit.edu/courses/course-v1:MITx+6.100x")
        #expect(
            course["page"]?["financial_assistance_form_url"]?.string == "/programs/program-v1:MITx+P1/apply/")
    }

    @Test("CAT-6 instructors come in the order of their links, in strict by page", arguments: Engine.allCases)
    func instructors(engine: Engine) async throws {
        let fixture = try await ReadFixture(engine)
        let (turing, lovelace) = (
            #"{"name":"Alan Turing","description":""}"#,
            #"{"name":"Ada Lovelace","description":"Bio short &amp; sweet"}"#
        )
        let pointer = "/page/instructors"
        #expect(
            try await fixture.rendered().document("/api/v2/courses/1/").at(pointer) == "[\(turing),\(lovelace)]")
        #expect(
            try await fixture.rendered(.strict).document("/api/v2/courses/1/").at(pointer) == "[\(lovelace),\(turing)]")
    }

    @Test("CAT-7 a course names its public programs, the first decides the certificate", arguments: Engine.allCases)
    func programs(engine: Engine) async throws {
        let course = try await RenderedCatalog(engine).document("/api/v2/courses/1/")
        let first =
            #"{"title":"Prog one","readable_id":"program-v1:MITx+P1","id":1,"type":"program","display_mode":null}"#
        let second =
            #"{"title":"Prog child","readable_id":"program-v1:MITx+P2","id":2,"type":"program","display_mode":"course"}"#
        #expect(course.at("/programs") == "[\(first),\(second)]")
        #expect(course.at("/certificate_type") == #""MicroMasters Credential""#)
    }

    @Test("CAT-8 topics, then their parents; NULL prerequisites count as required", arguments: Engine.allCases)
    func topics(engine: Engine) async throws {
        let course = try await RenderedCatalog(engine).document("/api/v2/courses/1/")
        #expect(course.at("/topics/*/name") == #"["Algorithms","Genetics","Biology & Life","Computer Science"]"#)
        #expect(course.at("/required_prerequisites") == "true")
    }

    @Test("CAT-9 only active variants and public runs, one run a tag", arguments: Engine.allCases)
    func variantsAndRuns(engine: Engine) async throws {
        let course = try await RenderedCatalog(engine).document("/api/v2/courses/1/")
        func set(_ language: String, isDefault: Bool) -> String {
            #"{"language":"\#(language)","variant_length":"","variant_industry":"","active":true,"#
                + #""b2b_only":false,"default_variant":\#(isDefault)}"#
        }
        #expect(
            course.at("/possible_variant_sets") == "[\(set("en", isDefault: true)),\(set("fr", isDefault: false))]")
        #expect(course.at("/courseruns/*/id") == "[1,2]")
    }

    @Test("CAT-10 what each run says of itself", arguments: Engine.allCases)
    func runs(engine: Engine) async throws {
        let runs = try await RenderedCatalog(engine).document("/api/v2/courses/1/")["courseruns"]?.array ?? []
        try #require(runs.count == 2)
        #expect(runs[0].at("/is_enrollable") == "true")
        #expect(runs[0].at("/is_archived") == "true")
        #expect(runs[0].at("/is_upgradable") == "false")
        #expect(runs[0].at("/products") == "[]")
        let second = """
            {"title":"Algorithms one","start_date":"2099-09-01T14:00:00.123456Z","end_date":null,\
            "enrollment_start":"2024-12-01T00:00:00Z","enrollment_end":"2099-10-01T00:00:00Z",\
            "expiration_date":null,"courseware_url":\
            "http://edx.odl.local:18000/learn/course/course-v1:MITx+6.100x+3T2099/home",\
            "courseware_id":"course-v1:MITx+6.100x+3T2099","certificate_available_date":null,\
            "upgrade_deadline":"2099-11-01T00:00:00Z","is_upgradable":true,"is_enrollable":true,\
            "is_archived":false,"is_self_paced":false,"run_tag":"3T2099","id":2,"live":true,\
            "course_number":"6.100x","enrollment_modes":[\
            {"mode_slug":"audit","mode_display_name":"audit","requires_payment":false},\
            {"mode_slug":"verified","mode_display_name":"verified","requires_payment":true}],\
            "language":"en","is_primary_language":false,"language_label":"English","variant_industry":"",\
            "variant_length":"","course_id":1,"products":[{"id":1,"price":"149.50",\
            "description":"course-v1:MITx+6.100x+3T2099","is_active":true}],\
            "approved_flexible_price_exists":false,"b2b_contract":null}
            """
        #expect(runs[1].compactText == second)
    }

    @Test("CAT-11 a primary run stands for its tag and may be the next without a price", arguments: Engine.allCases)
    func primaryRun(engine: Engine) async throws {
        let course = try await RenderedCatalog(engine) {
            try $0.set("courses_courserun", 3, ["is_primary_language": "t"])
        }.document("/api/v2/courses/1/")
        #expect(course.at("/courseruns/*/id") == "[1,3]")
        #expect(course.at("/next_run_id") == "3")
        #expect(course.at("/page/current_price") == "null")
    }

    @Test("CAT-12 a course whose page is a draft is listed with that page", arguments: Engine.allCases)
    func draftPage(engine: Engine) async throws {
        let course = try await RenderedCatalog(engine).document("/api/v2/courses/2/")
        let expected = """
            {"id":2,"title":"biology two","readable_id":"course-v1:MITx+7.00x","next_run_id":null,"departments":[],\
            "page":{"feature_image_src":null,"page_url":"https://learn.mit.edu/courses/course-v1:MITx+7.00x",\
            "description":"Cells","live":false,"length":"1 w","effort":null,\
            "financial_assistance_form_url":"/programs/program-v1:MITx+P1/apply/","current_price":null,\
            "instructors":[]},"programs":[{"title":"Prog one","readable_id":"program-v1:MITx+P1","id":1,\
            "type":"program","display_mode":null}],"topics":[],"certificate_type":"MicroMasters Credential",\
            "certificate_available":false,"required_prerequisites":false,"duration":"1 w","min_weeks":null,\
            "max_weeks":null,"min_price":0.0,"max_price":0.0,"time_commitment":null,"availability":"anytime",\
            "min_weekly_hours":"","max_weekly_hours":"","include_in_learn_catalog":true,\
            "ingest_content_files_for_ai":false,"possible_variant_sets":[],"courseruns":[]}
            """
        #expect(course.compactText == expected)
    }

    @Test("CAT-22 an unknown flag is null, a missing page false", arguments: Engine.allCases)
    func nullableFlags(engine: Engine) async throws {
        let catalog = try await RenderedCatalog(engine) {
            try $0.set("cms_coursepage", 10, ["include_in_learn_catalog": nil, "ingest_content_files_for_ai": nil])
        }
        let course = try catalog.document("/api/v2/courses/1/")
        #expect(course.at("/include_in_learn_catalog") == "null")
        #expect(course.at("/ingest_content_files_for_ai") == "null")
        let bare = try catalog.document("/api/internal/courses/3/")
        #expect(bare.at("/include_in_learn_catalog") == "false")
        #expect(bare.at("/ingest_content_files_for_ai") == "false")
    }

    @Test(
        "CAT-23 the course number is the course part of a key, else the whole courseware id",
        arguments: Engine.allCases,
        [
            ("weird", "weird"), ("course-v1:MITx+21L.ox+3T2025+a", "course-v1:MITx+21L.ox+3T2025+a"),
            ("MITx/6.002x/2013", "6.002x"),
        ])
    func courseNumber(engine: Engine, key: (id: String, number: String)) async throws {
        let run = try await RenderedCatalog(engine) {
            try $0.set("courses_courserun", 2, ["courseware_id": key.id, "has_courseware_url": "f"])
        }.document("/api/v2/courses/1/")["courseruns"]?.array?.last
        #expect(run?["course_number"]?.string == key.number)
        #expect(run?.at("/courseware_url") == "null")
    }

    @Test(
        "CAT-24 a language has the label of its code, in strict MITx Online's own",
        arguments: Engine.allCases,
        [
            ("", "", ""), ("xx", "INVALID", "INVALID"), ("en", "English", "En"), ("es", "Spanish", "Spanish"),
            ("ha", "Hausa", "Ha"),
        ])
    func language(engine: Engine, language: (code: String, label: String, strict: String)) async throws {
        let fixture = try await ReadFixture(engine) {
            try $0.set("courses_courserun", 2, ["language": language.code])
        }
        let pointer = "/courseruns/1/language_label"
        let (improved, strict) = (await fixture.rendered(), await fixture.rendered(.strict))
        #expect(try improved.document("/api/v2/courses/1/").at(pointer) == "\"\(language.label)\"")
        #expect(try strict.document("/api/v2/courses/1/").at(pointer) == "\"\(language.strict)\"")
        let isUnknown = language.label == "INVALID"
        #expect(improved.warnings.contains("language-unknown courses_courserun 2") == isUnknown)
        #expect(strict.warnings.contains("language-unknown courses_courserun 2") == isUnknown)
    }
}
