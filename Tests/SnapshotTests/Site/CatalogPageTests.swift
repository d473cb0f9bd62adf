import Foundation
import Snapshot
import Support
import Testing

@Suite("The catalog's pages")
struct CatalogPageTests {
    static let course = "../../courses/course-v1:MITx+6.100x/"

    @Test(
        "CAT-53 the catalog lists what has an open run and a live page, by department and topic",
        arguments: Engine.allCases)
    func lists(engine: Engine) async throws {
        let site = try await ReadFixture(engine).renderedSite()
        #expect(try site.cards("/catalog/courses/") == ["Algorithms one -> \(Self.course): Start Anytime"])
        #expect(try site.text("/catalog/courses/").contains(">1 course<"))
        let page = try site.text("/catalog/courses/")
        for (slug, name) in [
            ("biology", "Biology"),
            ("electrical-engineering-and-computer-science", "Electrical Engineering and Computer Science"),
        ] {
            #expect(page.contains("<a href=\"../../catalog/courses/\(slug)/\">\(name) <"))
            #expect(
                try site.cards("/catalog/courses/\(slug)/") == ["Algorithms one -> ../\(Self.course): Start Anytime"])
        }
        for topic in ["algorithms", "computer-science"] {
            #expect(page.contains("<a href=\"../../catalog/topics/\(topic)/\">"))
            #expect(
                try site.cards("/catalog/topics/\(topic)/") == ["Algorithms one -> ../\(Self.course): Start Anytime"])
        }
    }

    @Test("CAT-54 a card speaks of the earliest open public run", arguments: Engine.allCases)
    func dateText(engine: Engine) async throws {
        let site = try await ReadFixture(engine).renderedSite()
        #expect(try site.cards("/catalog/courses/") == ["Algorithms one -> \(Self.course): Start Anytime"])
        let later = try await ReadFixture(engine) {
            for mode in 1...2 { try? $0.delete("courses_courserun_enrollment_modes", mode) }
            try $0.delete("courses_courserun", 1)
        }.renderedSite()
        #expect(try later.cards("/catalog/courses/") == ["Algorithms one -> \(Self.course): Starts: September 1, 2099"])
    }

    @Test("a run that has begun is under way, unless learners set their own pace")
    func underWay() async throws {
        func card(selfPaced: String) async throws -> [String] {
            try await ReadFixture(.sqlite) {
                try $0.set("courses_courserun", 1, ["end_date": "2099-06-01 00:00:00+00", "is_self_paced": selfPaced])
            }.renderedSite().cards("/catalog/courses/")
        }
        #expect(try await card(selfPaced: "f") == ["Algorithms one -> \(Self.course): Started: January 15, 2025"])
        #expect(try await card(selfPaced: "t") == ["Algorithms one -> \(Self.course): Start Anytime"])
    }

    @Test("programs of organisations are not listed; those of all have their kind on the card")
    func programs() async throws {
        let site = try await ReadFixture(.sqlite).renderedSite()
        let one = "Prog one -> ../../programs/program-v1:MITx+P1/: MicroMasters®"
        let child = "Prog child -> ../../programs/program-v1:MITx+P2/: Series"
        #expect(try site.cards("/catalog/programs/") == [child, one])
        #expect(try site.text("/catalog/programs/").contains(">2 programs<"))
        #expect(site.has("/catalog/programs/electrical-engineering-and-computer-science/"))
        #expect(!site.has("/catalog/programs/biology/"))
    }

    @Test("the catalog opens with the list of courses, under that list's address")
    func opening() async throws {
        let site = try await ReadFixture(.sqlite).renderedSite()
        #expect(
            try site.cards("/catalog/") == ["Algorithms one -> ../courses/course-v1:MITx+6.100x/: Start Anytime"])
        let canonical = #"<link rel="canonical" href="https://mitxonline.mit.edu/catalog/courses/">"#
        #expect(try site.text("/catalog/").contains(canonical))
        #expect(try site.text("/catalog/courses/").contains(canonical))
    }

    @Test("cards lead to MIT Learn where an installation wants it")
    func learnLinks() async throws {
        let site = try await ReadFixture(.sqlite).renderedSite { $0.site.productLinks = .learn }
        let link = "https://learn.mit.edu/courses/course-v1:MITx+6.100x"
        #expect(try site.cards("/catalog/courses/") == ["Algorithms one -> \(link): Start Anytime"])
        #expect(try site.text("/catalog/index.js").contains("\"courses\":\"https://learn.mit.edu/courses/\""))
    }

    @Test("a list of more than 60 goes on on further pages, which name their neighbours")
    func paging() async throws {
        let site = try await ReadFixture(.sqlite) { fixture in
            for number in 1...130 { try fixture.addCourse(number) }
        }.renderedSite()
        let counts = try ["/catalog/courses/", "/catalog/courses/page/2/", "/catalog/courses/page/3/"]
            .map { try site.cards($0).count }
        #expect(counts == [60, 60, 11])
        #expect(!site.has("/catalog/courses/page/4/"))
        #expect(try site.text("/catalog/courses/").contains(">131 courses<"))
        let second = try site.text("/catalog/courses/page/2/")
        #expect(second.contains(#"<a class="step" href="../../../../catalog/courses/" rel="prev">"#))
        #expect(second.contains(#"<a class="step" href="../../../../catalog/courses/page/3/" rel="next">"#))
        #expect(second.contains("<title>Courses, page 2 | MITx Online</title>"))
        #expect(try site.text("/catalog/").contains(#"href="../catalog/courses/page/2/" rel="next""#))
        #expect(try !site.text("/catalog/courses/page/3/").contains("rel=\"next\""))
        let all = try ["/catalog/courses/", "/catalog/courses/page/2/", "/catalog/courses/page/3/"]
            .flatMap { try site.cards($0).map { $0.between("+", "/") } }
        #expect(Set(all).count == 131)
    }

    @Test("titles cannot break out of where they stand")
    func hostileTitles() async throws {
        let title = #"</title><script>alert(1)</script>"'&<b>"#
        let site = try await ReadFixture(.sqlite) {
            try $0.set("courses_course", 1, ["title": title])
            try $0.set("courses_department", 2, ["name": title])
            try $0.set("courses_coursestopic", 107, ["name": title])
        }.renderedSite()
        let escaped = "&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#x27;&amp;&lt;b&gt;"
        #expect(try site.cards("/catalog/courses/").first?.hasPrefix(escaped) == true)
        for artifact in site.rendering.artifacts where artifact.path.hasSuffix(".html") {
            let text = String(decoding: artifact.body.bytes(snapshotID: ""), as: UTF8.self)
            #expect(!text.contains("<script>alert"), "in \(artifact.path)")
        }
    }
}

extension Fixture {
    /// Adds a course like course 1 with an open run.
    fileprivate mutating func addCourse(_ number: Int) throws {
        let (course, page) = (1000 + number, 2000 + number)
        let id = "course-v1:MITx+\(course)x"
        try copy("courses_course", 1, ["id": "\(course)", "title": "More \(course)", "readable_id": id])
        try copy(
            "courses_courserun", 1,
            ["id": "\(course)", "course_id": "\(course)", "courseware_id": "\(id)+1T2025"])
        let parent = try value("wagtailcore_page", 10, "path").map { String($0.dropLast(4)) }
        let above = try #require(parent.flatMap { path in pageID(path: path) })
        try addPage(page, below: above, title: "More \(course)", slug: "more-\(course)")
        try copy("cms_coursepage", 10, ["page_ptr_id": "\(page)", "course_id": "\(course)"])
    }

    private func pageID(path: String) -> Int? {
        guard let table = tables["wagtailcore_page"], let column = table.columns.firstIndex(of: "path"),
            let key = table.columns.firstIndex(of: "id")
        else { return nil }
        return table.rows.first { $0[column] == path }.flatMap { $0[key] }.flatMap { Int($0) }
    }
}
