import Command
import Worker

/// `mitxonline-jobs repair-usernames`.
enum RepairUsernamesCommand {
    static let subcommand = Subcommand(
        "repair-usernames", "Makes the Open edX accounts of learners who have no name there but one here",
        discussion: """
            Of active learners, of all or of those that --user names, it takes those who have no name at Open edX and whose name \
            at MITx Online is no e-mail address, and registers them under that name. It takes the place of the job repair-users \
            while it runs, and prints only what it would do unless --commit is given.
            """,
        options: [LearnerChoice.users, LearnerChoice.commit], settings: [JobsSettings.database, JobsSettings.lease],
        run: run)

    @Sendable private static func run(_ invocation: Invocation) async throws -> Outcome {
        let isDryRun = try !invocation[LearnerChoice.commit]
        let workshop = try Workshop(invocation, isDryRun: isDryRun)
        try await Migration.check(workshop.database)
        let users = try await LearnerChoice.read(invocation, from: workshop.database)
        let job = try RepairUsers(try workshop.resources(for: RepairUsers.self), .unnamed(users), isByHand: true)
        return try await workshop.runByHand(
            job, isDryRun: isDryRun, nothing: "nothing to do: no such learner has a name here and none at Open edX")
    }
}
