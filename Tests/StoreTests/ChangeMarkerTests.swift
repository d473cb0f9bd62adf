import Foundation
import Support
import Testing

@testable import Store

@Suite("Markers of what was committed") struct ChangeMarkerTests {
    @Test("They change with each commit of another connection", arguments: Engine.everyRoute)
    func commits(_ engine: Engine) async throws {
        try await withDatabase(engine, .nothing) { test in
            let other = try Database(test.locator)
            try await other.write { session in try session.createNotes() }
            var seen: Set = [try await test.database.changeMarker()]
            for statement: SQL in [
                "INSERT INTO notes (id, body) VALUES (1, 'a')", "UPDATE notes SET body = 'b'", "DELETE FROM notes",
            ] {
                try await other.write { session in try session.execute(statement) }
                #expect(seen.insert(try await test.database.changeMarker()).inserted)
            }
        }
    }

    @Test("A write that began before others and is committed after them is seen")
    func lateCommit() async throws {
        try await withDatabase(.postgres, .nothing) { test in
            try await test.database.write { session in try session.createNotes() }
            let early = try secondConnection(test.locator)
            try early.begin(.write)
            let insertion: SQL = "INSERT INTO notes (id) VALUES (1)"
            _ = try early.run(Statement(insertion, for: .postgres)) { _ in }
            try secondConnection(test.locator).inTransaction("INSERT INTO notes (id) VALUES (2)")
            let before = try await test.database.changeMarker()
            try early.commit()
            #expect(try await test.database.changeMarker() != before)
        }
    }

    @Test("Asking and reading change nothing", arguments: Engine.everyRoute)
    func readingIsNoChange(_ engine: Engine) async throws {
        try await withDatabase(engine, .nothing) { test in
            try await test.database.write { session in try session.createNotes() }
            var isSteady = false
            // Other tests write on the same server; but not all the time.
            for _ in 0..<2_000 where !isSteady {
                let before = try await test.database.changeMarker()
                _ = try await test.database.read { session in try session.notes() }
                isSteady = try await test.database.changeMarker() == before
            }
            #expect(isSteady)
        }
    }

    @Test("In an SQLite file what is undone is no change, and a write-ahead log is looked into")
    func writeAheadLog() async throws {
        try await withDatabase(.sqlite, .nothing) { test in
            let other = try Database(test.locator)
            try await other.write { session in try session.createNotes() }
            try setJournalMode(test.locator, "wal")
            let before = try await test.database.changeMarker()
            struct Undone: Error {}
            await #expect(throws: Undone.self) {
                try await other.write { session in
                    try session.execute("INSERT INTO notes (id) VALUES (1)")
                    throw Undone()
                }
            }
            #expect(try await test.database.changeMarker() == before)
            try await other.write { session in try session.execute("INSERT INTO notes (id) VALUES (1)") }
            #expect(try await test.database.changeMarker() != before)
        }
    }

    @Test("A file that takes the place of another is a change, and is read from then on")
    func replacedFile() async throws {
        try await withDatabase(.sqlite, .nothing) { test in
            try await withDatabase(.sqlite, .nothing) { newer in
                for (database, body) in [(test.database, "old"), (newer.database, "new")] {
                    try await database.write { session in
                        try session.createNotes()
                        try session.execute("INSERT INTO notes (id, body) VALUES (1, \(body))")
                    }
                }
                let reader = try Database(test.locator)
                let before = try await reader.changeMarker()
                #expect(try await reader.read { session in try session.notes() } == ["old"])
                let paths = [newer.locator, test.locator].map { String($0.dropFirst("sqlite:".count)) }
                try FileManager.default.moveItem(atPath: paths[1], toPath: paths[1] + ".away")
                #expect(await storeError { try await reader.changeMarker() }?.code == .notFound)
                try FileManager.default.copyItem(atPath: paths[0], toPath: paths[1])
                let after = try await reader.changeMarker()
                #expect(after != before)
                #expect(try await reader.changeMarker() == after)
                #expect(try await reader.read { session in try session.notes() } == ["new"])
            }
        }
    }

    @Test("A server that went away is said to, and is found again", arguments: [Engine.postgres])
    func lostServer(_ engine: Engine) async throws {
        try await withDatabase(engine, .nothing) { test in
            _ = try await test.database.changeMarker()
            try secondConnection(test.locator).inTransaction(
                """
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE datname = current_database() AND pid <> pg_backend_pid()
                """)
            // It broke while idle: the driver connects anew by itself.
            _ = try await test.database.changeMarker()
        }
    }
}
