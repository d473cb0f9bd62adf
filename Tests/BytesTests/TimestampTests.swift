import Bytes
import Foundation
import Support
import Testing

@Suite("Timestamp")
struct TimestampTests {
    /// 2026-11-23T20:45:00Z.
    static let noon: Int64 = 1_795_466_700_000_000

    @Test(
        "accepted forms of one instant",
        arguments: [
            "2026-11-23T20:45:00Z", "2026-11-23 20:45:00Z", "2026-11-23 20:45:00", "2026-11-23T20:45",
            "2026-11-23 20:45Z",
            "2026-11-23 20:45:00+00", "2026-11-23 20:45:00z", "2026-11-23 20:45:00.0",
            "2026-11-23 20:45:00.000000+00:00",
            "2026-11-23 15:45:00-05", "2026-11-23 15:45:00-0500", "2026-11-23 15:45:00-05:00",
            "2026-11-24 02:15:00+05:30",
            "2026-11-24 02:15+0530", "2026-11-23 21:04:32+00:19:32", "2026-11-23 20:45:00-00:00",
        ])
    func accepted(text: String) {
        #expect(Timestamp(text)?.microseconds == TimestampTests.noon)
    }

    @Test(
        "fractions of one to six digits",
        arguments: [(".5", 500_000), (".123456", 123_456), (".000001", 1), (".10", 100_000)])
    func fractions(fraction: String, micro: Int64) {
        #expect(Timestamp("2026-11-23T20:45:00\(fraction)+00")?.microseconds == TimestampTests.noon + micro)
    }

    @Test(
        "refused texts",
        arguments: [
            "", "2026-11-23", "2026-11-23T", "2026-11-23T20", "2026-11-23T20:45:", "2026-11-23T20:45:00.", "infinity",
            "2026-11-23T20:45:00.1234567Z", "2026-11-23T24:00:00Z", "2026-11-23T20:60:00Z", "2026-11-23T20:45:60Z",
            "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z", "2026-01-00T00:00:00Z", "2026-04-31T00:00:00Z",
            "2026-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "0000-01-01T00:00:00Z", "10000-01-01T00:00:00Z",
            "2026-11-23T20:45:00Zx", " 2026-11-23T20:45:00Z", "2026-11-23T20:45:00Z ", "2026-11-23T20:45:00 Z",
            "2026-11-23  20:45:00", "2026/11/23 20:45:00", "26-11-23 20:45:00", "2026-11-23T20:45:00+5",
            "2026-11-23T20:45:00+05:", "2026-11-23T20:45:00+05:60", "2026-11-23T20:45:00+24:00",
            "2026-11-23T20:45:00+05:30:", "2026-11-23T20:45:00+05:3015", "2026-11-23T20:45:00+053015",
            "2026-11-23 20:45:00 BC", "-2026-11-23T20:45:00Z", "２026-11-23T20:45:00Z", "0044-03-15 12:00:00+00 BC",
            "0001-01-01T00:00:00+01", "9999-12-31T23:59:59.5-00:01",
        ])
    func refused(text: String) {
        #expect(Timestamp(text) == nil)
    }

    @Test(
        "boundaries of calendar and epoch",
        arguments: [
            ("1970-01-01T00:00:00Z", 0), ("1969-12-31T23:59:59.999999Z", -1), ("1970-01-01T00:00:00.000001Z", 1),
            ("0001-01-01T00:00:00Z", -62_135_596_800_000_000), ("9999-12-31T23:59:59.999999Z", 253_402_300_799_999_999),
            ("2000-02-29T00:00:00Z", 951_782_400_000_000), ("1600-02-29T12:00:00Z", -11_670_955_200_000_000),
            ("2024-12-31T23:59:59Z", 1_735_689_599_000_000), ("1900-03-01T00:00:00Z", -2_203_891_200_000_000),
        ])
    func boundaries(text: String, microseconds: Int64) {
        #expect(Timestamp(text)?.microseconds == microseconds)
        #expect(Timestamp(microseconds: microseconds).description == text)
    }

    @Test("random instants read and write as Foundation's calendar says")
    func oracle() throws {
        var calendar = Calendar(identifier: .iso8601)
        calendar.timeZone = try #require(TimeZone(identifier: "UTC"))
        var random = SeededGenerator(seed: 1)
        // From 1583 on, where Foundation too counts in the Gregorian calendar.
        for _ in 0..<2_000 {
            let seconds = Int64.random(in: -12_212_553_600...253_402_300_799, using: &random)
            let micro = Int64.random(in: 0...999_999, using: &random)
            let parts = calendar.dateComponents(
                [.year, .month, .day, .hour, .minute, .second], from: Date(timeIntervalSince1970: TimeInterval(seconds))
            )
            let digits = [parts.year, parts.month, parts.day, parts.hour, parts.minute, parts.second].map { $0 ?? -1 }
            let text =
                String(
                    format: "%04d-%02d-%02dT%02d:%02d:%02d", digits[0], digits[1], digits[2], digits[3], digits[4],
                    digits[5])
                + (micro == 0 ? "Z" : String(format: ".%06dZ", Int(micro)))
            let instant = Timestamp(microseconds: seconds * 1_000_000 + micro)
            #expect(instant.description == text)
            #expect(Timestamp(text) == instant)
        }
    }

    @Test("every day of years 1 to 9999 is the one before and one more")
    func days() throws {
        var date = try #require(CivilDate(year: 1, month: 1, day: 1))
        for days in date.daysSinceEpoch..<2_932_896 {
            let next = CivilDate(daysSinceEpoch: days + 1)
            let sameMonth = next.year == date.year && next.month == date.month && next.day == date.day + 1
            let newMonth = next.day == 1 && CivilDate(year: date.year, month: date.month, day: date.day + 1) == nil
            guard sameMonth || newMonth, next.daysSinceEpoch == days + 1 else {
                Issue.record("\(date) is followed by \(next)")
                return
            }
            date = next
        }
        #expect(date == CivilDate(year: 9999, month: 12, day: 31))
    }

    @Test("instants compare and shift by seconds")
    func arithmetic() {
        let instant = Timestamp(microseconds: -500_000)
        #expect(instant.adding(seconds: 1) == Timestamp(microseconds: 500_000))
        #expect(instant.adding(seconds: -1) < instant)
    }
}
