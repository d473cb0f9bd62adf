import Foundation
import Support
import Testing

@testable import Store

@Suite("SQLite files") struct SQLiteTests {
    private func inFolder<T>(_ body: (String) async throws -> T) async throws -> T {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("flows-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        return try await body(folder)
    }

    private func readError(_ locator: String) async -> StoreError? {
        await storeError { try await Database(locator).read { try $0.notes() } }
    }

    @Test("What is no database is told apart")
    func notADatabase() async throws {
        try await inFolder { folder in
            #expect(await readError("sqlite:\(folder)/missing.db")?.code == .notFound)
            #expect(await readError("sqlite:\(folder)/missing/missing.db")?.code == .notFound)
            #expect(await readError("sqlite:\(folder)")?.code == .notADatabase)
            try String(repeating: "no database ", count: 100).write(
                toFile: "\(folder)/text", atomically: false, encoding: .utf8)
            #expect(await readError("sqlite:\(folder)/text")?.code == .notADatabase)
            #expect(await readError("sqlite::memory:")?.code == .notFound)
            #expect(await readError("sqlite:file:x?mode=memory")?.code == .notFound)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["text"])
        }
    }

    @Test("Only writing creates a file, and only when told to")
    func creation() async throws {
        try await inFolder { folder in
            let locator = "sqlite://\(folder)/new.db"
            let refused = await storeError { try await Database(locator).write { try $0.createNotes() } }
            #expect(refused?.code == .notFound)
            var options = DatabaseOptions()
            options.createsFile = true
            let reading = await storeError { try await Database(locator, options: options).read { try $0.notes() } }
            #expect(reading?.code == .notFound)
            try await Database(locator, options: options).write { try $0.createNotes() }
            #expect(try await Database(locator).read { try $0.notes() } == [])
        }
    }

    @Test("Reading leaves nothing beside the file")
    func leavesNothing() async throws {
        try await withDatabase(.sqlite, .nothing) { test in
            try await test.database.write { session in try session.createNotes() }
            let path = String(test.locator.dropFirst("sqlite:".count))
            let folder = (path as NSString).deletingLastPathComponent
            let before = try FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
            let files = try await Database(test.locator).read { session in
                _ = try session.notes()
                return try FileManager.default.contentsOfDirectory(atPath: folder)
            }
            #expect(files == ["test.db"])
            #expect(try FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date == before)
        }
    }

    @Test("A quoted name that names nothing is an error, not a text")
    func quotedNames() async throws {
        try await withDatabase(.sqlite, .nothing) { test in
            try await test.database.write { session in try session.createNotes() }
            let error = await storeError {
                try await test.database.read { try $0.forEach("SELECT id FROM notes WHERE body = \"text\"") { _ in } }
            }
            #expect(error?.code == .missingColumn)
        }
    }

    @Test("Numbers stored with a fraction or as blob are no whole numbers")
    func looseTypes() async throws {
        try await withDatabase(.sqlite, .nothing) { test in
            try await test.database.write { session in
                try session.execute("CREATE TABLE loose (id INTEGER PRIMARY KEY, x)")
                try session.execute("INSERT INTO loose VALUES (1, 5.0), (2, x'35'), (3, '5')")
            }
            let read = { (id: Int) in
                try await test.database.read { session in
                    try session.first("SELECT id, x FROM loose WHERE id = \(id)") { row in try row["x"] as Int }
                }
            }
            #expect(await storeError { try await read(1) }?.code == .malformedValue)
            #expect(await storeError { try await read(2) }?.code == .malformedValue)
            #expect(try await read(3) == 5)
        }
    }
}
