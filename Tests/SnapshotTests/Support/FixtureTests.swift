import Support
import Testing

@Suite("Fixtures")
struct FixtureTests {
    @Test("Fixture F holds the objects of the acceptance cases")
    func fixtureF() throws {
        let fixture = try Fixture.f()
        #expect(fixture.tables["courses_course"]?.rows.count == 3)
        #expect(fixture.tables["courses_courserun"]?.rows.count == 5)
        #expect(try fixture.value("courses_courserun", 2, "start_date") == "2099-09-01 14:00:00.123456+00")
        #expect(try fixture.value("cms_coursepage", 10, "prerequisites") == nil)
        #expect(try fixture.value("cms_coursepage", 13, "prerequisites") == "")
        #expect(fixture.tables["robots_rule"]?.rows.isEmpty == true)
    }

    @Test("the content types of the two databases have different numbers")
    func contentTypes() throws {
        func number(_ model: String, _ fixture: Fixture) throws -> String? {
            let table = try #require(fixture.tables["django_content_type"])
            return table.rows.first { $0[1] == "courses" && $0[2] == model }?[0]
        }
        for model in ["course", "courserun", "program"] {
            let numbers = (try number(model, .f()), try number(model, .golden()))
            #expect(numbers.0 != nil && numbers.1 != nil && numbers.0 != numbers.1)
        }
    }

    @Test("quoted fields keep quotes, commas and line ends, and only an unquoted \\N is NULL")
    func csv() throws {
        let fixture = try Fixture.golden()
        #expect(try fixture.value("courses_course", 6, "title") == "Élan & <em>R&D</em> — 数学 \"入門\" 😀")
        #expect(try fixture.value("cms_coursepage", 29, "description")?.contains("</p>\n<p>caf&eacute;") == true)
        #expect(try fixture.value("cms_programpage", 51, "prerequisites") == nil)
        #expect(try fixture.value("cms_programpage", 51, "description") == "")
    }

    @Test("a test can change, add, copy and remove rows")
    func edits() throws {
        var fixture = try Fixture.f()
        try fixture.set("courses_courserun", 3, ["is_primary_language": "t", "end_date": nil])
        #expect(try fixture.value("courses_courserun", 3, "is_primary_language") == "t")
        try fixture.copy("courses_courserun", 2, ["id": "6", "run_tag": "1T2100"])
        #expect(try fixture.value("courses_courserun", 6, "course_id") == "1")
        #expect(try fixture.value("courses_courserun", 6, "run_tag") == "1T2100")
        try fixture.insert("courses_relatedprogram", ["id": "1", "first_program_id": "1", "second_program_id": "2"])
        #expect(try fixture.value("courses_relatedprogram", 1, "second_program_id") == "2")
        try fixture.delete("courses_courserun", 1)
        try fixture.delete("courses_courserun_enrollment_modes", where: "courserun_id", is: "1")
        #expect(fixture.tables["courses_courserun"]?.rows.count == 5)
        #expect(fixture.tables["courses_courserun_enrollment_modes"]?.rows.count == 8)
    }

    @Test("a misspelt edit is an error")
    func misspelt() throws {
        var fixture = try Fixture.f()
        #expect(throws: FixtureError.self) { try fixture.set("courses_run", 1, [:]) }
        #expect(throws: FixtureError.self) { try fixture.set("courses_courserun", 1, ["tag": "x"]) }
        #expect(throws: FixtureError.self) { try fixture.set("courses_courserun", 99, ["run_tag": "x"]) }
        #expect(throws: FixtureError.self) { try fixture.delete("courses_courserun", 99) }
        #expect(throws: FixtureError.self) {
            try fixture.delete("courses_courserun_enrollment_modes", where: "courserun_id", is: "99")
        }
    }
}
