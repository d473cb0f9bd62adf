import Command
import Worker

/// `mitxonline-jobs regenerate-tokens`.
enum RegenerateTokensCommand {
    static let subcommand = Subcommand(
        "regenerate-tokens", RegenerateTokens.summary,
        discussion: """
            The learner is signed in at Open edX by way of MITx Online, and the new tokens take the place of the old ones, which \
            stay when that fails. Tokens are never shown. Without --commit it prints only what it would do.
            """,
        options: [LearnerChoice.users, LearnerChoice.commit], settings: [JobsSettings.database, JobsSettings.lease],
        run: run)

    @Sendable private static func run(_ invocation: Invocation) async throws -> Outcome {
        let isDryRun = try !invocation[LearnerChoice.commit]
        let workshop = try Workshop(invocation, isDryRun: isDryRun)
        try await Migration.check(workshop.database)
        let users = try await LearnerChoice.required(invocation, from: workshop.database)
        let job = try RegenerateTokens(try workshop.resources(for: RegenerateTokens.self), users: users)
        return try await workshop.runByHand(job, isDryRun: isDryRun, nothing: "nothing to do")
    }
}
