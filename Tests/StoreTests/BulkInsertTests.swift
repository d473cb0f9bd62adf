import Bytes
import Store
import Support
import Testing

@Suite("Bulk insert") struct BulkInsertTests {
    @Test("Any text arrives unchanged", arguments: Engine.everyRoute)
    func texts(_ engine: Engine) async throws {
        let texts = ["", "\\N", "\\.", "\t", "\n", "\r\n", "a\\tb", "\\", "é😀", "\u{1}", "NULL", "'", "\""]
        try await withDatabase(engine, .nothing) { test in
            let count = try await test.database.write { session in
                try session.createNotes()
                return try session.insert(into: "notes", columns: ["id", "body"]) { add in
                    for (index, text) in texts.enumerated() { try add([index.bind, text.bind]) }
                    try add([texts.count.bind, .null])
                }
            }
            #expect(count == texts.count + 1)
            #expect(try await test.database.read { session in try session.notes() } == texts + [nil])
        }
    }

    @Test("Rows may come before those they refer to", arguments: Engine.everyRoute)
    func anyOrder(_ engine: Engine) async throws {
        try await withDatabase(engine) { test in
            try await test.database.write { session in
                try session.insert(into: "courses_course_departments", columns: ["id", "course_id", "department_id"]) {
                    add in try add([.int(1), .int(2), .int(3)])
                }
                try session.insertDepartment(3)
                try session.insertCourse(2)
            }
            let error = await storeError {
                try await test.database.write { session in
                    try session.insert(into: "courses_course_departments", columns: ["course_id", "department_id"]) {
                        add in try add([.int(2), .int(4)])
                    }
                }
            }
            #expect(error?.code == .constraint)
        }
    }

    @Test(
        "New rows are numbered after the inserted ones, and no number is given out twice", arguments: Engine.everyRoute)
    func numbering(_ engine: Engine) async throws {
        try await withDatabase(engine) { test in
            try await test.database.write { session in
                try session.insertDepartment(70)
                try session.insertDepartment(5)
            }
            let sql: SQL = """
                INSERT INTO courses_department (created_on, updated_on, name, slug)
                VALUES ('1970-01-01 00:00:00', '1970-01-01 00:00:00', 'new', 'new') RETURNING id
                """
            let id = try await test.database.write { session in try session.first(sql) { row in try row["id"] as Int } }
            #expect(id == 71)
            let next = try await test.database.write { session in
                try session.execute("DELETE FROM courses_department WHERE id = 71")
                try session.insertDepartment(6)
                return try session.first(sql) { row in try row["id"] as Int }
            }
            #expect(next == 72)
        }
    }

    @Test("A failure in the middle undoes it", arguments: Engine.everyRoute)
    func failure(_ engine: Engine) async throws {
        struct Stop: Error {}
        try await withDatabase(engine, .nothing) { test in
            try await test.database.write { session in try session.createNotes() }
            await #expect(throws: Stop.self) {
                try await test.database.write { session in
                    try session.insert(into: "notes", columns: ["id"]) { add in
                        for id in 0..<50_000 { try add([id.bind]) }
                        throw Stop()
                    }
                }
            }
            let width = await storeError {
                try await test.database.write { session in
                    try session.insert(into: "notes", columns: ["id", "body"]) { add in
                        try add([.int(1), .null])
                        try add([.int(2)])
                    }
                }
            }
            #expect(width?.code == .invalidStatement)
            #expect(width?.place == StoreError.Place(table: "notes", row: "row 2"))
            #expect(try await test.database.read { session in try session.notes() } == [])
        }
    }
}

extension Session {
    fileprivate mutating func insertDepartment(_ id: Int) throws {
        let now = Timestamp(microseconds: 0).bind
        try insert(into: "courses_department", columns: ["id", "created_on", "updated_on", "name", "slug"]) { add in
            try add([id.bind, now, now, "name \(id)".bind, "slug \(id)".bind])
        }
    }

    fileprivate mutating func insertCourse(_ id: Int) throws {
        let now = Timestamp(microseconds: 0).bind
        try insert(into: "courses_course", columns: ["id", "created_on", "updated_on", "title", "readable_id", "live"])
        {
            add in try add([id.bind, now, now, "title".bind, "readable \(id)".bind, true.bind])
        }
    }
}
