import Bytes
import Foundation
import Support
import Testing

@testable import Store

@Suite("Errors") struct ErrorTests {
    @Test("A missing table or column is named", arguments: Engine.everyRoute)
    func missing(_ engine: Engine) async throws {
        try await withDatabase(engine, .nothing) { test in
            try await test.database.write { session in try session.createNotes() }
            func error(_ sql: SQL) async -> StoreError? {
                await storeError { try await test.database.read { try $0.forEach(sql) { _ in } } }
            }
            let table = await error(.table("courses_course", columns: "id"))
            #expect(table?.code == .missingTable)
            #expect(table?.place.table == "courses_course")
            let column = await error(.table("notes", columns: "id, titel"))
            #expect(column?.code == .missingColumn)
            #expect(column?.place.column == "titel")
            #expect(column?.place.table == "notes")
            let plain = await error("SELECT n.titel FROM notes n")
            #expect(plain?.code == .missingColumn)
            #expect(plain?.place.column == "n.titel")
            let insert = await storeError {
                try await test.database.write { try $0.insert(into: "notes", columns: ["id", "titel"]) { _ in } }
            }
            #expect(insert?.code == .missingColumn)
            #expect(insert?.place.column == "titel")
        }
    }

    @Test("Constraints say which kind was broken, and where", arguments: Engine.everyRoute)
    func constraints(_ engine: Engine) async throws {
        let now = Timestamp(microseconds: 0)
        try await withDatabase(engine) { test in
            func error(_ statements: SQL...) async -> StoreError? {
                await storeError {
                    try await test.database.write { session in for sql in statements { try session.execute(sql) } }
                }
            }
            func department(_ id: Int, _ name: String?) -> SQL {
                """
                INSERT INTO courses_department (id, created_on, updated_on, name, slug)
                VALUES (\(id), \(now), \(now), \(name), \("slug-\(id)"))
                """
            }
            let unique = await error(department(1, "canary"), department(2, "canary"))
            #expect(unique?.code == .uniqueViolation)
            let key = await error(department(1, "canary"), department(1, "canary 2"))
            #expect(key?.code == .uniqueViolation)
            let null = await error(department(1, nil))
            #expect(null?.code == .constraint)
            #expect(null?.place.column == "name")
            let check = await error(
                "INSERT INTO wagtailcore_collection (path, depth, numchild, name) VALUES ('1', -1, 0, '')")
            #expect(check?.code == .constraint)
            let foreign = await error("INSERT INTO courses_course_departments (course_id, department_id) VALUES (5, 6)")
            #expect(foreign?.code == .constraint)
            for error in [unique, key, null, check, foreign] {
                #expect(error?.description.contains("canary") == false)
            }
        }
    }

    @Test("No value that was bound or stored is ever told", arguments: Engine.everyRoute)
    func canaries(_ engine: Engine) async throws {
        let canary = "canary@example.org"
        try await withDatabase(engine, .nothing) { test in
            try await test.database.write { session in
                try session.execute(
                    "CREATE TABLE people (id integer PRIMARY KEY, email varchar(30) UNIQUE, age integer)")
                try session.execute("INSERT INTO people (id, email) VALUES (1, \(canary))")
            }
            let failing: [SQL] = [
                "INSERT INTO people (id, email) VALUES (2, \(canary))",
                "INSERT INTO people (id, email) VALUES (\(canary), 'x')",
                "UPDATE people SET id = \(canary)",
                "SELECT \(canary) AS id FROM nothing",
                "SELECT id FROM people WHERE email = \(canary) AND missing = \(canary)",
                "SELEKT \(canary)",
                "UPDATE people SET email = \(canary) || \(canary) || \(canary), id = \(canary)",
            ]
            for sql in failing {
                let error = await storeError { try await test.database.write { try $0.execute(sql) } }
                #expect(error.map { "\($0)".contains("canary") } == false)
            }
            let copied = await storeError {
                try await test.database.write { session in
                    try session.insert(into: "people", columns: ["id", "email"]) { add in
                        try add([.int(3), .text(canary)])
                    }
                }
            }
            #expect(copied?.code == .uniqueViolation)
            #expect(copied.map { "\($0)".contains("canary") } == false)
        }
    }

    @Test("Every kind of failure has advice, and says it after where and what")
    func descriptions() {
        for code in StoreError.Code.allCases { #expect(!code.advice.isEmpty && !code.advice.hasSuffix(".")) }
        let error = StoreError(
            .malformedValue, "not a whole number",
            at: StoreError.Place(database: "sqlite:a.db", table: "courses_course", row: "id 7", column: "live"))
        #expect(
            error.description
                == "sqlite:a.db, table courses_course, id 7, column live: not a whole number. Correct the value")
    }
}
