import Command
import Worker

/// `mitxonline-jobs update-profiles`.
enum UpdateProfilesCommand {
    private static let all = Option(flag: "all", "every active learner who has an account at Open edX")

    static let subcommand = Subcommand(
        "update-profiles", UpdateProfiles.summary,
        discussion: """
            What is sent is what is on record: name, country, state, gender, year of birth, education. Without --commit it prints \
            only whose profile it would send.
            """,
        options: [LearnerChoice.users, all, LearnerChoice.commit],
        settings: [JobsSettings.database, JobsSettings.lease], run: run)

    @Sendable private static func run(_ invocation: Invocation) async throws -> Outcome {
        guard try invocation[all] != (try invocation[LearnerChoice.users] != nil) else {
            throw Failure(.usage, "choose learners: give --user, or else --all")
        }
        let isDryRun = try !invocation[LearnerChoice.commit]
        let workshop = try Workshop(invocation, isDryRun: isDryRun)
        try await Migration.check(workshop.database)
        let users = try await LearnerChoice.read(invocation, from: workshop.database)
        let job = try UpdateProfiles(try workshop.resources(for: UpdateProfiles.self), users: users)
        return try await workshop.runByHand(
            job, isDryRun: isDryRun, nothing: "nothing to do: no learner has an account at Open edX")
    }
}
