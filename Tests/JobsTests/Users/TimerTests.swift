import Bytes
import Command
import Store
import Support
import Testing
import Worker

@testable import Jobs

/// The calendars of the jobs' timers (`spec/openedx.md` §15).
@Suite("Timers that settings move")
struct TimerTests {
    private static func entry(_ name: String) throws -> JobEntry {
        try #require(JobTable.all.first { $0.name.text == name })
    }

    @Test("EDX-106 hours and days of a setting become the timer's calendar")
    func certificates() throws {
        let schedule = try Self.entry("generate-certificates")
            .schedule(["CRON_COURSE_CERTIFICATES_HOURS": "*/6", "CRON_COURSE_CERTIFICATES_DAYS": "1-5"])
        #expect(schedule.calendar == "Mon..Fri *-*-* 00/6:00:00 UTC")
    }

    @Test("without settings each timer is at the time that the job declares")
    func presets() throws {
        for entry in JobTable.all { #expect(try entry.schedule([:]) == entry.preset, "\(entry.name)") }
        #expect(try Self.entry("retry-enrollments").schedule([:]).calendar == "*-*-* *:00/30:00 UTC")
        #expect(try Self.entry("repair-users").schedule([:]).calendar == "*-*-* *:15/30:00 UTC")
        #expect(try Self.entry("sync-course-runs").schedule([:]).calendar == "*-*-* 00:10:00 UTC")
        #expect(try Self.entry("check-requirement-trees").schedule([:]).calendar == "*-*-* 03:00:00 UTC")
        #expect(try Self.entry("clear-tokens").schedule([:]).calendar == "Mon *-*-* 09:00:00 UTC")
    }

    @Test(
        "each setting moves its own timer",
        arguments: [
            ("sync-course-runs", "CRON_COURSERUN_SYNC", "*-*-* 05:10:00 UTC"),
            ("generate-certificates", "CRON_COURSE_CERTIFICATES", "*-*-* 05:00:00 UTC"),
            ("upgrade-program-enrollments", "CRON_UPGRADE_PROGRAM_ENROLLMENTS", "*-*-* 05:00:00 UTC"),
            ("generate-program-certificates", "CRON_MISSING_PROGRAM_CERTIFICATES", "*-*-* 05:00:00 UTC"),
            ("check-requirement-trees", "CRON_ORPHAN_CHECK", "*-*-* 05:00:00 UTC"),
        ])
    func cron(job: String, variable: String, calendar: String) throws {
        let entry = try Self.entry(job)
        #expect(try entry.schedule(["\(variable)_HOURS": "5"]).calendar == calendar)
        #expect(
            try entry.schedule(["\(variable)_HOURS": "5", "\(variable)_DAYS": "sun"]).calendar == "Sun " + calendar)
        #expect(
            try entry.schedule(["\(variable)_DAYS": "0"]).period
                == .seconds(job == "generate-certificates" ? 145 * 3600 : 604_800))
        for environment in [["\(variable)_HOURS": "25"], ["\(variable)_DAYS": "someday"]] {
            let failure = #expect(throws: Failure.self) { try entry.schedule(environment) }
            #expect(failure?.status == .configuration)
            #expect(failure?.message.hasPrefix(environment.keys.first ?? "") == true)
            #expect(failure?.message.contains("\n") == false)
        }
    }

    @Test("frequencies move the timers of enrollments and of accounts, half a period apart")
    func frequencies() throws {
        let retry = try Self.entry("retry-enrollments")
        #expect(try retry.schedule(["RETRY_FAILED_EDX_ENROLLMENT_FREQUENCY": "900"]).calendar == "*-*-* *:00/15:00 UTC")
        let repair = try Self.entry("repair-users")
        #expect(try repair.schedule(["REPAIR_OPENEDX_USERS_FREQUENCY": "3600"]).calendar == "*-*-* *:30:00 UTC")
        let failure = #expect(throws: Failure.self) { try repair.schedule(["REPAIR_OPENEDX_USERS_FREQUENCY": "often"]) }
        #expect(failure?.status == .configuration)
    }

    /// The existing application's job for enrollments has no other switch than a huge period (§16.3); this one goes on.
    @Test("a period that no calendar keeps is shortened, one of more than a day moves nothing, and 'show' says so")
    func otherFrequencies() async throws {
        let (retry, variable) = (try Self.entry("retry-enrollments"), "RETRY_FAILED_EDX_ENROLLMENT_FREQUENCY")
        #expect(try retry.note([:]) == nil)
        #expect(try retry.note([variable: "3600"]) == nil)
        #expect(try retry.schedule([variable: "2700"]).calendar == "*-*-* *:00/30:00 UTC")
        #expect(
            try retry.note([variable: "2700"])
                == "no calendar keeps the 2700 s of \(variable), so that it is every 1800 s")
        let repair = try Self.entry("repair-users")
        #expect(try repair.schedule(["REPAIR_OPENEDX_USERS_FREQUENCY": "5400"]).calendar == "*-*-* *:30:00 UTC")
        let silence = [variable: "315360000"]
        #expect(try retry.schedule(silence) == retry.preset)
        let note =
            "\(variable) is more than a day, which silences the existing application's job and leaves this timer alone"
        let program = try JobsProgram(silence)
        let text = try await program.run(["show", "retry-enrollments"])
        #expect(text.output.contains("schedule    *-*-* *:00/30:00 UTC\nnote        \(note)\n"), "\(text.output)")
        let json = try await program.run(["show", "retry-enrollments", "--json"])
        #expect(json.output.contains(#""note":"\#(note)""#), "\(json.output)")
    }

    @Test("status judges by the calendar in force", arguments: Engine.allCases)
    func status(engine: Engine) async throws {
        try await withJobStage(engine) { stage async throws in
            try await stage.run(ClearTokens.self)
            try await stage.run(RepairUsers.self)
            stage.clock.advance(by: .seconds(3 * 3600))
            let now = stage.clock.now
            let entry = try Self.entry("repair-users")
            let (often, seldom) = (
                try entry.schedule([:]), try entry.schedule(["REPAIR_OPENEDX_USERS_FREQUENCY": "7200"])
            )
            let overdue = try await stage.database.read { session in
                [try entry.status(often, now, &session).isOverdue, try entry.status(seldom, now, &session).isOverdue]
            }
            #expect(overdue == [true, false])
        }
    }

    @Test("list and show print the calendar in force; nonsense is one line, and 78")
    func program() async throws {
        let program = try JobsProgram(["CRON_COURSE_CERTIFICATES_HOURS": "*/6", "CRON_COURSE_CERTIFICATES_DAYS": "1-5"])
        let list = try await program.run(["list"])
        #expect(
            list.output.contains("generate-certificates          Mon..Fri *-*-* 00/6:00:00 UTC  "), "\(list.output)")
        let show = try await program.run(["show", "generate-certificates"])
        #expect(show.output.contains("schedule    Mon..Fri *-*-* 00/6:00:00 UTC\n"), "\(show.output)")
        #expect(show.output.contains("CRON_COURSE_CERTIFICATES_DAYS "))
        try await JobsProgram(["CRON_COURSE_CERTIFICATES_HOURS": "25"]).run(["list"]).expectFailure(
            78, command: "list",
            "CRON_COURSE_CERTIFICATES_HOURS: 25 is not a list of hours from 0 to 23 such as *, */6, 4, 1,13 or 22-2")
    }
}
