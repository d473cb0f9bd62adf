import Bytes
import Foundation
import Support
import Testing

@testable import Snapshot

@Suite("Structured data")
struct StructuredDataTests {
    private static let runs = "courses_courserun"
    private static let coursePage = "cms_coursepage"

    private func course(
        _ edit: (inout Fixture) throws -> Void = { _ in }, settings change: (inout RenderSettings) -> Void = { _ in }
    ) async throws -> JSONValue {
        try JSONValue(parsing: Array(try await text(edit, settings: change).utf8))
    }

    private func text(
        _ edit: (inout Fixture) throws -> Void = { _ in }, settings change: (inout RenderSettings) -> Void = { _ in }
    ) async throws -> String {
        let site = try await SiteFixture(edit, settings: change)
        let course = try #require(site.context.catalog.course(1))
        return try #require(site.structuredData.course(course)).text
    }

    @Test("a course says what it is, who offers it, what it costs and when it runs")
    func fixture() async throws {
        let page = "https://mitxonline.mit.edu/courses/course-v1:MITx+6.100x/"
        let schedule =
            #""courseWorkload":"PT5H","courseSchedule":{"@type":"Schedule","repeatFrequency":"Weekly","repeatCount":8},"#
            + #""instructor":[{"@type":"Person","name":"Alan Turing"},{"@type":"Person","name":"Ada Lovelace"}]}"#
        let instance = #"{"@type":"CourseInstance","courseMode":"Online","startDate":"#
        let expected =
            #"{"@context":"https://schema.org","@type":"Course","@id":"\#(page)","url":"\#(page)","#
            + #""name":"Algorithms one","description":"Learn & grow; 3 \u003c 5 Second","courseCode":"6.100x","#
            + #""provider":{"@type":"Organization","name":"MIT","url":"https://www.mit.edu"},"#
            + #""image":"https://mitxonline.mit.edu/media/original_images/dome.png?v=ab12","#
            + #""inLanguage":["en","fr"],"about":["Algorithms","Genetics","Biology & Life","Computer Science"],"#
            + #""educationalCredentialAwarded":"MicroMasters Credential","offers":["#
            + #"{"@type":"Offer","category":"Free","price":0,"priceCurrency":"USD"},"#
            + #"{"@type":"Offer","category":"Paid","price":149.5,"priceCurrency":"USD"}],"hasCourseInstance":["#
            + instance + #""2025-01-15T14:00:00Z","endDate":"2025-06-01T23:59:59Z","# + schedule + ","
            + instance + #""2099-09-01T14:00:00.123456Z","# + schedule + ","
            + instance + #""2099-09-01T14:00:00Z","# + schedule + "]}"
        #expect(try await text() == expected)
    }

    @Test("what a course does not have is not mentioned")
    func bare() async throws {
        let bare = try await course {
            for run in 1...5 { try $0.set(Self.runs, run, ["live": "f", "language": ""]) }
            try $0.delete("courses_courserun_enrollment_modes", where: "enrollmentmode_id", is: "1")
            try $0.delete("cms_instructorpagelink", where: "page_id", is: "10")
            try $0.delete("cms_coursepage_topics", where: "coursepage_id", is: "10")
            try $0.set(Self.coursePage, 10, ["description": "<p></p>", "feature_image_id": nil])
        }
        #expect(
            bare.keys == ["@context", "@type", "@id", "url", "name", "courseCode", "provider"])
        // Without a run that one could enroll in, the course's own key tells its number.
        #expect(bare.at("/courseCode") == #""6.100x""#)
    }

    @Test("languages are written with a hyphen, prerequisites without tags, hours only when whole")
    func values() async throws {
        let course = try await course {
            try $0.set(Self.runs, 1, ["language": "pt_BR"])
            try $0.set(Self.runs, 4, ["language": "de"])
            try $0.set(Self.coursePage, 10, ["prerequisites": "<p>Some <b>algebra</b></p>", "max_weekly_hours": "5-6"])
        }
        #expect(course.at("/inLanguage") == #"["pt-BR","en","fr"]"#)
        #expect(course.at("/coursePrerequisites") == #""Some algebra""#)
        #expect(
            course["hasCourseInstance"]?.array?.first?.keys
                == ["@type", "courseMode", "startDate", "endDate", "instructor"])
    }

    @Test("hours without weeks have no schedule")
    func hoursAlone() async throws {
        let course = try await course { try $0.set(Self.coursePage, 10, ["max_weeks": nil]) }
        #expect(course.at("/hasCourseInstance/*/courseWorkload") == #"["PT5H","PT5H","PT5H"]"#)
        #expect(course["hasCourseInstance"]?.array?.first?["courseSchedule"] == nil)
    }

    @Test("addresses are those that search engines are told to list")
    func canonical() async throws {
        let course = try await course(settings: { $0.site.canonical = .learn })
        #expect(course.at("/@id") == #""https://learn.mit.edu/courses/course-v1:MITx+6.100x""#)
        #expect(course.at("/url") == course.at("/@id"))
    }

    @Test("nothing in a text ends the script element")
    func hostile() async throws {
        let hostile = "</script><!--<script>\u{2028}\u{2029}\u{0}\"\\]]>"
        let text = try await text {
            try $0.set("wagtailcore_page", 10, ["title": hostile])
        }
        #expect(!text.contains("<"))
        let kept = text.unicodeScalars.filter {
            $0.properties.generalCategory == .control || $0.properties.isWhitespace
        }
        #expect(kept.allSatisfy { $0 == " " })
        #expect(try JSONValue(parsing: Array(text.utf8))["name"]?.string == hostile)
    }

    @Test("a program names the courses that have a page")
    func program() async throws {
        let site = try await SiteFixture()
        let program = try #require(site.context.catalog.program(1))
        let page = "https://mitxonline.mit.edu/programs/program-v1:MITx+P1/"
        let course = "https://mitxonline.mit.edu/courses/course-v1:MITx+6.100x/"
        #expect(
            site.structuredData.program(program)?.text
                == #"{"@context":"https://schema.org","@type":"EducationalOccupationalProgram","@id":"\#(page)","#
                + #""url":"\#(page)","name":"Prog one","description":"Prog desc & more","#
                + #""provider":{"@type":"Organization","name":"MIT","url":"https://www.mit.edu"},"#
                + #""hasCourse":[{"@type":"Course","@id":"\#(course)","url":"\#(course)","name":"Algorithms one"}]}"#)
        let hidden = try #require(site.context.catalog.program(3))
        #expect(site.structuredData.program(hidden) == nil)
    }

    @Test("lists number their items through all pages")
    func lists() async throws {
        let site = try await SiteFixture()
        let start = #"{"@context":"https://schema.org","@type":"ItemList","numberOfItems":"#
        let base = "https://mitxonline.mit.edu"
        #expect(
            site.structuredData.list(site.plan.catalogCourses, of: 1).text
                == start + #"1,"itemListElement":[{"@type":"ListItem","position":1,"#
                + #""url":"\#(base)/courses/course-v1:MITx+6.100x/","name":"Algorithms one"}]}"#)
        #expect(
            site.structuredData.list(site.plan.catalogPrograms, from: 61, of: 62).text
                == start + #"62,"itemListElement":[{"@type":"ListItem","position":61,"#
                + #""url":"\#(base)/programs/program-v1:MITx+P2/","name":"Prog child"},"#
                + #"{"@type":"ListItem","position":62,"url":"\#(base)/programs/program-v1:MITx+P1/","name":"Prog one"}]}"#
        )
    }
}
