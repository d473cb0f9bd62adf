import Command
import Records
import Store
import Worker

/// `mitxonline-jobs migrate`.
enum MigrateCommand {
    private static let indexes = Option(
        flag: "indexes", "also make indexes on MITx Online's tables, which help on large ones")

    /// What helps the jobs on large tables.
    private static let wanted = [PendingEnrollments.index]

    static let subcommand = Subcommand(
        "migrate", "Makes or renews the program's own tables in the database",
        discussion: """
            They stand in the schema 'flows' of PostgreSQL, or have the prefix 'flows_' in SQLite; MITx Online's own tables are \
            not touched. Without --indexes the statements of those indexes are only shown: on a large table in use, an \
            administrator may rather run them with CREATE INDEX CONCURRENTLY.
            """,
        options: [indexes], settings: [JobsSettings.database], run: run)

    @Sendable private static func run(_ invocation: Invocation) async throws -> Outcome {
        let database = try Database(invocation)
        let isMITxOnline = try await database.read { session in
            try !Schema.reference.existingTables(in: &session).isEmpty
        }
        guard isMITxOnline else {
            throw Failure(.data, "this is no database of MITx Online: it has none of its tables; check its name")
        }
        let versions = try await Migration.apply(to: database, now: invocation.time.now())
        let makesIndexes = try invocation[indexes]
        if makesIndexes { try await Migration.create(indexes: wanted, in: database) }
        let tables = versions.isEmpty ? "the tables are of version \(Migration.current) already" : "made the tables"
        let offer =
            makesIndexes
            ? "made the indexes"
            : "Indexes for large tables (--indexes makes them):\n" + wanted.joined(separator: ";\n") + ";"
        try invocation.print(tables + "\n" + offer) { object in
            object.member("version", Migration.current)
            object.member("applied", versions.count)
            object.member("indexes_made", makesIndexes)
        }
        return Outcome(summary: ["version": .int(Migration.current), "applied": .int(versions.count)])
    }
}
