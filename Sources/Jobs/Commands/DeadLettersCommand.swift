import Bytes
import Command
import Store
import Worker

/// `mitxonline-jobs dead-letters`.
enum DeadLettersCommand {
    static let subcommand = Subcommand(
        "dead-letters", "Lists the items that were given up after they failed for good",
        arguments: [JobTable.optionalArgument], settings: [JobsSettings.database], run: run)

    @Sendable private static func run(_ invocation: Invocation) async throws -> Outcome {
        let entries = try invocation[JobTable.optionalArgument].map { [$0] } ?? JobTable.all
        let database = try Database(invocation)
        try await Migration.check(database)
        let letters = try await database.read { session in
            try entries.flatMap { entry in
                try entry.deadLetters(&session).map { (job: entry.name, letter: $0) }
            }
        }
        let rows = letters.map { job, letter in
            [
                job.text, letter.key, "\(letter.failures)", letter.parkedAt.map { "\($0)" } ?? "", letter.problem,
            ]
        }
        let text =
            rows.isEmpty
            ? "nothing was given up" : ([["JOB", "KEY", "FAILURES", "GIVEN UP", "THE LAST PROBLEM"]] + rows).columns
        try invocation.print(text) { object in
            object.objects("dead_letters", letters) { object, entry in
                object.member("job", entry.job.text)
                object.member("key", entry.letter.key)
                object.member("failures", entry.letter.failures)
                object.member("parked_at", entry.letter.parkedAt)
                object.member("problem", entry.letter.problem)
            }
        }
        return Outcome()
    }
}
