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
        for text in ["2700", "315360000", "often"] {
            let failure = #expect(throws: Failure.self) {
                try repair.schedule(["REPAIR_OPENEDX_USERS_FREQUENCY": text])
            }
            #expect(failure?.status == .configuration)
        }
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

    @Test(
        "the commands on learners say in one line what is missing",
        arguments: [
            ("regenerate-tokens", [], "choose learners: give --user"),
            ("retire-users", [], "choose learners: give --user"),
            ("update-profiles", [], "choose learners: give --user, or else --all"),
            ("update-profiles", ["--all", "--user", "11"], "choose learners: give --user, or else --all"),
            ("repair-users", ["--user", ","], "--user: , names nobody"),
        ] as [(String, [String], String)])
    func usage(command: String, options: [String], message: String) async throws {
        try await withProgramStage(.sqlite) { stage async throws in
            try await stage.program().run([command, "--commit"] + options).expectFailure(64, command: command, message)
        }
    }

    @Test("a learner that there is not is a matter of data, and what was typed is not shown")
    func nobody() async throws {
        try await withProgramStage(.sqlite) { stage async throws in
            try await stage.prepareLearners(1)
            for command in ["repair-users", "repair-usernames", "regenerate-tokens", "update-profiles", "retire-users"]
            {
                try await stage.program().run([command, "--user", "11,\(Canary.email("nobody"))"]).expectFailure(
                    65, command: command, "--user: there is no learner of that kind (number 2 of the list)")
            }
            let before = try await stage.dump()
            let dry = try await stage.program().run(["repair-users", "--user", Canary.username("l1")])
            dry.expect(
                output: "get tokens for the Open edX account of learner 11\nselected 1\n",
                log: [
                    JobsProgram.finished(
                        "repair-users",
                        #""job":"repair-users","outcome":"ok","selected":1,"accounts_created":0,"tokens_created":0,"#
                            + #""sync_errors":0,"failed":0"#)
                ])
            #expect(try await stage.dump() == before)
        }
    }
}
