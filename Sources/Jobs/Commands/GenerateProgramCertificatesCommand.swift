import Command
import Worker

/// `mitxonline-jobs generate-program-certificates`.
enum GenerateProgramCertificatesCommand {
    private static let force = Option(flag: "force", "whatever the learner completed, enrolled or not; needs --user")

    static let subcommand = Subcommand(
        "generate-program-certificates", "Issues a program's certificate to one learner, or to all who have earned it",
        discussion: """
            Without --user all learners who are enrolled in the program are looked at. Who has a certificate, be it revoked, gets \
            no other. The command takes the place of the job of that name while it runs, and prints only what it would do \
            unless --commit is given.
            """,
        options: [ProgramChoice.program, ProgramChoice.user, force, EnrollmentChoice.commit],
        settings: [JobsSettings.database, JobsSettings.lease], run: run)

    @Sendable private static func run(_ invocation: Invocation) async throws -> Outcome {
        let isForced = try invocation[force]
        guard try !isForced || invocation[ProgramChoice.user] != nil else {
            throw Failure(.usage, "--force is for one learner: give --user")
        }
        let isDryRun = try !invocation[EnrollmentChoice.commit]
        let workshop = try Workshop(invocation, isDryRun: isDryRun)
        try await Migration.check(workshop.database)
        guard let program = try await ProgramChoice.program(invocation, from: workshop.database) else {
            throw Failure(.usage, "choose a program: give --program")
        }
        let choice = GenerateProgramCertificates.Choice(
            program: program, user: try await ProgramChoice.user(invocation, from: workshop.database),
            isForced: isForced)
        let resources = try workshop.resources(for: GenerateProgramCertificates.self)
        let job = try GenerateProgramCertificates(resources, choice: choice)
        let outcome = try await workshop.engine.run(job, isDryRun: isDryRun, isByHand: true)
        try invocation.print(outcome, text: outcome.isOnlyLookedAt ? "\(outcome.counts): \(why)" : outcome.counts)
        return outcome
    }

    private static let why = "there is a certificate already, revoked or not"
}

extension Outcome {
    /// Whether something was looked at, and nothing else counted.
    fileprivate var isOnlyLookedAt: Bool {
        counts.hasPrefix("\(Counter.processed.name) ") && !counts.contains(",")
    }
}
