import Command

/// `mitxonline-jobs list`.
enum ListCommand {
    static let subcommand = Subcommand("list", "Lists the jobs with their schedules", run: run)

    @Sendable private static func run(_ invocation: Invocation) async throws -> Outcome {
        let calendars = try JobTable.all.map { try $0.schedule(invocation.environment).calendar }
        let jobs = zip(JobTable.all, calendars)
        let rows = jobs.map { [$0.name.text, $1, $0.summary] }
        try invocation.print(([["JOB", "SCHEDULE", "WHAT IT DOES"]] + rows).columns) { object in
            object.objects("jobs", Array(jobs)) { object, job in
                object.member("job", job.0.name.text)
                object.member("schedule", job.1)
                object.member("summary", job.0.summary)
            }
        }
        return Outcome()
    }
}
