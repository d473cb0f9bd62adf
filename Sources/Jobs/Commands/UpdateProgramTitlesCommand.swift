import Command
import Records
import Store
import Worker

/// `mitxonline-jobs update-program-titles`.
enum UpdateProgramTitlesCommand {
    static let subcommand = Subcommand(
        "update-program-titles", "Writes the program's name into the page revisions that program certificates show",
        discussion: """
            The name is the certificate page's as it is published; one that is empty or begins with PLACEHOLDER - is passed over. \
            Prints only what it would do unless --commit is given.
            """,
        options: [EnrollmentChoice.commit], settings: [JobsSettings.database], run: run)

    @Sendable private static func run(_ invocation: Invocation) async throws -> Outcome {
        let isCommitted = try invocation[EnrollmentChoice.commit]
        let database = try Database(invocation)
        try await Migration.check(database)
        let changed = try await database.rehearsing(isCommitted) { session in try session.renewProgramTitles() }
        let list = changed.map(String.init).joined(separator: ", ")
        let text =
            changed.isEmpty
            ? "nothing to do"
            : isCommitted ? "changed revisions \(list)" : "would change revisions \(list); --commit does it"
        try invocation.print(text) { object in
            object.array("revisions", changed) { $0.append($1) }
            object.member("committed", isCommitted)
        }
        return Outcome(summary: ["revisions": .int(changed.count), "committed": .bool(isCommitted)])
    }
}
