import Bytes
import Store
import Support
import Testing

@Suite("The synthetic catalog")
struct SyntheticCatalogTests {
    private let catalog = SyntheticCatalog(courses: 30)

    @Test("the same size gives the same rows, at any time and on any machine")
    func determinism() async throws {
        let digests = (try await digest(), try await digest())
        #expect(digests.0 == digests.1)
        // Figures that were measured before this changed cannot be compared with those measured after.
        #expect(digests.0 == "1d8086242569cbce5c8e55a6b2d299730201a9464dc90a6eed6f17485ee8f236")
    }

    /// The digest of every row of every table.
    private func digest() async throws -> String {
        try await withDatabase(.sqlite, .nothing) { test in
            try await catalog.write(to: test.locator)
            return try await test.database.read { session in
                var digest = SHA256()
                for table in Schema.reference.tables {
                    let values = table.columns.map { "quote(\"\($0.name)\")" }.joined(separator: " || ',' || ")
                    let rows = SQL(stringLiteral: "SELECT \(values) AS line FROM \"\(table.name)\" ORDER BY 1")
                    try session.forEach(rows) { row in
                        let line: String = try row["line"]
                        digest.update("\(table.name),\(line)\n".utf8)
                    }
                }
                return digest.finalize().hex
            }
        }
    }

    @Test("it renders without being refused, to the same snapshot on both engines")
    func renders() async throws {
        var snapshots: [String?] = []
        for engine in Engine.allCases {
            let snapshot = try await withDatabase(engine, .nothing) { test in
                try await catalog.write(to: test.locator)
                let workspace = try Workspace()
                let result = try await BuildProgram().run(BuildProgram.rendering(test.locator, into: workspace))
                try #require(result.ending == .exit(0), "\(result.errors)")
                return try workspace.servedID()
            }
            snapshots.append(snapshot)
        }
        #expect(snapshots[0] != nil)
        #expect(snapshots[0] == snapshots[1])
    }
}
