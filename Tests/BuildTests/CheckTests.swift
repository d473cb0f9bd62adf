import Bytes
import Foundation
import Support
import Testing

@Suite("check")
struct CheckTests {
    private func check(
        _ catalog: TestCatalog, _ options: String..., sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> ProgramResult {
        try await BuildProgram().run(
            ["check", "--database", catalog.locator, "--now", BuildProgram.now] + options,
            sourceLocation: sourceLocation)
    }

    private func finished(_ status: Int, errors: Int, warnings: Int, notes: Int) -> String {
        #"{"level":"info","program":"mitxonline-build","command":"check","event":"finished","status":\#(status),"#
            + #""seconds":0,"errors":\#(errors),"warnings":\#(warnings),"notes":\#(notes)}"#
    }

    @Test("tells counts, what is wrong by course and program, and ends with 3", arguments: Engine.allCases)
    func text(engine: Engine) async throws {
        try await withCatalog(engine, .f()) { catalog in
            let result = try await check(catalog)
            #expect(
                result.output == """
                    3 courses: 1 published, 2 unpublished
                    3 programs: 1 published, 1 unpublished, 1 left out
                    0 errors, 12 warnings, 9 notes (--all shows them)

                    Algorithms one (course-v1:MITx+6.100x)
                      published at https://learn.mit.edu/courses/course-v1:MITx+6.100x: 3 of 5 runs, free or $149.50, certificate of micromasters
                      warning  source-run-open  courses_courserun 4  Is a source run that is open, which MIT Learn publishes as an ordinary run: close its enrollment.
                      warning  product-missing  courses_courserun 3  Offers a certificate (mode verified) but has no active product, so that nobody can buy it: add an active product for the run, or take the mode away.

                    biology two (course-v1:MITx+7.00x)
                      unpublished: wagtailcore_page 13, live is false: publish the page in the CMS
                      warning  page-not-live   cms_coursepage 13  Is to be listed by MIT Learn and the course is live, but its page is not: publish the page in the CMS, or untick “Include in Learn catalog”.
                      warning  topics-missing  cms_coursepage 13  Has no topics, so that nobody finds it by one: choose topics on the page in the CMS.
                      warning  image-missing   cms_coursepage 13  Has no feature image, so that cards and MIT Learn show none: choose one on the page in the CMS.

                    Prog child (program-v1:MITx+P2)
                      unpublished: cms_programpage 18, include_in_learn_catalog is false: tick “Include in Learn catalog” on the page in the CMS to publish it
                      warning  description-missing  cms_programpage 18  Has no description, and MIT Learn shows none: write one on the page in the CMS.
                      warning  image-missing        cms_programpage 18  Has no feature image, so that cards and MIT Learn show none: choose one on the page in the CMS.

                    Prog contract (program-v1:UAI+P3)
                      left out: courses_program 3, b2b_only is true: nothing, it is for organisations; untick “B2B only” in the admin to offer it to everybody
                      warning  image-missing  cms_programpage 19  Has no feature image, so that cards and MIT Learn show none: choose one on the page in the CMS.

                    Prog one (program-v1:MITx+P1)
                      published at https://learn.mit.edu/programs/program-v1:MITx+P1: 1 of 3 courses, MicroMasters Credential
                      warning  image-missing       cms_programpage 17  Has no feature image, so that cards and MIT Learn show none: choose one on the page in the CMS.
                      warning  course-part-hidden  courses_program 1   Requires the course course-v1:MITx+7.00x, whose page is not live (wagtailcore_page 13), so that MIT Learn leaves it out: publish it, or take it out of the requirements.
                      warning  course-part-hidden  courses_program 1   Requires the course course-v1:MITx+5.00x, which has no page, so that MIT Learn leaves it out: publish it, or take it out of the requirements.

                    Coll one
                      warning  collection-program-hidden  courses_programcollection 20  Lists the program program-v1:UAI+P3, which is for organisations only: publish that program, or take it out of the collection.

                    Not on MIT Learn, and nothing wrong with it:
                      Chem no page  course-v1:MITx+5.00x  unpublished  no cms_coursepage has course_id 3

                    """)
            #expect(result.log == [finished(3, errors: 0, warnings: 12, notes: 9)])
            #expect(result.ending == .exit(3))
            #expect(!catalog.workspace.exists("output"))
        }
    }

    @Test("of a course that is named tells everything, and of nothing else", arguments: Engine.allCases)
    func course(engine: Engine) async throws {
        try await withCatalog(engine, .f()) { catalog in
            let result = try await check(catalog, "--course", "course-v1:MITx+6.100x")
            #expect(
                result.output == """
                    Algorithms one (course-v1:MITx+6.100x)
                      published at https://learn.mit.edu/courses/course-v1:MITx+6.100x: 3 of 5 runs, free or $149.50, certificate of micromasters
                        RUN                              ON MIT LEARN  STATUS    PRICES        START                        WHY
                        course-v1:MITx+6.100x+1T2025     published     Archived                2025-01-15T14:00:00Z         courses_courserun 1, end_date is 2025-06-01T23:59:59Z: set an enrollment_end or end_date that lies ahead in the admin, else it shows as archived, without price
                        course-v1:MITx+6.100x+3T2099     published     Current   0.00, 149.50  2099-09-01T14:00:00.123456Z
                        course-v1:MITx+6.100x+3T2099_fr  unpublished   Current   0.00, 149.50  2099-09-01T14:00:00Z         variants_supportedvariant 2, default_variant is false: nothing, it stands behind the course's default; make this set the default one to publish the run
                        course-v1:MITx+6.100x+SOURCE     published     Current   0.00, 149.50  2020-01-01T00:00:00Z
                        course-v1:UAI_ACME+6.100x+1C1    unpublished   Current   0.00, 149.50  2025-01-15T00:00:00Z         courses_courserun 5, b2b_contract_id is 16: nothing, it is an organisation's; a run for everybody has no contract
                      instructors: Alan Turing, Ada Lovelace
                      topics: Algorithms, Genetics, Biology & Life, Computer Science
                      departments: Electrical Engineering and Computer Science, Biology
                      description: yes, image: https://mitxonline.mit.edu/media/original_images/dome.png?v=ab12, availability: dated
                      warning  source-run-open             courses_courserun 4  Is a source run that is open, which MIT Learn publishes as an ordinary run: close its enrollment.
                      warning  product-missing             courses_courserun 3  Offers a certificate (mode verified) but has no active product, so that nobody can buy it: add an active product for the run, or take the mode away.
                      note     search-description-missing  wagtailcore_page 10  Has no search description, so that search engines choose a text of their own: write one on the page's tab for promotion in the CMS.

                    """)
            #expect(result.log == [finished(3, errors: 0, warnings: 2, notes: 1)])
            #expect(result.ending == .exit(3))
        }
    }

    @Test("of a program that is named tells its parts")
    func program() async throws {
        try await withCatalog(.sqlite, .f()) { catalog in
            let result = try await check(catalog, "--program", "program-v1:MITx+P1")
            #expect(
                result.output.hasPrefix(
                    """
                    Prog one (program-v1:MITx+P1)
                      published at https://learn.mit.edu/programs/program-v1:MITx+P1: 1 of 3 courses, MicroMasters Credential
                        course   course-v1:MITx+6.100x  part of it
                        course   course-v1:MITx+7.00x   skipped: its page is missing or not live
                        course   course-v1:MITx+5.00x   skipped: its page is missing or not live
                        program  program-v1:MITx+P2     part of it
                      topics: Algorithms, Genetics
                      departments: Electrical Engineering and Computer Science
                      description: yes

                    """))
            #expect(result.ending == .exit(3))
        }
    }

    @Test("ends with 0 when there are but notes")
    func clean() async throws {
        try await withCatalog(.sqlite, .f()) { catalog in
            let result = try await check(catalog, "--course", "course-v1:MITx+5.00x")
            #expect(
                result.output == """
                    Chem no page (course-v1:MITx+5.00x)
                      unpublished: no cms_coursepage has course_id 3: make a page for the course in the CMS
                      instructors: none
                      topics: none
                      departments: none
                      description: none, image: none, availability: anytime

                    """)
            #expect(result.log == [finished(0, errors: 0, warnings: 0, notes: 0)])
            #expect(result.ending == .exit(0))
        }
    }

    @Test("with --json prints one document, the same on both engines", arguments: Engine.allCases)
    func json(engine: Engine) async throws {
        try await withCatalog(engine, .f()) { catalog in
            let result = try await check(catalog, "--json")
            #expect(result.ending == .exit(3))
            let document = try JSONValue(parsing: Array(result.output.utf8))
            guard case .object(let members) = document else { throw CheckError.notAnObject }
            #expect(members.map(\.key) == ["now", "counts", "courses", "programs", "findings"])
            #expect(document["now"] == .string(BuildProgram.now))
            #expect(document["counts"]?["warnings"] == .number("12"))
            let course = try #require(document["courses"]?.array?.first)
            #expect(course["state"] == .string("published"))
            #expect(
                course["runs"]?.array?.map { $0["published"] } == [true, true, false, true, false].map { .bool($0) })
            let variant = try #require(course["runs"]?.array?[2]["reasons"]?.array?.first)
            #expect(variant["code"] == .string("run-variant") && variant["column"] == .string("default_variant"))
            #expect(document["findings"]?.array?.count == 21)
            #expect(
                document["findings"]?.array?.first?.compactText
                    == #"{"severity":"warning","code":"source-run-open","table":"courses_courserun","id":"4","#
                    + #""title":"course-v1:MITx+6.100x+SOURCE","course_id":1,"text":"Is a source run that is open, "#
                    + #"which MIT Learn publishes as an ordinary run","advice":"close its enrollment"}"#)
        }
    }

    @Test("of a name that nothing has ends with 65 and asks for the nearest")
    func unknown() async throws {
        try await withCatalog(.sqlite, .f()) { catalog in
            try await check(catalog, "--course", "course-v1:MITx+6.10x").expectFailure(
                65, command: "check",
                "no course has the readable id 'course-v1:MITx+6.10x'; did you mean 'course-v1:MITx+6.100x'?")
            try await check(catalog, "--program", "elsewhere").expectFailure(
                65, command: "check", "no program has the readable id 'elsewhere'")
            try await check(catalog, "--course", ",").expectFailure(
                64, command: "check", "--course: ',' names nothing")
        }
    }

    @Test("of a database that does not answer ends as a render does")
    func noDatabase() async throws {
        let result = try await BuildProgram().run(["check"])
        #expect(result.ending == .exit(64))
        #expect(result.message?.hasPrefix("database is not set") == true, "\(result.errors)")
    }

    @Test("a title cannot command a terminal")
    func controlCharacters() async throws {
        var fixture = try Fixture.f()
        try fixture.set("courses_course", 1, ["title": "A\u{1b}[2J\u{202e}B"])
        try await withCatalog(.sqlite, fixture) { catalog in
            let output = try await check(catalog, "--all").output
            #expect(output.contains(#"A\u{1b}[2J\u{202e}B (course-v1:MITx+6.100x)"#))
            #expect(!output.unicodeScalars.contains("\u{1b}"))
        }
    }
}

private enum CheckError: Error {
    case notAnObject
}

extension JSONValue {
    fileprivate var compactText: String { String(decoding: compactBytes, as: UTF8.self) }
}
