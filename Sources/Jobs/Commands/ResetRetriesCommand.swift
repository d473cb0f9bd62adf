import Command
import Flows
import Records
import Store
import Worker

/// `mitxonline-jobs reset-retries`.
enum ResetRetriesCommand {
    private static let all = Option(flag: "all", "every enrollment that Open edX does not have")
    private static let exhausted = Option(flag: "only-exhausted", "only those that were given up")

    static let subcommand = Subcommand(
        "reset-retries", "Sets the failures of enrollments to 0, so that retry-enrollments tries them again",
        discussion: "For --user, --run, both or --all. Prints only what it would do unless --commit is given.",
        options: [EnrollmentChoice.users, EnrollmentChoice.run, all, exhausted, EnrollmentChoice.commit],
        settings: [JobsSettings.database], run: run)

    @Sendable private static func run(_ invocation: Invocation) async throws -> Outcome {
        guard try invocation[all] != EnrollmentChoice.isGiven(invocation) else {
            throw Failure(.usage, "choose enrollments: give --user, --run or both, or else --all")
        }
        let database = try Database(invocation)
        try await Migration.check(database)
        let chosen = try await EnrollmentChoice.read(invocation, from: database)
        let choice = chosen ?? PendingEnrollments.Choice(users: nil, runKey: nil)
        let exhaustedOnly = try invocation[exhausted]
        let isCommitted = try invocation[EnrollmentChoice.commit]
        let ids = try await database.rehearsing(isCommitted) { session in
            let ids = try PendingEnrollments.resetRetryCounts(choice, exhaustedOnly: exhaustedOnly, in: &session)
            try Items(of: RetryEnrollments.name).forget(ids.map(PendingKey.enrollment), in: &session)
            return ids
        }
        guard !ids.isEmpty else {
            throw Failure(.data, "nothing to reset: no enrollment of that choice waits for Open edX")
        }
        try invocation.print(isCommitted ? "reset \(ids.count)" : "would reset \(ids.count); --commit does it") {
            object in
            object.member("enrollments", ids.count)
            object.member("committed", isCommitted)
        }
        return Outcome(summary: ["enrollments": .int(ids.count), "committed": .bool(isCommitted)])
    }
}
