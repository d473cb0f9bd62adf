import Bytes
import Foundation
import Support
import Testing

@testable import Store

@Suite("PostgreSQL connections") struct PostgresTests {
    private func connectError(_ locator: String, environment: [String: String] = [:]) async -> StoreError? {
        await storeError {
            try await Database(locator, environment: environment).read { try $0.forEach("SELECT 1 AS x") { _ in } }
        }
    }

    @Test("What keeps it from connecting is told apart", arguments: [Engine.postgres, .pgbouncer])
    func connecting(_ engine: Engine) async throws {
        try await withDatabase(engine, .nothing) { test in
            let missing = await connectError(test.locator.replacing("/test_", with: "/nothing_"))
            #expect(missing?.code == .notFound)
        }
    }

    @Test("No server, no host and no such role are told apart")
    func noServer() async throws {
        try await withDatabase(.postgres, .nothing) { test in
            let socket = await connectError(test.locator.replacing("port=5432", with: "port=5431"))
            #expect(socket?.code == .cannotConnect)
            let host = await connectError("postgresql://user@host.invalid/name")
            #expect(host?.code == .cannotConnect)
            let port = await connectError("postgresql://user@127.0.0.1:1/name")
            #expect(port?.code == .cannotConnect)
            let role = await connectError(test.locator.replacing("postgres@", with: "nobody_at_all@"))
            #expect(role?.code == .authentication)
        }
    }

    @Test("A password is taken from the environment, and never told")
    func passwords() async throws {
        try await withDatabase(.postgres, .nothing) { test in
            try await test.database.write { try $0.execute("CREATE ROLE locked LOGIN PASSWORD 'canary'") }
            let locator = test.locator.replacing("postgres@", with: "locked@")
            let none = await connectError(locator)
            #expect(none?.code == .authentication)
            let wrong = await connectError(locator, environment: ["PGPASSWORD": "kanarie"])
            #expect(wrong?.code == .authentication)
            #expect(wrong?.description.contains("kanarie") == false)
            let database = try Database(locator, environment: ["PGPASSWORD": "canary"])
            #expect(
                try await database.read { try $0.first("SELECT current_user AS u") { try $0["u"] as String } }
                    == "locked")

            let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: folder) }
            let credential = folder.appendingPathComponent("PGPASSFILE").path
            try "*:*:*:locked:canary".write(toFile: credential, atomically: false, encoding: .utf8)
            try FileManager.default.setAttributes([.posixPermissions: 0o400], ofItemAtPath: credential)
            let fromCredential = try Database(locator, environment: ["CREDENTIALS_DIRECTORY": folder.path])
            try await fromCredential.read { try $0.forEach("SELECT 1 AS x") { _ in } }
            try await test.database.write { try $0.execute("DROP ROLE locked") }
        }
    }

    @Test("A server that goes away in the middle of reading is noticed, and the next transaction connects anew")
    func lostConnection() async throws {
        try await withDatabase(.postgres, .nothing) { test in
            let locator = test.locator
            let terminate: SQL = """
                SELECT pg_terminate_backend(pid) AS x FROM pg_stat_activity
                WHERE datname = current_database() AND pid <> pg_backend_pid()
                """
            let error = await storeError {
                try await test.database.read { session in
                    try session.forEach("SELECT x, repeat('x', 1000) AS y FROM generate_series(1, 200000) AS x") {
                        row in
                        if try row["x"] == 1 { try secondConnection(locator).inTransaction(terminate) }
                    }
                }
            }
            #expect(error?.code == .connectionLost)
            #expect(error?.code.isTemporary == true)
            let answer: SQL = "SELECT 42 AS x"
            #expect(try await test.database.read { try $0.first(answer) { try $0["x"] as Int } } == 42)
            try secondConnection(locator).inTransaction(terminate)
            #expect(try await test.database.read { try $0.first(answer) { try $0["x"] as Int } } == 42)
        }
    }

    @Test("A statement that takes too long is cancelled")
    func statementTimeout() async throws {
        try await withDatabase(.postgres, .nothing) { test in
            var options = DatabaseOptions()
            options.statementTimeout = 50
            let database = try Database(test.locator, options: options)
            let error = await storeError {
                try await database.read { try $0.forEach("SELECT pg_sleep(60)::text AS x") { _ in } }
            }
            #expect(error?.code == .timeout)
        }
    }

    @Test("A role that may only SELECT can read and not write")
    func leastPrivilege() async throws {
        try await withDatabase(.postgres) { test in
            let now = Timestamp(microseconds: 0)
            let insert: SQL = """
                INSERT INTO courses_department (created_on, updated_on, name, slug) VALUES (\(now), \(now), 'a', 'a')
                """
            try await test.database.write { session in
                try session.execute(insert)
                try session.execute("CREATE ROLE only_reads LOGIN")
                try session.execute("GRANT SELECT ON courses_department TO only_reads")
            }
            let database = try Database(test.locator.replacing("postgres@", with: "only_reads@"))
            let names = try await database.read { session in
                try session.rows(.table("courses_department", columns: "id, name")) { row in try row["name"] as String }
            }
            #expect(names == ["a"])
            let writing = await storeError { try await database.write { try $0.execute(insert) } }
            #expect(writing?.code == .permissionDenied)
            let other = await storeError {
                try await database.read { try $0.forEach(.table("users_user", columns: "id")) { _ in } }
            }
            #expect(other?.code == .permissionDenied)
            #expect(other?.description.contains("users_user") == true)
            try await test.database.write { session in
                try session.execute("DROP OWNED BY only_reads")
                try session.execute("DROP ROLE only_reads")
            }
        }
    }

    @Test("Settings of the database or the role do not change what is read", arguments: [Engine.postgres, .pgbouncer])
    func foreignSettings(_ engine: Engine) async throws {
        try await withDatabase(engine, .nothing) { test in
            let name = try #require(test.locator.split { "/?".contains($0) }.dropFirst(2).first)
            let settings = [
                "timezone": "Asia/Kathmandu", "datestyle": "German", "extra_float_digits": "-5",
                "client_encoding": "LATIN1", "default_transaction_read_only": "on",
            ]
            let direct = try secondConnection(await PostgresServer.shared.locator(String(name), through: .postgres))
            for (setting, value) in settings {
                try direct.inTransaction(
                    "ALTER DATABASE \(identifier: String(name)) SET \(identifier: setting) = '\(sql: SQL(stringLiteral: value))'"
                )
            }
            let database = try Database(test.locator)
            try await database.write { session in
                try session.execute("CREATE TABLE t (id integer, z timestamptz, f float8, s text)")
                try session.execute(
                    "INSERT INTO t VALUES (1, '2026-09-15 14:30:00', 0.1::float8 + 0.2::float8, \("數學 é"))")
            }
            let row = try await database.read { session in
                try session.first("SELECT id, z, f, s FROM t") { row in
                    "\(try row["z"] as Timestamp) \(try row["f"] as Double) \(try row["s"] as String)"
                }
            }
            #expect(row == "2026-09-15T14:30:00Z 0.30000000000000004 數學 é")
        }
    }

    @Test("Nothing that a transaction sets outlives it")
    func leavesNoSettings() async throws {
        try await withDatabase(.pgbouncer, .nothing) { test in
            let program = try PostgresServer.tool("psql")
            func settings() throws -> String {
                let process = Process()
                process.executableURL = URL(fileURLWithPath: program)
                let show = "SHOW statement_timeout; SHOW lock_timeout; SHOW timezone; SHOW datestyle"
                process.arguments = ["-XAtq", "-d", test.locator, "-c", show]
                let output = Pipe()
                process.standardOutput = output
                try process.run()
                let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
                process.waitUntilExit()
                return text
            }
            let before = try settings()
            #expect(before.hasPrefix("0\n0\n"))
            try await test.database.write { session in try session.createNotes() }
            _ = try await test.database.read { session in try session.notes() }
            _ = await storeError { try await test.database.read { try $0.execute("SELEKT") } }
            #expect(try settings() == before)
        }
    }

    @Test("Bytes of a database without an encoding are checked")
    func noEncoding() async throws {
        try await withDatabase(.postgres, .nothing) { test in
            let server = PostgresServer.shared
            let locator = try await server.locator("no_encoding", through: .postgres)
            try await server.createDatabase(named: "no_encoding", arguments: ["--encoding", "SQL_ASCII"])
            let database = try Database(locator)
            let error = await storeError {
                try await database.read { session in
                    try session.first("SELECT 1 AS id, chr(65) || chr(255) AS x") { row in try row["x"] as String }
                }
            }
            #expect(error?.code == .malformedValue)
        }
    }

    @Test("A COPY that slipped in ends in an error, not in waiting")
    func strayCopy() async throws {
        try await withDatabase(.postgres, .nothing) { test in
            try await test.database.write { session in try session.createNotes() }
            for stray: SQL in ["COPY notes FROM STDIN", "COPY notes TO STDOUT"] {
                #expect(await storeError { try await test.database.write { try $0.execute(stray) } } != nil)
                #expect(try await test.database.read { session in try session.notes() } == [])
            }
        }
    }

    @Test("Text with a NUL character is refused, not cut")
    func nulCharacter() async throws {
        try await withDatabase(.postgres, .nothing) { test in
            try await test.database.write { session in try session.createNotes() }
            let bound = await storeError {
                try await test.database.write { try $0.execute("INSERT INTO notes (id, body) VALUES (1, \("a\0b"))") }
            }
            #expect(bound?.code == .malformedValue)
            let copied = await storeError {
                try await test.database.write { session in
                    try session.insert(into: "notes", columns: ["id", "body"]) { add in
                        try add([.int(1), .text("a\0b")])
                    }
                }
            }
            #expect(copied?.code == .malformedValue)
        }
    }
}
