import Catalog
import Records
import Support
import Testing

@Suite("Reading the catalog")
struct StatementCountTests {
    @Test("one statement a table, however many rows", arguments: Engine.allCases)
    func statements(engine: Engine) async throws {
        var empty = try Fixture.f()
        empty.clear()
        var counts: [Int] = []
        for fixture in [empty, try .f(), try .golden()] {
            let count = try await withDatabase(engine, .tablesWithoutForeignKeys) { test in
                try await test.database.write { session in try fixture.load(into: &session) }
                return try await test.database.read { session in
                    _ = try CourseCatalog(CatalogReader.read(&session))
                    return session.statementCount
                }
            }
            counts.append(count)
        }
        #expect(counts == [43, 43, 43])
    }

    @Test("both engines give the same catalog", arguments: ["f", "golden/db"])
    func engines(folder: String) async throws {
        let fixture = try Fixture(folder: folder)
        let (left, right) = try await (
            ReadFixture(fixture, from: .sqlite).rendered(), ReadFixture(fixture, from: .postgres).rendered()
        )
        #expect(left.paths == right.paths)
        for path in left.paths { #expect(left.bytes(at: path) == right.bytes(at: path), "\(path)") }
        #expect(left.rendering.warnings == right.rendering.warnings)
        #expect(left.rendering.nextChange == right.rendering.nextChange)
    }
}
