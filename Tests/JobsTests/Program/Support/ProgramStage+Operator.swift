import Store
import Support
import Testing

/// What operators do with the built program.
extension ProgramStage {
    /// Runs a command dry, which changes nothing, then with `--commit`, which changes rows, then the same again, which changes
    /// none and has no effect at Open edX.
    ///
    /// - Parameters:
    ///   - would: what the dry run prints.
    ///   - did: what the command prints.
    ///   - again: what it prints the second time; nil when a second time is not tried.
    ///   - status: how it ends the second time.
    func expect(
        _ words: [String], environment: [String: String?] = [:], would: String, did: String, again: String?,
        status: Int32 = 0, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let program = try program(environment)
        let (whole, before, effects) = (try await dumpWithoutSequences(), try await rows(), lms.effects.count)
        let dry = try await program.run(words, sourceLocation: sourceLocation)
        #expect(dry.output == would, "\(dry.errors)", sourceLocation: sourceLocation)
        #expect(dry.ending == .exit(0), sourceLocation: sourceLocation)
        #expect(try await dumpWithoutSequences() == whole, "the dry run", sourceLocation: sourceLocation)
        #expect(lms.effects.count == effects, "the dry run", sourceLocation: sourceLocation)

        let first = try await program.run(words + ["--commit"], sourceLocation: sourceLocation)
        #expect(first.output == did, "\(first.errors)", sourceLocation: sourceLocation)
        #expect(first.ending == .exit(0), sourceLocation: sourceLocation)
        let (after, done) = (try await rows(), lms.effects.count)
        #expect(after != before, sourceLocation: sourceLocation)

        guard let again else { return }
        let second = try await program.run(words + ["--commit"], sourceLocation: sourceLocation)
        #expect(second.output == again, "\(second.errors)", sourceLocation: sourceLocation)
        #expect(second.ending == .exit(status), sourceLocation: sourceLocation)
        let last = try await rows()
        let changed = Set(last).symmetricDifference(after).sorted()
        #expect(changed == [], "the second time", sourceLocation: sourceLocation)
        #expect(lms.effects.count == done, "the second time", sourceLocation: sourceLocation)
    }

    /// The dump, apart from the numbers that PostgreSQL does not take back when what drew them is undone.
    private func dumpWithoutSequences() async throws -> [String] {
        try await dump().filter { !$0.hasPrefix("SELECT pg_catalog.setval(") }
    }

    /// Every row of MITx Online's tables that a command changes, and what waits to be sent, whole.
    func rows() async throws -> [String] {
        try await database.read { session in
            var lines: [String] = []
            let prefixes = ["courses_", "ecommerce_", "openedx_", "wagtailcore_revision"]
            for table in Schema.reference.tables where prefixes.contains(where: table.name.hasPrefix) {
                var text: SQL = "''"
                for column in table.columns {
                    text = "\(sql: text) || '|' || coalesce(CAST(\(identifier: column.name) AS text), '-')"
                }
                let sql: SQL = "SELECT \(sql: text) AS line FROM \(identifier: table.name) ORDER BY 1"
                lines += try session.rows(sql) { row in table.name + (try row["line"] as String) }
            }
            return try lines + session.outboxLines(doneToo: true) + session.marks()
        }
    }
}
