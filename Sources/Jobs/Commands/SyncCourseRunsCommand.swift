import Command

/// `mitxonline-jobs sync-course-runs`.
enum SyncCourseRunsCommand {
    static let subcommand = Subcommand(
        "sync-course-runs", "Takes over titles, dates and pacing of chosen course runs from Open edX",
        discussion: """
            The same as the job of that name, for --run or --all. It waits for no timer, takes the job's place while it runs, and \
            prints only what it would do unless --commit is given.
            """,
        options: [CourseRunChoice.runs, CourseRunChoice.all, EnrollmentChoice.commit],
        settings: [JobsSettings.database, JobsSettings.lease]
    ) { invocation in
        let selection = try CourseRunChoice.read(invocation)
        return try await invocation.run { resources throws(Failure) in try SyncCourseRuns(resources, selection) }
    }
}
