import Command
import Worker

/// `mitxonline-jobs repair-users`.
enum RepairUsersCommand {
    static let subcommand = Subcommand(
        "repair-users", "Makes the Open edX accounts and tokens that chosen learners lack, or all",
        discussion: """
            The same as the job of that name. It waits for no timer, takes the job's place while it runs, and prints only what it \
            would do unless --commit is given. With --user it tries learners whatever is on record for them: also those who are \
            too new, wait after a failure, or were refused by Open edX.
            """,
        options: [LearnerChoice.users, LearnerChoice.commit], settings: [JobsSettings.database, JobsSettings.lease],
        run: run)

    @Sendable private static func run(_ invocation: Invocation) async throws -> Outcome {
        let isDryRun = try !invocation[LearnerChoice.commit]
        let workshop = try Workshop(invocation, isDryRun: isDryRun)
        try await Migration.check(workshop.database)
        let users = try await LearnerChoice.read(invocation, from: workshop.database)
        let job = try RepairUsers(
            try workshop.resources(for: RepairUsers.self), users.map { .learners($0) } ?? .due, isByHand: true)
        return try await workshop.runByHand(
            job, isDryRun: isDryRun, nothing: "nothing to do: no learner lacks anything")
    }
}
