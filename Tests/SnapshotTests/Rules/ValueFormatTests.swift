import Snapshot
import Support
import Testing

@Suite("How values are written")
struct ValueFormatTests {
    @Test(
        "prices of pages are numbers in the shortest form, in the pages documents texts with two digits",
        arguments: Engine.allCases,
        [
            ("0.00", "0.0"), ("149.50", "149.5"), ("99.99", "99.99"), ("199.00", "199.0"), ("0.05", "0.05"),
            ("10.10", "10.1"), ("99999999.99", "99999999.99"), ("100.00", "100.0"),
        ])
    func prices(engine: Engine, price: (stored: String, number: String)) async throws {
        let catalog = try await RenderedCatalog(engine) {
            try $0.set("cms_coursepage", 10, ["max_price": price.stored])
            try $0.set("cms_programpage", 17, ["list_price": price.stored])
        }
        #expect(try catalog.document("/api/v2/courses/1/").at("/max_price") == price.number)
        #expect(try catalog.document("/api/v2/programs/1/").at("/page/list_price") == price.number)
        #expect(try catalog.document("/api/v2/pages/10/").at("/max_price") == #""\#(price.stored)""#)
        #expect(try catalog.document("/api/v2/pages/17/").at("/list_price") == #""\#(price.stored)""#)
        // The product's price is another matter.
        #expect(try catalog.document("/api/v2/programs/1/").at("/products/0/price") == #""599.00""#)
    }

    @Test(
        "instants are in UTC, with six fraction digits or none",
        arguments: Engine.allCases,
        [
            ("2099-09-01 14:00:00+00", "2099-09-01T14:00:00Z"),
            ("2099-09-01 14:00:00.100000+00", "2099-09-01T14:00:00.100000Z"),
            ("2099-09-01 14:00:00.000001+00", "2099-09-01T14:00:00.000001Z"),
            ("2099-09-01 23:30:00+05:45", "2099-09-01T17:45:00Z"),
            ("0999-12-31 23:59:59+00", "0999-12-31T23:59:59Z"),
            ("1969-12-31 23:59:59.999999+00", "1969-12-31T23:59:59.999999Z"),
        ])
    func instants(engine: Engine, instant: (stored: String, written: String)) async throws {
        let columns = [
            "start_date", "end_date", "enrollment_start", "enrollment_end", "expiration_date", "upgrade_deadline",
            "certificate_available_date",
        ]
        let run = try await RenderedCatalog(engine) {
            for column in columns { try $0.set("courses_courserun", 2, [column: instant.stored]) }
        }.document("/api/internal/courses/1/")["courseruns"]?.array?[1]
        for column in columns { #expect(run?[column]?.string == instant.written, "\(column)") }
    }

    @Test("CAT-27 only what JSON demands is escaped", arguments: Engine.allCases)
    func text(engine: Engine) async throws {
        let catalog = try await RenderedCatalog(engine) {
            try $0.set("courses_course", 1, ["title": "a/é \u{2028}\u{2029}\"\\ \u{7f}\t\u{1}<&>"])
        }
        let body = String(decoding: try catalog.body("/api/v2/courses/1/"), as: UTF8.self)
        #expect(body.hasPrefix(#"{"id":1,"title":"a/é \u2028\u2029\"\\ "# + "\u{7f}" + #"\t\u0001<&>","#))
        #expect(body.hasSuffix("}]}"))
    }

    @Test(
        "length and effort of a page: empty is null where they are stripped, and kept where they are not",
        arguments: [
            ("", "", "null", "null", #""""#, #""""#),
            ("<i>8</i> weeks", "<b></b>", #""8 weeks""#, #""""#, #""<i>8</i> weeks""#, #""<b></b>""#),
            ("8", nil, #""8""#, "null", #""8""#, "null"),
        ] as [(String, String?, String, String, String, String)])
    func workload(
        length: String, effort: String?, pageLength: String, pageEffort: String, duration: String, commitment: String
    ) async throws {
        let catalog = try await RenderedCatalog(.sqlite) {
            try $0.set("cms_coursepage", 10, ["length": length, "effort": effort])
            try $0.set("cms_programpage", 17, ["length": length, "effort": effort])
        }
        let course = try catalog.document("/api/v2/courses/1/")
        #expect(course.at("/page/length") == pageLength)
        #expect(course.at("/page/effort") == pageEffort)
        #expect(course.at("/duration") == duration)
        #expect(course.at("/time_commitment") == commitment)
        let program = try catalog.document("/api/v2/programs/1/")
        #expect(program.at("/page/length") == duration)
        #expect(program.at("/page/effort") == commitment)
        #expect(program.at("/duration") == duration)
        #expect(program.at("/time_commitment") == commitment)
    }

    @Test("a program's list price is its page's, else its product's; its price the first block of the stream")
    func listPrice() async throws {
        func page(_ edit: (inout Fixture) throws -> Void) async throws -> (String, String) {
            let program = try await RenderedCatalog(.sqlite, .improved, edit).document("/api/v2/programs/1/")
            return (program.at("/page/list_price"), program.at("/page/price"))
        }
        let prices = try await page {
            try $0.set("cms_programpage", 17, ["list_price": "700.00", "price": "[]"])
        }
        #expect(prices == ("700.0", "null"))
        let free = try await page {
            try $0.set("cms_programpage", 17, ["list_price": "0.00"])
        }
        #expect(free == ("0.0", #""$599""#))
        let two = #"[{"type":"p","value":{"text":"first"}},{"type":"p","value":{"text":"second"}}]"#
        let none = try await page {
            try $0.set("ecommerce_product", 3, ["is_active": "f"])
            try $0.set("cms_programpage", 17, ["price": two])
        }
        #expect(none == ("null", #""first""#))
    }

    @Test("a program's certificate needs a mode that costs something")
    func certificate() async throws {
        let catalog = try await RenderedCatalog(.sqlite) {
            try $0.set("courses_enrollmentmode", 2, ["requires_payment": "f"])
        }
        #expect(try catalog.document("/api/v2/programs/1/").at("/certificate_available") == "false")
        #expect(try catalog.document("/api/v2/programs/2/").at("/certificate_available") == "false")
    }

    @Test("an image without a file is none, and so is one that does not exist")
    func images() async throws {
        let empty = try await RenderedCatalog(.sqlite) { try $0.set("wagtailimages_image", 1, ["file": ""]) }
        #expect(try empty.document("/api/v2/courses/1/").at("/page/feature_image_src") == "null")
        let missing = try await RenderedCatalog(.sqlite) { try $0.delete("wagtailimages_image", 1) }
        #expect(try missing.document("/api/v2/courses/1/").at("/page/feature_image_src") == "null")
        #expect(try missing.document("/api/v2/pages/10/").at("/feature_image") == "null")
    }
}
