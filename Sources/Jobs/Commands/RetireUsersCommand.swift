import Command
import Worker

/// `mitxonline-jobs retire-users`.
enum RetireUsersCommand {
    static let subcommand = Subcommand(
        "retire-users", RetireUsers.summary,
        discussion: """
            Open edX then deletes what it knows of them, which nobody can undo; MITx Online keeps what it has. Without --commit it \
            prints only whom it would have retired. The OAuth client that may do so is set by \
            OPENEDX_RETIREMENT_SERVICE_WORKER_CLIENT_ID and OPENEDX_RETIREMENT_SERVICE_WORKER_CLIENT_SECRET.
            """,
        options: [LearnerChoice.users, LearnerChoice.commit], settings: [JobsSettings.database, JobsSettings.lease],
        run: run)

    @Sendable private static func run(_ invocation: Invocation) async throws -> Outcome {
        let isDryRun = try !invocation[LearnerChoice.commit]
        let workshop = try Workshop(invocation, isDryRun: isDryRun)
        try await Migration.check(workshop.database)
        let users = try await LearnerChoice.required(invocation, from: workshop.database)
        let job = try RetireUsers(try workshop.resources(for: RetireUsers.self), users: users)
        return try await workshop.runByHand(job, isDryRun: isDryRun, nothing: "nothing to do")
    }
}
