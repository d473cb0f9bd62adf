import Command
import Foundation
import Support
import Testing

@testable import Worker

/// The calendars of timers (`spec/openedx.md` §15).
@Suite("Calendars of timers")
struct CalendarTests {
    private static let hourCases: [(String, String)] = [
        ("*", "*"), ("*/6", "00/6"), ("*/1", "*"), ("*/24", "00"), ("0", "00"), ("7", "07"), ("1,13", "01,13"),
        ("1, 13", "01,13"), ("8-17", "08..17"), ("5-5", "05"), ("22-2", "22..23,00..02"), ("23-1", "23,00..01"),
        ("22-0", "22..23,00"), ("8-17/3", "08,11,14,17"), ("22-3/2", "22,00,02"), ("4,8-10,*/12", "04,08..10,00/12"),
        ("3,*", "*"),
    ]

    private static let dayCases: [(String, String)] = [
        ("*", ""), ("*/1", ""), ("0", "Sun "), ("6", "Sat "), ("1-5", "Mon..Fri "), ("0-3", "Sun,Mon..Wed "),
        ("5-1", "Fri..Sun,Mon "), ("0-6", "Sun,Mon..Sat "), ("5-0", "Fri..Sun "), ("mon", "Mon "),
        ("Monday,wed", "Mon,Wed "), ("sat-TUESDAY", "Sat..Sun,Mon..Tue "), ("1-5/2", "Mon,Wed,Fri "),
        ("*/2", "Sun,Tue,Thu,Sat "), ("0,6", "Sun,Sat "),
    ]

    private static func schedule(hours: String = "*", days: String = "*") throws -> Schedule {
        Schedule(minute: 10, hours: try CronField(hours, of: .hour), days: try CronField(days, of: .day))
    }

    @Test("hours become those of systemd", arguments: hourCases)
    func hours(_ text: String, _ calendar: String) throws {
        #expect(try Self.schedule(hours: text).calendar == "*-*-* \(calendar):10:00 UTC")
    }

    @Test("days become those of systemd, whose week begins with Monday and does not wrap", arguments: dayCases)
    func days(_ text: String, _ calendar: String) throws {
        #expect(try Self.schedule(days: text).calendar == "\(calendar)*-*-* *:10:00 UTC")
    }

    @Test(
        "nonsense is refused",
        arguments: [
            "", " ", "24", "-1", "1-", "-", "1-24", "*/0", "*/", "/2", "3/2", "a", "1,,2", "1,", "noon", "1-2-3", "**",
            "0x1", "１",
            "99999999999999999999",
        ])
    func nonsense(text: String) {
        #expect(throws: InvalidValue.self) { try CronField(text, of: .hour) }
        #expect(throws: InvalidValue.self) { try CronField(text, of: .day) }
    }

    @Test("a day is 0 to 6 or a name of three letters at least", arguments: ["7", "mo", "mondays", "mon-", "xyz"])
    func nonsenseDays(text: String) {
        #expect(throws: InvalidValue.self) { try CronField(text, of: .day) }
    }

    @Test(
        "the period is the longest time between two starts",
        arguments: [
            ("*", "*", 1), ("*/6", "*", 6), ("0", "*", 24), ("8-17", "*", 15), ("*/5", "*", 5), ("9", "1", 168),
            ("*", "1-5", 49), ("0", "1-5", 72), ("1,13", "*", 12),
        ])
    func period(hours: String, days: String, expected: Int) throws {
        #expect(try Self.schedule(hours: hours, days: days).period == .seconds(expected * 3600))
    }

    private static let periodCases: [(Int, String, String)] = [
        (60, "*-*-* *:00/1:00 UTC", "*-*-* *:00/1:30 UTC"), (900, "*-*-* *:00/15:00 UTC", "*-*-* *:07/15:30 UTC"),
        (1800, "*-*-* *:00/30:00 UTC", "*-*-* *:15/30:00 UTC"), (3600, "*-*-* *:00:00 UTC", "*-*-* *:30:00 UTC"),
        (10_800, "*-*-* 00/3:00:00 UTC", "*-*-* 01/3:30:00 UTC"),
        (86_400, "*-*-* 00:00:00 UTC", "*-*-* 12:00:00 UTC"),
    ]

    @Test("a period becomes a calendar, and so does the same half a period later", arguments: periodCases)
    func periods(seconds: Int, calendar: String, later: String) throws {
        let period = Duration.seconds(seconds)
        #expect(period.ofTimer == period)
        #expect(Schedule(each: period) == Schedule(calendar, every: .seconds(seconds)))
        #expect(Schedule(each: period, offset: period / 2) == Schedule(later, every: .seconds(seconds)))
    }

    @Test(
        "a period that no calendar can keep becomes a shorter one, unless it is longer than a day",
        arguments: [
            (1, 60), (59, 60), (61, 60), (2699, 1800), (2700, 1800), (3599, 1800), (5400, 3600), (18_000, 14_400),
            (86_399, 43_200), (86_401, nil), (31_536_000, nil),
        ])
    func unevenPeriods(seconds: Int, kept: Int?) {
        #expect(Duration.seconds(seconds).ofTimer == kept.map { .seconds($0) })
    }

    /// Where systemd is installed, it is asked.
    @Test("systemd reads every calendar, and fires when the field says", .enabled(if: SystemdAnalyze.isThere))
    func systemd() async throws {
        let calendars =
            try Self.hourCases.map { try Self.schedule(hours: $0.0) }
            + Self.dayCases.map { try Self.schedule(days: $0.0) }
            + Self.periodCases.flatMap {
                [Schedule($0.1, every: .seconds($0.0)), Schedule($0.2, every: .seconds($0.0))]
            }
        // One start of each.
        #expect(try await SystemdAnalyze.starts(calendars.map(\.calendar), 1).count == calendars.count)
        for (hours, days) in [("22-2", "5-1"), ("*/7", "0-3"), ("8-17/3", "sat-tuesday"), ("4,8-10,*/12", "*/2")] {
            let schedule = try Self.schedule(hours: hours, days: days)
            let (hourField, dayField) = (try CronField(hours, of: .hour), try CronField(days, of: .day))
            let count = hourField.numbers.count * dayField.numbers.count
            let starts = try await SystemdAnalyze.starts([schedule.calendar], count)
            var seen = Set<[Int]>()
            for start in starts {
                seen.insert([start.day, start.hour])
                #expect(hourField.numbers.contains(start.hour), "\(schedule.calendar)")
                #expect(dayField.numbers.contains(start.day), "\(schedule.calendar)")
            }
            #expect(seen.count == count, "\(schedule.calendar) in a week")
        }
    }
}

/// `systemd-analyze calendar`.
enum SystemdAnalyze {
    private static let tool = "/usr/bin/systemd-analyze"

    static let isThere = FileManager.default.isExecutableFile(atPath: tool)

    /// The next `count` starts of each calendar in UTC: the day of the week, 0 for Sunday, and the hour.
    static func starts(_ calendars: [String], _ count: Int) async throws -> [(day: Int, hour: Int)] {
        let result = try await RunningProgram.run(
            tool, ["calendar", "--iterations=\(count)"] + calendars, environment: ["TZ": "UTC", "LC_ALL": "C"])
        try #require(result.ending == .exit(0), "\(result.errors)")
        let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        return result.output.split(separator: "\n").compactMap { line in
            guard let match = line.firstMatch(of: /(Sun|Mon|Tue|Wed|Thu|Fri|Sat) \d{4}-\d\d-\d\d (\d\d):\d\d:\d\d UTC/),
                let day = days.firstIndex(of: String(match.1)), let hour = Int(match.2)
            else { return nil }
            return (day: day, hour: hour)
        }
    }
}
