import Bytes
import Snapshot
import Support
import Testing

@Suite("The pages documents")
struct PagesDocumentTests {
    @Test("the keys of an item stand in the order of the contract", arguments: Compatibility.allCases)
    func keys(mode: Compatibility) async throws {
        let catalog = try await RenderedCatalog(.sqlite, mode)
        let common = [
            "id", "meta", "title", "description", "length", "effort", "min_weekly_hours", "max_weekly_hours",
            "min_weeks", "max_weeks", "price", "min_price", "max_price", "prerequisites", "faq_url", "about",
            "what_you_learn", "feature_image", "video_url", "faculty_section_title", "faculty", "certificate_page",
            "how_youll_learn",
        ]
        let course = try catalog.document("/api/v2/pages/10/")
        #expect(
            course.keys == common + [
                "course_details", "topic_list", "include_in_learn_catalog", "ingest_content_files_for_ai",
                "show_stay_updated",
            ])
        #expect(
            course["meta"]?.keys == [
                "type", "detail_url", "html_url", "slug", "show_in_menus", "seo_title", "search_description",
                "first_published_at", "alias_of", "locale", "live", "last_published_at",
            ])
        #expect(course["feature_image"]?.keys == ["title", "image_url", "height", "width"])
        #expect(
            course["faculty"]?.array?.first?.keys == [
                "id", "instructor_name", "instructor_title", "instructor_bio_short", "instructor_bio_long",
                "feature_image_src",
            ])
        let program = try catalog.document("/api/v2/pages/17/")
        #expect(
            program.keys == common + ["program_details", "list_price", "include_in_learn_catalog", "show_stay_updated"])
        #expect(program["program_details"]?.keys.last == "enrollment_modes")
        #expect(program.at("/program_details/programs") == "null")
    }

    @Test("the address of a page is the site's with its readable id", arguments: Engine.allCases)
    func addresses(engine: Engine) async throws {
        let meta = try await RenderedCatalog(engine).document("/api/v2/pages/10/").at("/meta")
        #expect(
            meta
                == #"{"type":"cms.CoursePage","detail_url":"http://localhost/api/v2/pages/10/","#
                + #""html_url":"http://localhost/courses/course-v1:MITx+6.100x/","slug":"s1","show_in_menus":false,"#
                + #""seo_title":"","search_description":"","first_published_at":"2024-11-13T09:00:00Z","#
                + #""alias_of":null,"locale":"en","live":true,"last_published_at":"2024-12-11T09:30:00Z"}"#)
    }

    @Test(
        "pages are listed when live, in a site, open to everybody and meant for MIT Learn",
        arguments: [
            ("wagtailcore_page", 10, ["live": "f"]), ("cms_coursepage", 10, ["include_in_learn_catalog": "f"]),
            ("cms_coursepage", 10, ["include_in_learn_catalog": nil]),
            ("wagtailcore_site", 1, ["root_page_id": "5"]), ("wagtailcore_page", 10, ["url_path": "/elsewhere/s1/"]),
        ] as [(String, Int, [String: String?])])
    func notListed(table: String, id: Int, changes: [String: String?]) async throws {
        let catalog = try await RenderedCatalog(.sqlite) { try $0.set(table, id, changes) }
        #expect(
            try catalog.document("/api/v2/pages/cms.coursepage/").compactText
                == #"{"meta":{"total_count":0},"items":[]}"#)
        #expect(!catalog.serves("/api/v2/pages/10/"))
        #expect(!catalog.serves("/api/v2/pages/cms.coursepage/course-v1:MITx+6.100x/"))
        #expect(catalog.serves("/api/v2/courses/1/"))
    }

    @Test("a restriction on a page or one above it hides the page, but not the course", arguments: [10, 4, 3, 1])
    func restricted(page: Int) async throws {
        let catalog = try await RenderedCatalog(.sqlite) {
            try $0.insert(
                "wagtailcore_pageviewrestriction",
                ["id": "1", "page_id": "\(page)", "restriction_type": "login", "password": ""])
        }
        #expect(!catalog.serves("/api/v2/pages/10/"))
        #expect(try catalog.document("/api/v2/pages/cms.coursepage/").at("/meta/total_count") == "0")
        #expect(try catalog.document("/api/v2/courses/1/").at("/page/live") == "true")
        let departments = try catalog.document("/api/v2/departments/2/")
        #expect(departments.at("/course_ids") == "[1]")
    }

    @Test("a page of a course that is not live is listed all the same, in the order of page ids")
    func pageWithoutLiveCourse() async throws {
        let fixture = try await ReadFixture(.sqlite) {
            try $0.set("wagtailcore_page", 13, ["live": "t"])
            try $0.set("courses_course", 1, ["live": "f", "title": "zzz"])
        }
        for mode in Compatibility.allCases {
            let catalog = await fixture.rendered(mode)
            #expect(try catalog.document("/api/v2/pages/cms.coursepage/").at("/items/*/id") == "[10,13]")
            #expect(try catalog.document("/api/v2/pages/10/").at("/course_details/title") == #""zzz""#)
            #expect(!catalog.serves("/api/v2/courses/1/"))
        }
    }

    @Test("an organisation's program has no pages document")
    func contractProgram() async throws {
        let fixture = try await ReadFixture(.sqlite) {
            try $0.set("cms_programpage", 19, ["include_in_learn_catalog": "t"])
            try $0.set("cms_programpage", 18, ["include_in_learn_catalog": "t"])
        }
        for mode in Compatibility.allCases {
            let catalog = await fixture.rendered(mode)
            #expect(try catalog.document("/api/v2/pages/cms.programpage/").at("/items/*/id") == "[17,18]")
            #expect(!catalog.serves("/api/v2/pages/19/"))
        }
    }

    @Test("a page that describes no course has no details and no address by readable id")
    func unowned() async throws {
        let catalog = try await RenderedCatalog(.sqlite) {
            try $0.set("cms_coursepage", 10, ["course_id": nil])
            try $0.set("cms_programpage", 17, ["program_id": nil])
        }
        let page = try catalog.document("/api/v2/pages/10/")
        #expect(page.at("/course_details") == "null")
        #expect(page.at("/meta/html_url") == #""http://localhost/courses/s1/""#)
        #expect(try catalog.document("/api/v2/pages/17/").at("/program_details") == "null")
        #expect(try catalog.document("/api/v2/pages/cms.coursepage/").at("/items/*/id") == "[10]")
        #expect(!catalog.serves("/api/v2/pages/cms.coursepage/course-v1:MITx+6.100x/"))
        #expect(try catalog.document("/api/v2/courses/1/").at("/page") == "null")
    }

    @Test("an alias says nothing of what it is an alias of")
    func alias() async throws {
        let catalog = try await RenderedCatalog(.sqlite) {
            try $0.set("wagtailcore_page", 10, ["alias_of_id": "13"])
        }
        #expect(try catalog.document("/api/v2/pages/10/").at("/meta/alias_of") == "null")
    }

    @Test("a draft's texts stay in the draft, the page shows its own title", arguments: Compatibility.allCases)
    func drafts(mode: Compatibility) async throws {
        let catalog = try await RenderedCatalog(.sqlite, mode) {
            try $0.set("wagtailcore_page", 10, ["draft_title": "Draft", "has_unpublished_changes": "t"])
        }
        #expect(try catalog.document("/api/v2/pages/10/").at("/title") == #""Algorithms one""#)
        for path in catalog.paths {
            #expect(
                !String(decoding: try #require(catalog.bytes(at: path)), as: UTF8.self).contains("Draft"), "\(path)")
        }
    }

    @Test("course_details is the public document without its runs")
    func courseDetails() async throws {
        let catalog = try await RenderedCatalog(.sqlite)
        guard case .object(let members) = try catalog.document("/api/v2/courses/1/") else { return }
        let details = JSONValue.object(members.filter { $0.key != "courseruns" })
        #expect(members.count == 24)
        #expect(try catalog.document("/api/v2/pages/10/").at("/course_details") == details.compactText)
        let byReadableID = try catalog.document("/api/v2/pages/cms.coursepage/course-v1:MITx+6.100x/")
        #expect(byReadableID.at("/meta/total_count") == "1")
        #expect(try byReadableID.at("/items/0") == catalog.document("/api/v2/pages/10/").compactText)
        #expect(try byReadableID.compactText == catalog.document("/api/v2/pages/cms.coursepage/").compactText)
    }

    @Test("strict keeps the oddities of course_details")
    func strictCourseDetails() async throws {
        let fixture = try await ReadFixture(.sqlite) {
            try $0.set("courses_program", 2, ["live": "f"])
            try $0.set("wagtailcore_page", 17, ["live": "f"])
        }
        let details = try await fixture.rendered(.strict).document("/api/v2/pages/10/")
        #expect(details.at("/course_details/certificate_available") == "false")
        #expect(details.at("/course_details/programs/*/id") == "[1,2]")
        #expect(details.at("/course_details/possible_variant_sets/*/language") == #"["en","fr","de","es_ES"]"#)
        #expect(details.at("/course_details/next_run_id") == "4")
        #expect(details.at("/course_details/page/current_price") == "null")
        let improved = try await fixture.rendered().document("/api/v2/pages/10/")
        #expect(improved.at("/course_details/certificate_available") == "true")
        #expect(improved.at("/course_details/programs") == "[]")
        #expect(improved.at("/course_details/possible_variant_sets/*/language") == #"["en","fr"]"#)
        #expect(improved.at("/course_details/next_run_id") == "2")
    }

    @Test("faculty come by their links; one without a page is left out, in strict it has four empty values")
    func faculty() async throws {
        let fixture = try await ReadFixture(.sqlite) {
            try $0.set("cms_instructorpagelink", 2, ["linked_instructor_page_id": nil])
            try $0.insert(
                "cms_instructorpagelink",
                ["id": "3", "order": "1", "page_id": "10", "linked_instructor_page_id": "11"])
            // Whether the instructor's page is live is not looked at.
            try $0.set("wagtailcore_page", 11, ["live": "f"])
        }
        let improved = try await fixture.rendered().document("/api/v2/pages/10/")
        #expect(improved.at("/faculty/*/id") == "[12,11]")
        #expect(improved.at("/faculty/1/instructor_bio_short") == #""<p>Bio <i>short</i> &amp; sweet</p>""#)
        let strict = try await fixture.rendered(.strict).document("/api/v2/pages/10/")
        #expect(
            strict.at("/faculty/1")
                == #"{"instructor_title":null,"instructor_bio_short":null,"instructor_bio_long":null,"#
                + #""feature_image_src":null}"#)
        #expect(strict.at("/faculty/*/id") == #"[12,"(missing)",11]"#)
        for mode in Compatibility.allCases {
            let names = try await fixture.rendered(mode).document("/api/v2/courses/1/").at("/page/instructors/*/name")
            #expect(
                names == (mode == .strict ? #"["Ada Lovelace","Alan Turing"]"# : #"["Alan Turing","Ada Lovelace"]"#))
        }
    }

    @Test("the ways of learning come in their own order with the texts that are set")
    func howYoullLearn() async throws {
        let fixture = try await ReadFixture(.sqlite) {
            try $0.set(
                "cms_coursepage", 10,
                [
                    "hyl_choice_stackable_credentials": "t", "hyl_choice_ai_enabled_support": "t",
                    "hyl_choice_learn_on_demand": "t", "hyl_choice_learn_from_others": "t",
                    "hyl_choice_learn_by_doing": "t", "hyl_choice_realworld_learning": "t",
                ])
            try $0.set("cms_programpage", 17, ["hyl_choice_learn_by_doing": nil])
        }
        let ways = try await fixture.rendered { $0.howYoullLearn = [.learnOnDemand: "When you like."] }
            .document("/api/v2/pages/10/")
        #expect(
            ways.at("/how_youll_learn/*/key")
                == #"["realworld_learning","learn_by_doing","learn_from_others","learn_on_demand","#
                + #""ai_enabled_support","stackable_credentials"]"#)
        #expect(
            ways.at("/how_youll_learn/*/icon")
                == #"["IconConnectedPeople","IconBrains","IconBrains","IconBrains","IconComputerBulb","IconCertificate"]"#
        )
        #expect(
            ways.at("/how_youll_learn/*/title")
                == #"["Real-World Learning","Practical Application","Learn From Others","Learn On Demand","#
                + #""AI-Enabled Support","Stackable Credentials"]"#)
        #expect(ways.at("/how_youll_learn/*/text") == #"["","","","When you like.","",""]"#)
        #expect(try await fixture.rendered().document("/api/v2/pages/17/").at("/how_youll_learn") == "[]")
        for way in try await fixture.rendered().document("/api/v2/pages/10/")["how_youll_learn"]?.array ?? [] {
            #expect(way["text"]?.string?.isEmpty == false)
        }
    }

    @Test("topics come by their parents' names, parents themselves last; equal parents do not matter")
    func topicList() async throws {
        let fixture = try await ReadFixture(.sqlite) {
            try $0.copy("courses_coursestopic", 106, ["id": "201", "name": "Biology & Life"])
            for (id, topic) in [(11, "108"), (12, "106"), (13, "202")] {
                if topic == "202" {
                    try $0.copy("courses_coursestopic", 107, ["id": "202", "name": "Aging", "parent_id": "201"])
                }
                try $0.insert(
                    "cms_coursepage_topics", ["id": "\(id)", "coursepage_id": "10", "coursestopic_id": topic])
            }
        }
        for mode in Compatibility.allCases {
            let page = try await fixture.rendered(mode).document("/api/v2/pages/10/")
            #expect(
                page.at("/topic_list/*/name")
                    == #"["Aging","Genetics","Algorithms","Biology & Life","Computer Science"]"#, "\(mode)")
            #expect(
                page.at("/topic_list/*/parent")
                    == #"["Biology & Life","Biology & Life","Computer Science",null,null]"#)
        }
    }

    @Test("the first live certificate page below a product page, with its parent", arguments: Engine.allCases)
    func certificate(engine: Engine) async throws {
        let fixture = try await ReadFixture(engine) {
            try $0.addCertificatePage(40, below: 10, title: "Draft", live: false)
            try $0.addCertificatePage(42, below: 10, title: "First")
            try $0.addCertificatePage(41, below: 10, title: "Second")
            try $0.addPage(50, below: 7, title: "Dean", slug: "dean")
            try $0.insert(
                "cms_signatorypage",
                ["page_ptr_id": "50", "name": "Dean", "title_1": "Dean", "title_3": "Prof", "signature_image_id": "1"])
            let signatories = #"[{"id":"b","type":"signatory","value":50},{"type":"signatory","value":99}]"#
            let overrides = #"[{"id":"a","value":{"CEUs":1.50,"readable_id":"x"},"type":"course_run"}]"#
            try $0.set(
                "cms_certificatepage", 42, ["CEUs": "2.5", "signatories": signatories, "overrides": overrides])
        }
        for (mode, parentURL) in [(Compatibility.improved, "course-v1:MITx+6.100x"), (.strict, "s1")] {
            let catalog = await fixture.rendered(mode)
            let nested = try catalog.document("/api/v2/pages/10/")
            #expect(nested.at("/certificate_page/id") == "42")
            #expect(
                nested.at("/certificate_page/meta/parent")
                    == #"{"id":10,"meta":{"type":"cms.CoursePage","detail_url":"http://localhost/api/v2/pages/10/","#
                    + #""html_url":"http://localhost/courses/\#(parentURL)/"},"title":"Algorithms one"}"#)
            #expect(nested.at("/certificate_page/meta/live") == "(missing)")
            #expect(
                nested.at("/certificate_page/meta/html_url")
                    == #""http://localhost/courses/course-v1:MITx+6.100x/certificate-42/""#)
            let own = try catalog.document("/api/v2/pages/42/")
            #expect(own.keys == ["id", "meta", "title", "product_name", "CEUs", "overrides", "signatory_items"])
            #expect(own.at("/meta/parent") == "(missing)")
            #expect(own.at("/meta/live") == "true")
            #expect(own.at("/CEUs") == #""2.5""#)
            #expect(
                own.at("/overrides") == #"[{"type":"course_run","value":{"readable_id":"x","CEUs":1.50},"id":"a"}]"#)
            #expect(
                own.at("/signatory_items")
                    == #"[{"name":"Dean","title_1":"Dean","title_2":null,"title_3":"Prof","organization":null,"#
                    + #""signature_image":"/media/original_images/dome.png"}]"#)
            #expect(try catalog.document("/api/v2/pages/cms.certificatepage/").at("/items/*/id") == "[41,42]")
            #expect(!catalog.serves("/api/v2/pages/40/"))
        }
    }

    @Test("rich text leads to pages by their URL; with several sites that is a full one")
    func richText() async throws {
        let edit: (inout Fixture) throws -> Void = {
            let link = #"<p><a linktype="page" id="17">P</a> <a linktype="page" id="99">none</a></p>"#
            try $0.set("cms_coursepage", 10, ["about": link, "prerequisites": "", "what_you_learn": nil])
        }
        let one = try await RenderedCatalog(.sqlite, .improved, edit).document("/api/v2/pages/10/")
        #expect(one["about"]?.string == #"<p><a href="/programs/program-v1:MITx+P1/">P</a> <a>none</a></p>"#)
        #expect(one.at("/prerequisites") == #""""#)
        #expect(one.at("/what_you_learn") == "null")
        let two = try await RenderedCatalog(.sqlite) {
            try edit(&$0)
            try $0.copy(
                "wagtailcore_site", 1, ["id": "2", "hostname": "b.org", "is_default_site": "f", "root_page_id": "8"])
        }
        #expect(
            try two.document("/api/v2/pages/10/")["about"]?.string
                == #"<p><a href="http://localhost/programs/program-v1:MITx+P1/">P</a> <a>none</a></p>"#)
        #expect(
            try two.document("/api/v2/courses/1/").at("/page/financial_assistance_form_url")
                == #""http://localhost/programs/program-v1:MITx+P1/apply/""#)
    }

    @Test("without pages documents there are none at all")
    func switchedOff() async throws {
        let catalog = try await ReadFixture(.sqlite).rendered { $0.pages = false }
        #expect(!catalog.paths.contains { $0.contains("/pages/") })
        #expect(catalog.serves("/api/v2/courses/1/"))
    }
}
