import Command
import Flows

/// `mitxonline-jobs import-enrollments`.
enum ImportEnrollmentsCommand {
    static let subcommand = Subcommand(
        "import-enrollments", "Adds the enrollments that Open edX has in a course run and that are missing here",
        discussion: """
            Enrollments that are here stay as they are, and learners whom only Open edX knows are counted. Prints only what it \
            would do unless --commit is given.
            """,
        options: [EnrollmentChoice.run, EnrollmentChoice.commit], settings: EnrollmentWork.settings, run: run)

    @Sendable private static func run(_ invocation: Invocation) async throws -> Outcome {
        let work = try await EnrollmentWork(invocation, as: "import-enrollments")
        let run = try await work.run(EnrollmentChoice.run, named: "run")
        let imported = try await work.changes.importEnrollments(of: run, isCommitted: work.isCommitted)
        let verb = work.isCommitted ? "created" : "would create"
        try invocation.print(
            "\(verb) \(imported.created) of \(imported.found); \(imported.strangers) learners are not known here"
        ) { object in
            object.member("found", imported.found)
            object.member("created", imported.created)
            object.member("strangers", imported.strangers)
            object.member("committed", work.isCommitted)
        }
        return Outcome(
            summary: [
                "found": .int(imported.found), "created": .int(imported.created),
                "strangers": .int(imported.strangers), "committed": .bool(work.isCommitted),
            ])
    }
}
