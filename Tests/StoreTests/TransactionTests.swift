import Support
import Testing

@testable import Store

@Suite("Transactions") struct TransactionTests {
    @Test("A write is seen by a later read", arguments: Engine.everyRoute)
    func commits(_ engine: Engine) async throws {
        try await withDatabase(engine, .nothing) { test in
            let changed = try await test.database.write { session in
                try session.createNotes()
                return try session.execute("INSERT INTO notes (id, body) VALUES (1, \("a")), (2, \(String?.none))")
            }
            #expect(changed == 2)
            let notes = try await test.database.read { session in try session.notes() }
            #expect(notes == ["a", nil])
        }
    }

    @Test("A throw undoes everything, and the database stays usable", arguments: Engine.everyRoute)
    func rollsBack(_ engine: Engine) async throws {
        struct Stop: Error {}
        try await withDatabase(engine, .nothing) { test in
            try await test.database.write { session in try session.createNotes() }
            await #expect(throws: Stop.self) {
                try await test.database.write { session in
                    try session.execute("INSERT INTO notes (id) VALUES (1)")
                    throw Stop()
                }
            }
            #expect(try await test.database.read { session in try session.notes() } == [])
        }
    }

    @Test("Reading cannot write", arguments: Engine.everyRoute)
    func readOnly(_ engine: Engine) async throws {
        try await withDatabase(engine, .nothing) { test in
            try await test.database.write { session in try session.createNotes() }
            let error = await storeError {
                try await test.database.read { session in try session.execute("INSERT INTO notes (id) VALUES (1)") }
            }
            #expect(error?.code == .readOnly)
        }
    }

    @Test("A transaction that goes on after a failed statement is undone", arguments: Engine.everyRoute)
    func failedStatement(_ engine: Engine) async throws {
        try await withDatabase(engine, .nothing) { test in
            try await test.database.write { session in try session.createNotes() }
            let error = await storeError {
                try await test.database.write { session in
                    try session.execute("INSERT INTO notes (id) VALUES (1)")
                    _ = try? session.execute("INSERT INTO notes (id) VALUES (1)")
                }
            }
            #expect(error?.code == .invalidStatement)
            #expect(try await test.database.read { session in try session.notes() } == [])
            let next = await storeError {
                try await test.database.write { session in
                    _ = try? session.execute("INSERT INTO notes (id) VALUES (1), (1)")
                    try session.execute("INSERT INTO notes (id) VALUES (2)")
                }
            }
            #expect(next?.code == .invalidStatement)
        }
    }

    @Test("A reader sees one state, whatever others commit meanwhile", arguments: Engine.everyRoute)
    func snapshot(_ engine: Engine) async throws {
        try await withDatabase(engine, .nothing) { test in
            try await test.database.write { session in
                try session.createNotes()
                try session.execute("INSERT INTO notes (id, body) VALUES (1, 'old')")
            }
            let locator = test.locator
            let (before, committed, after) = try await test.database.read { session in
                let before = try session.notes()
                let other = try secondConnection(locator)
                // SQLite makes the writer wait for the reader, PostgreSQL lets it commit.
                let committed = (try? other.inTransaction("UPDATE notes SET body = 'new'")) != nil
                return (before, committed, try session.notes())
            }
            #expect(committed == (engine != .sqlite))
            #expect(before == ["old"])
            #expect(after == ["old"])
        }
    }

    @Test("A write-ahead log keeps readers apart from a writer too")
    func writeAheadLog() async throws {
        try await withDatabase(.sqlite, .nothing) { test in
            try await test.database.write { session in
                try session.createNotes()
                try session.execute("INSERT INTO notes (id, body) VALUES (1, 'old')")
            }
            try setJournalMode(test.locator, "wal")
            let locator = test.locator
            let notes = try await test.database.read { session in
                let before = try session.notes()
                try secondConnection(locator).inTransaction("UPDATE notes SET body = 'new'")
                return try before + session.notes()
            }
            #expect(notes == ["old", "old"])
            #expect(try await test.database.read { session in try session.notes() } == ["new"])
        }
    }

    @Test("A writer that cannot have the lock in time is told so", arguments: Engine.everyRoute)
    func busy(_ engine: Engine) async throws {
        try await withDatabase(engine, .nothing) { test in
            try await test.database.write { session in
                try session.createNotes()
                try session.execute("INSERT INTO notes (id, body) VALUES (1, 'old')")
            }
            let locator = test.locator
            let code = try await test.database.write { session -> StoreError.Code? in
                try session.execute("UPDATE notes SET body = 'mine'")
                do {
                    try secondConnection(locator).inTransaction("UPDATE notes SET body = 'theirs'")
                    return nil
                } catch let error as StoreError {
                    return error.code
                }
            }
            #expect(code == .busy)
            #expect(try await test.database.read { session in try session.notes() } == ["mine"])
        }
    }

    @Test("Rows that another transaction has locked can be left out")
    func skipLocked() async throws {
        try await withDatabase(.postgres, .nothing) { test in
            try await test.database.write { session in
                try session.createNotes()
                try session.execute("INSERT INTO notes (id) VALUES (1), (2)")
            }
            let other = try Database(test.locator)
            let locator = test.locator
            _ = other
            let free = try await test.database.write { session in
                _ = try session.first("SELECT id FROM notes WHERE id = 1 \(lock: .update)") { row in
                    try row["id"] as Int
                }
                let second = try secondConnection(locator)
                try second.begin(.write)
                defer { second.rollback() }
                var ids: [Int] = []
                let sql: SQL = "SELECT id FROM notes ORDER BY id \(lock: .updateSkipLocked)"
                _ = try second.run(Statement(sql, for: .postgres)) { row in ids.append(try row["id"]) }
                return ids
            }
            #expect(free == [2])
        }
    }

    @Test("Transactions of one database run one after the other", arguments: Engine.allCases)
    func serial(_ engine: Engine) async throws {
        try await withDatabase(engine, .nothing) { test in
            try await test.database.write { session in
                try session.createNotes()
                try session.execute("INSERT INTO notes (id, body) VALUES (1, '0')")
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<20 {
                    group.addTask {
                        try await test.database.write { session in
                            let sum = try session.first("SELECT id, body FROM notes") { row in
                                Int(try row["body"] as String) ?? 0
                            }
                            try session.execute("UPDATE notes SET body = \("\((sum ?? 0) + 1)")")
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await test.database.read { session in try session.notes() } == ["20"])
        }
    }
}
