import Command

/// `mitxonline-jobs run JOB`.
enum RunCommand {
    static let dryRun = Option(flag: "dry-run", "read as usual, but change nothing: print what would be done")
    static let limit = Option("limit", ValueType<Int>.integer(1...Int.max), "work on at most so many items")

    static let subcommand = Subcommand(
        "run", "Runs a job once, as its timer does",
        discussion: """
            A second start of a job that is at work ends at once with status 0. A signal lets it finish what it has in hand. \
            The settings of the job are variables and credentials; 'show JOB' lists them.
            """,
        arguments: [JobTable.argument], options: [dryRun, limit],
        settings: [JobsSettings.database, JobsSettings.lease],
        subject: JobTable.argument, run: run)

    @Sendable private static func run(_ invocation: Invocation) async throws -> Outcome {
        let entry = try invocation[JobTable.argument]
        let isDryRun = try invocation[dryRun]
        let workshop = try Workshop(invocation, isDryRun: isDryRun)
        let outcome = try await entry.run(workshop, try invocation[limit], isDryRun)
        // The log's last line says the same to a person.
        if invocation.wantsJSON { try invocation.print(outcome, text: "") }
        return outcome
    }
}
