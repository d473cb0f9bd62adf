import Command
import Worker

/// `mitxonline-jobs upgrade-program-enrollments`.
enum UpgradeProgramEnrollmentsCommand {
    static let subcommand = Subcommand(
        "upgrade-program-enrollments", "Makes audit enrollments in programs verified once their courses are",
        discussion: """
            The same as the job of that name, for --program, --user or both, without them for all. It waits for no timer, takes \
            the job's place while it runs, and prints only what it would do unless --commit is given.
            """,
        options: [ProgramChoice.program, ProgramChoice.user, EnrollmentChoice.commit],
        settings: [JobsSettings.database, JobsSettings.lease], run: run)

    @Sendable private static func run(_ invocation: Invocation) async throws -> Outcome {
        let isDryRun = try !invocation[EnrollmentChoice.commit]
        let workshop = try Workshop(invocation, isDryRun: isDryRun)
        try await Migration.check(workshop.database)
        let job = UpgradeProgramEnrollments(
            user: try await ProgramChoice.user(invocation, from: workshop.database),
            program: try await ProgramChoice.program(invocation, from: workshop.database))
        let outcome = try await workshop.engine.run(job, isDryRun: isDryRun, isByHand: true)
        let nothing = "nothing to do: no audit enrollment of that choice"
        try invocation.print(outcome, text: outcome.counts.isEmpty ? nothing : outcome.counts)
        return outcome
    }
}
