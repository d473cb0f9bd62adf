import Command

/// `mitxonline-jobs list`.
enum ListCommand {
    static let subcommand = Subcommand("list", "Lists the jobs with their schedules", run: run)

    @Sendable private static func run(_ invocation: Invocation) async throws -> Outcome {
        let rows = JobTable.all.map { [$0.name.text, $0.schedule.calendar, $0.summary] }
        try invocation.print(([["JOB", "SCHEDULE", "WHAT IT DOES"]] + rows).columns) { object in
            object.objects("jobs", JobTable.all) { object, entry in
                object.member("job", entry.name.text)
                object.member("schedule", entry.schedule.calendar)
                object.member("summary", entry.summary)
            }
        }
        return Outcome()
    }
}
