import Bytes
import Foundation
import Support
import Testing

@testable import Snapshot

@Suite("Calendars of courses")
struct CourseCalendarTests {
    private static let runs = "courses_courserun"
    private static let path = "courses/course-v1:MITx+6.100x/course.ics"

    private func event(_ lines: String...) -> [String] {
        ["BEGIN:VEVENT"] + lines + [
            "URL:https://mitxonline.mit.edu/courses/course-v1:MITx+6.100x/", "TRANSP:TRANSPARENT", "END:VEVENT",
        ]
    }

    /// The lines of the file, unfolded.
    private func lines(_ edit: (inout Fixture) throws -> Void = { _ in }) async throws -> [String] {
        let site = try await SiteFixture(edit)
        let file = try #require(site.file(Self.path))
        #expect(file.hasSuffix("\r\n"))
        return unfolded(file).components(separatedBy: "\r\n").dropLast()
    }

    /// Put together by bytes: for Swift a space and the joiner after it are one character.
    private func unfolded(_ file: String) -> String {
        var bytes: [UInt8] = []
        for byte in file.utf8 {
            bytes.append(byte)
            if bytes.suffix(3) == [0x0d, 0x0a, 0x20] { bytes.removeLast(3) }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test("the dates of the offered runs, days for the course and instants for deadlines")
    func fixture() async throws {
        let stamp = "DTSTAMP:20241211T093000Z"
        let link = #"\nhttps://mitxonline.mit.edu/courses/course-v1:MITx+6.100x/"#
        let english = (past: "DESCRIPTION:1T2025\\, English" + link, next: "DESCRIPTION:3T2099\\, English" + link)
        let expected =
            [
                "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//mitxonline-flows//Course dates//EN", "CALSCALE:GREGORIAN",
                "METHOD:PUBLISH", "X-WR-CALNAME:Algorithms one",
            ]
            + event(
                "UID:start-1@mitxonline.mit.edu", stamp, "DTSTART;VALUE=DATE:20250115",
                "SUMMARY:Course starts: Algorithms one", english.past)
            + event(
                "UID:end-1@mitxonline.mit.edu", stamp, "DTSTART;VALUE=DATE:20250601",
                "SUMMARY:Course ends: Algorithms one", english.past)
            + event(
                "UID:start-2@mitxonline.mit.edu", stamp, "DTSTART;VALUE=DATE:20990901",
                "SUMMARY:Course starts: Algorithms one", english.next)
            + event(
                "UID:enrollment-end-2@mitxonline.mit.edu", stamp, "DTSTART:20991001T000000Z",
                "SUMMARY:Enrollment ends: Algorithms one", english.next)
            + event(
                "UID:upgrade-deadline-2@mitxonline.mit.edu", stamp, "DTSTART:20991101T000000Z",
                "SUMMARY:Upgrade deadline: Algorithms one", english.next)
            + event(
                "UID:start-3@mitxonline.mit.edu", stamp, "DTSTART;VALUE=DATE:20990901",
                "SUMMARY:Course starts: Algorithmes", "DESCRIPTION:3T2099\\, French" + link)
            + ["END:VCALENDAR"]
        #expect(try await lines() == expected)
    }

    @Test("a page without a date stamps events with their own")
    func undated() async throws {
        let lines = try await lines {
            try $0.set("wagtailcore_page", 10, ["last_published_at": nil])
            try $0.set(Self.runs, 2, ["start_date": "2099-09-01 23:59:58.999999+00"])
        }
        #expect(lines.contains("DTSTAMP:20250115T140000Z"))
        #expect(lines.contains("DTSTAMP:20990901T235958Z"))
    }

    @Test("there is no upgrade where nothing is sold")
    func unsold() async throws {
        let lines = try await lines { try $0.set("ecommerce_product", 1, ["is_active": "f"]) }
        #expect(!lines.contains { $0.hasPrefix("UID:upgrade-deadline") })
    }

    @Test("a course without offered runs has no file, and none without a page")
    func none() async throws {
        let closed = try await SiteFixture {
            for run in 1...3 { try $0.set(Self.runs, run, ["live": "f"]) }
        }
        let course = try #require(closed.context.catalog.course(1))
        #expect(!closed.context.hasCalendar(course))
        #expect(closed.file(Self.path) == nil)
        let pageless = try await SiteFixture { try $0.set("wagtailcore_page", 10, ["live": "f"]) }
        #expect(pageless.file(Self.path) == nil)
        #expect(closed.plan.path(of: course) != nil)
    }

    @Test("texts of editors cannot add lines and keep what they say")
    func hostile() async throws {
        let lines = try await lines {
            try $0.set(Self.runs, 1, ["title": "a\r\nEND:VCALENDAR\u{2028}b;c,d\\e\u{7f}\u{0}\u{9b}\t\"f"])
        }
        #expect(lines.filter { $0 == "END:VCALENDAR" }.count == 1)
        #expect(lines.contains("SUMMARY:Course starts: a\\nEND:VCALENDAR\\nb\\;c\\,d\\\\e\t\"f"))
    }

    @Test("lines are folded at 75 bytes between characters", arguments: 0..<8)
    func folding(offset: Int) async throws {
        let title = String(repeating: "x", count: offset) + String(repeating: "👩🏽‍🔬é漢", count: 40)
        let site = try await SiteFixture { try $0.set(Self.runs, 1, ["title": title]) }
        let file = try #require(site.file(Self.path))
        let folded = file.components(separatedBy: "\r\n")
        #expect(folded.allSatisfy { $0.utf8.count <= 75 })
        #expect(folded.contains { $0.utf8.count > 71 && $0.hasPrefix(" ") })
        #expect(!file.contains("\u{fffd}"))
        #expect(unfolded(file).contains("SUMMARY:Course starts: \(title)\r\n"))
    }

    @Test("a line of 75 bytes is left whole, one of 76 is not", arguments: [75, 76])
    func border(length: Int) {
        var writer = CalendarWriter(into: ByteBuffer())
        writer.add("X:", text: String(repeating: "x", count: length - 2))
        let text = String(decoding: writer.buffer.bytes, as: UTF8.self)
        let whole = "X:" + String(repeating: "x", count: 73)
        #expect(text == (length == 75 ? "\(whole)\r\n" : "\(whole)\r\n x\r\n"))
    }

    @Test("the same catalog gives the same files, however often")
    func deterministic() async throws {
        let first = try await SiteFixture()
        let second = try await SiteFixture()
        let files = first.files.map { $0.path + $0.text }
        #expect(files.count == 4)
        #expect(files == second.files.map { $0.path + $0.text })
    }
}
