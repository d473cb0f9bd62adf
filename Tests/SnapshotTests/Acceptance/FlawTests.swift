import Bytes
import Snapshot
import Support
import Testing

@Suite("What is better than in MITx Online")
struct FlawTests {
    @Test(
        "CAT-25 a program page outside every site gives no form address and a warning", arguments: Engine.allCases,
        Compatibility.allCases)
    func outsideSite(engine: Engine, mode: Compatibility) async throws {
        let catalog = try await RenderedCatalog(engine, mode) {
            try $0.set("wagtailcore_site", 1, ["root_page_id": "4"])
        }
        let course = try catalog.document("/api/v2/courses/2/")
        #expect(course.at("/page/financial_assistance_form_url") == #""""#)
        #expect(catalog.warnings.contains("page-unroutable wagtailcore_page 17"))
    }

    @Test("CAT-26 the title of an unpublished draft does not leak, but in strict", arguments: Engine.allCases)
    func draftTitle(engine: Engine) async throws {
        let fixture = try await ReadFixture(engine) {
            try $0.set("courses_course", 1, ["title": "X"])
            try $0.set("wagtailcore_page", 10, ["draft_title": "X", "has_unpublished_changes": "t"])
        }
        let (improved, strict) = (await fixture.rendered(), await fixture.rendered(.strict))
        #expect(try improved.document("/api/v2/courses/1/").at("/title") == #""Algorithms one""#)
        #expect(improved.warnings.contains("draft-title-leak courses_course 1"))
        #expect(try strict.document("/api/v2/courses/1/").at("/title") == #""X""#)
        // The title that is shown decides the place in the list.
        #expect(try improved.document("/api/v2/courses/").at("/results/*/id") == "[1,2]")
        #expect(try strict.document("/api/internal/courses/").at("/results/*/id") == "[3,1,2]")
    }

    @Test("a draft's title of a program does not leak either, wherever the program is named")
    func draftProgramTitle() async throws {
        let fixture = try await ReadFixture(.sqlite) {
            try $0.set("courses_program", 1, ["title": "X"])
            try $0.set("wagtailcore_page", 17, ["draft_title": "X", "has_unpublished_changes": "t"])
        }
        for (mode, title) in [(Compatibility.improved, #""Prog one""#), (.strict, #""X""#)] {
            let catalog = await fixture.rendered(mode)
            #expect(try catalog.document("/api/v2/programs/1/").at("/title") == title)
            #expect(try catalog.document("/api/v2/courses/1/").at("/programs/0/title") == title)
            #expect(try catalog.document("/api/v2/programs/2/").at("/programs/0/title") == title)
            #expect(
                try catalog.document("/api/v2/program-collections/20/")["programs"]?.array?.last?.at("/title") == title)
        }
        #expect(await fixture.rendered().warnings.contains("draft-title-leak courses_program 1"))
    }

    @Test("CAT-60 nothing for everybody names an organisation", arguments: Engine.allCases)
    func privacy(engine: Engine) async throws {
        let site = try await ReadFixture(engine) {
            // The page of its certificates names the program.
            try $0.addCertificatePage(40, below: 19, title: "Certificate of Prog contract")
        }.renderedSite()
        let catalog = RenderedCatalog(site.rendering)
        let files = catalog.paths.filter { $0.hasPrefix("public/") }
        #expect(files.count > 30)
        let looked = [
            "index.html", "catalog/index.js", "feed.atom", "courses/course-v1:MITx+6.100x/index.html",
            "courses/course-v1:MITx+6.100x/course.ics",
        ]
        for file in looked { #expect(files.contains("public/\(file)"), "\(file)") }
        for path in files {
            let text = String(decoding: try #require(catalog.bytes(at: path)), as: UTF8.self)
            for secret in ["UAI_ACME", "program-v1:UAI+P3", #""b2b_contract":16"#, "Prog contract"] {
                #expect(!text.contains(secret), "\(path) names \(secret)")
                #expect(!path.contains(secret))
            }
        }
        let internalCourse = try catalog.document("/api/internal/courses/1/").compactText
        #expect(internalCourse.contains("UAI_ACME") && internalCourse.contains(#""b2b_contract":16"#))
    }
}

extension Fixture {
    /// Adds a page of certificates below the product page `parent`.
    mutating func addCertificatePage(_ id: Int, below parent: Int, title: String, live: Bool = true) throws {
        try addPage(id, below: parent, title: title, slug: "certificate-\(id)", live: live)
        try insert(
            "cms_certificatepage",
            [
                "page_ptr_id": "\(id)", "product_name": title, "signatories": "[]", "overrides": "[]",
                "should_provision_verifiable_credential": "f",
            ])
    }
}
