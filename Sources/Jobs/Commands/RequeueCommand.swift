import Command
import Store
import Worker

/// `mitxonline-jobs requeue JOB KEY`.
enum RequeueCommand {
    private static let key = Argument("KEY", optional: ValueType<String>.text, "the key that 'dead-letters' shows")
    private static let all = Option(flag: "all", "every item that was given up")

    static let subcommand = Subcommand(
        "requeue", "Lets an item that was given up be tried again from the next run on",
        arguments: [JobTable.argument, key], options: [all], settings: [JobsSettings.database], run: run)

    @Sendable private static func run(_ invocation: Invocation) async throws -> Outcome {
        let entry = try invocation[JobTable.argument]
        let key = try invocation[key]
        guard try invocation[all] != (key != nil) else {
            throw Failure(.usage, "give the KEY of one item, or --all")
        }
        let database = try Database(invocation)
        try await Migration.check(database)
        let now = invocation.time.now()
        let count = try await database.write { session in try entry.requeue(key.map { [$0] }, now, &session) }
        if count == 0, key != nil {
            throw Failure(
                .data, "KEY is no dead letter of \(entry.name); 'dead-letters \(entry.name)' lists them")
        }
        try invocation.print("requeued \(count)") { $0.member("requeued", count) }
        return Outcome(summary: ["job": .string(entry.name.text), "requeued": .int(count)])
    }
}
