import Command
import Records
import Worker

/// `mitxonline-jobs retry-enrollments`.
enum RetryEnrollmentsCommand {
    private static let force = Option(flag: "force", "also enrollments that Open edX is said to have")

    static let subcommand = Subcommand(
        "retry-enrollments", "Enrolls chosen learners in Open edX, whatever their age and their failures",
        discussion: """
            The same as the job of that name, for --user, --run or both. It waits for no timer, takes the job's place while it \
            runs, and prints only what it would do unless --commit is given.
            """,
        options: [EnrollmentChoice.users, EnrollmentChoice.run, force, EnrollmentChoice.commit],
        settings: [JobsSettings.database, JobsSettings.lease], run: run)

    @Sendable private static func run(_ invocation: Invocation) async throws -> Outcome {
        guard try EnrollmentChoice.isGiven(invocation) else {
            throw Failure(.usage, "choose enrollments: give --user, --run or both")
        }
        let isDryRun = try !invocation[EnrollmentChoice.commit]
        let workshop = try Workshop(invocation, isDryRun: isDryRun)
        try await Migration.check(workshop.database)
        let choice = try await EnrollmentChoice.read(invocation, from: workshop.database)
        let job = try RetryEnrollments(
            try workshop.resources(for: RetryEnrollments.self), choice: choice, enrolledToo: try invocation[force])
        let outcome = try await workshop.engine.run(job, isDryRun: isDryRun, isByHand: true)
        let nothing =
            "nothing to do: no enrollment of that choice waits for Open edX (--force takes those it is said to have)"
        try invocation.print(outcome, text: outcome.counts.isEmpty ? nothing : outcome.counts)
        return outcome
    }
}
