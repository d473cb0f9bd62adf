import Command

/// `mitxonline-jobs check-course-modes`.
enum CheckCourseModesCommand {
    static let subcommand = Subcommand(
        "check-course-modes",
        "Sees to it that chosen course runs have the modes audit and verified, here and at Open edX",
        discussion: """
            Modes that Open edX has are linked here; audit and verified are created there when they are missing, verified with \
            the upgrade deadline of the run as its end. It takes the place of sync-course-runs while it runs, and prints only \
            what it would do unless --commit is given.
            """,
        options: [CourseRunChoice.runs, CourseRunChoice.all, EnrollmentChoice.commit],
        settings: [JobsSettings.database, JobsSettings.lease]
    ) { invocation in try await invocation.run(.modes(try CourseRunChoice.read(invocation))) }
}
