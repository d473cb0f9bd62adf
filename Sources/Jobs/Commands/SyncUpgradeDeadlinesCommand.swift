import Command

/// `mitxonline-jobs sync-upgrade-deadlines`.
enum SyncUpgradeDeadlinesCommand {
    static let subcommand = Subcommand(
        "sync-upgrade-deadlines", "Takes over modes and upgrade deadlines of chosen course runs from Open edX",
        discussion: """
            The end of the verified mode is the upgrade deadline; without an end there is none. Modes are added, never taken \
            away. It takes the place of sync-course-runs while it runs, and prints only what it would do unless --commit is given.
            """,
        options: [CourseRunChoice.runs, CourseRunChoice.all, EnrollmentChoice.commit],
        settings: [JobsSettings.database, JobsSettings.lease]
    ) { invocation in try await invocation.run(.deadlines(try CourseRunChoice.read(invocation))) }
}
