import Command
import Flows

/// `mitxonline-jobs sync-enrollments`.
enum SyncEnrollmentsCommand {
    static let subcommand = Subcommand(
        "sync-enrollments", "Changes the enrollments of learners here to those that Open edX has",
        discussion: """
            It asks Open edX with the tokens of each learner. What Open edX is still to be told stays as it is. Prints only what \
            it would do unless --commit is given.
            """,
        options: [EnrollmentChoice.users, EnrollmentChoice.commit], settings: EnrollmentWork.settings, run: run)

    @Sendable private static func run(_ invocation: Invocation) async throws -> Outcome {
        let work = try await EnrollmentWork(invocation, as: "sync-enrollments")
        return try await work.forEach(try await work.learners()) { learner in
            guard work.isCommitted else {
                return try work.wouldDo("change the enrollments of learner \(learner) to those that Open edX has")
            }
            guard let pulled = try await work.changes.pull(learner) else {
                return try work.tell(learner, "has no account at Open edX; nothing was changed")
            }
            try work.tell(
                learner,
                "created \(pulled.created.count), reactivated \(pulled.reactivated.count), deactivated "
                    + "\(pulled.deactivated.count), not known to Open edX \(pulled.unknown.count)")
        }
    }
}
