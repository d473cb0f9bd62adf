import Foundation
import Support
import Testing

@testable import Snapshot

@Suite("The feed")
struct AtomFeedTests {
    private static let pages = "wagtailcore_page"

    @Test("the newest pages come first, each with its dates and what it is about")
    func fixture() async throws {
        let site = try await SiteFixture()
        let courses = "https://mitxonline.mit.edu/courses/course-v1:MITx+6.100x/"
        let programs = "https://mitxonline.mit.edu/programs/program-v1:MITx+P"
        let expected = """
            <?xml version="1.0" encoding="UTF-8"?>
            <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
            <title>MITx Online: new courses and programs</title>
            <id>https://mitxonline.mit.edu/feed.atom</id>
            <link rel="self" type="application/atom+xml" href="https://mitxonline.mit.edu/feed.atom"/>
            <link rel="alternate" type="text/html" href="https://mitxonline.mit.edu/catalog/courses/"/>
            <updated>2024-12-19T09:30:00Z</updated>
            <author><name>MITx Online</name>
            </author>
            <entry>
            <title>Prog child</title>
            <id>\(programs)2/</id>
            <link rel="alternate" type="text/html" href="\(programs)2/"/>
            <published>2024-11-21T09:00:00Z</published>
            <updated>2024-12-19T09:30:00Z</updated>
            </entry>
            <entry>
            <title>Prog one</title>
            <id>\(programs)1/</id>
            <link rel="alternate" type="text/html" href="\(programs)1/"/>
            <published>2024-11-20T09:00:00Z</published>
            <updated>2024-12-18T09:30:00Z</updated>
            <summary>Prog desc &amp; more</summary>
            </entry>
            <entry>
            <title>Algorithms one</title>
            <id>\(courses)</id>
            <link rel="alternate" type="text/html" href="\(courses)"/>
            <published>2024-11-13T09:00:00Z</published>
            <updated>2024-12-11T09:30:00Z</updated>
            <summary>Learn &amp; grow; 3 &lt; 5 Second</summary>
            </entry>
            </feed>

            """
        #expect(site.file("feed.atom") == expected)
    }

    @Test("pages of one instant come by id; of a page that was never published again the first time counts")
    func ties() async throws {
        let site = try await SiteFixture {
            for page in [10, 17, 18] {
                try $0.set(Self.pages, page, ["first_published_at": "2025-01-01 00:00:00+00"])
            }
            try $0.set(Self.pages, 10, ["last_published_at": nil])
        }
        let feed = try #require(site.file("feed.atom"))
        let titles = feed.components(separatedBy: "<entry>\n<title>").dropFirst().map { $0.prefix(8) }
        #expect(titles == ["Algorith", "Prog one", "Prog chi"])
        #expect(feed.contains("<published>2025-01-01T00:00:00Z</published>\n<updated>2025-01-01T00:00:00Z</updated>"))
    }

    @Test("pages without a first publication are left out; an empty feed has changed when any page did")
    func empty() async throws {
        let site = try await SiteFixture {
            for page in [10, 17, 18] { try $0.set(Self.pages, page, ["first_published_at": nil]) }
        }
        let feed = try #require(site.file("feed.atom"))
        #expect(!feed.contains("<entry>"))
        #expect(feed.contains("<updated>2024-12-21T09:30:00Z</updated>"))
    }

    @Test("a feed of pages none of which has a date says one that never changes")
    func undated() async throws {
        let site = try await SiteFixture {
            for page in [10, 11, 12, 17, 18, 20] {
                try $0.set(Self.pages, page, ["first_published_at": nil, "last_published_at": nil])
            }
        }
        let feed = try #require(site.file("feed.atom"))
        #expect(feed.contains("<updated>2000-01-01T00:00:00Z</updated>"))
    }

    @Test("there are at most fifty entries")
    func many() async throws {
        let site = try await SiteFixture {
            for number in 1...60 {
                let id = 1000 + number
                try $0.addPage(id, below: 4, title: "Course \(number)", slug: "c\(number)")
                try $0.set(
                    Self.pages, id,
                    ["first_published_at": "2025-01-01 00:00:\(number % 60 < 10 ? "0" : "")\(number % 60)+00"])
                try $0.copy("courses_course", 1, ["id": "\(id)", "readable_id": "course-v1:X+\(number)"])
                try $0.copy("cms_coursepage", 10, ["page_ptr_id": "\(id)", "course_id": "\(id)"])
            }
        }
        let feed = try #require(site.file("feed.atom"))
        let titles = feed.components(separatedBy: "<entry>\n<title>").dropFirst().map { $0.prefix { $0 != "<" } }
        #expect(titles.count == 50)
        #expect(titles.first == "Course 59")
        #expect(titles.last == "Course 10")
    }

    @Test("hostile texts stay texts")
    func hostile() async throws {
        let title = "a]]>\u{1}b\u{ffff}c\rd<x>'"
        let site = try await SiteFixture(
            {
                try $0.set(Self.pages, 10, ["title": title])
                try $0.set("courses_course", 1, ["title": title])
            }, settings: { $0.site.name = "<&\">" })
        let feed = try #require(site.file("feed.atom"))
        #expect(feed.contains("<title>a]]&gt;bc&#13;d&lt;x&gt;&#39;</title>"))
        #expect(feed.contains("<name>&lt;&amp;&quot;&gt;</name>"))
    }
}
