import Bytes
import Support
import Testing

@Suite("MIT Learn's view")
struct LearnViewTests {
    private let learn = "https://learn.mit.edu"

    @Test("a recorded course is published with its current run, and its prices come from the page")
    func golden() throws {
        let document = try FixtureFiles.json("golden/v2/courses/1.json")
        let now = try #require(Timestamp("2026-09-15T14:30:00Z"))
        let course = try #require(try LearnCourse(document, now: now, learnBaseURL: learn))
        #expect(course.isPublished)
        #expect(course.url == "https://learn.mit.edu/courses/course-v1:MITxT+18.01.1x")
        #expect(course.runs.map(\.status) == [.archived, .current, .archived])
        #expect(course.runs.map { $0.prices.map(\.description) } == [[], ["0.00", "249.00"], []])
        #expect(course.hasCertification && course.certificationType == .micromasters)
        #expect(course.departments == ["Mathematics", "Physics"])
        #expect(course.instructors == ["Ada Lindqvist", "José Núñez-O’Hara"])
        #expect((course.minimumWeeklyHours, course.maximumWeeklyHours) == (6, 10))
    }

    @Test(
        "what keeps a course unpublished",
        arguments: [
            (#""page":null"#, false), (#""page":{"page_url":"u","live":false}"#, false),
            (#""page":{"page_url":"","live":true}"#, false), (#""include_in_learn_catalog":null"#, false),
            (#""courseruns":[]"#, false), (#""id":1"#, true),
        ])
    func unpublished(change: String, isPublished: Bool) throws {
        #expect(try course(change)?.isPublished == isPublished)
    }

    @Test(
        "a run is published unless it is closed, a contract's or a language variant",
        arguments: [
            (#""is_enrollable":true"#, true, nil), (#""is_enrollable":false"#, false, nil),
            (#""b2b_contract":16"#, false, LearnRun.Variant.b2b),
            (#""language":"fr","possible_variant_sets":[{"language":"fr","default_variant":false}]"#, false, .language),
            (
                #""language":"en","possible_variant_sets":[{"language":"fr","default_variant":false},"#
                    + #"{"language":"en","default_variant":true}]"#, true, nil
            ),
        ] as [(String, Bool, LearnRun.Variant?)])
    func runs(change: String, isPublished: Bool, variant: LearnRun.Variant?) throws {
        let run = try #require(try course(#""courseruns":[\#(run(change))]"#)?.runs.first)
        #expect(run.isPublished == isPublished)
        #expect(run.variant == variant)
    }

    @Test("a run is over when its enrollment, or else the run itself, ended before Learn's clock")
    func over() throws {
        func status(_ change: String) throws -> LearnRun.Status? {
            try course(#""courseruns":[\#(run(change))]"#)?.runs.first?.status
        }
        #expect(try status(#""end_date":"2026-11-23T20:45:00Z""#) == .current)
        #expect(try status(#""end_date":"2026-11-23T20:44:59Z""#) == .archived)
        let both = #""enrollment_end":"2027-01-01T00:00:00Z","end_date":"2026-01-01T00:00:00Z""#
        #expect(try status(both) == .current)
    }

    @Test("prices are the page's, free for audit, and free when the page has none")
    func prices() throws {
        func prices(_ change: String, modes: String) throws -> [String]? {
            let modes = modes.split(separator: " ").map { #"{"mode_slug":"\#($0)"}"# }.joined(separator: ",")
            return try course(#"\#(change),"courseruns":[\#(run(#""enrollment_modes":[\#(modes)]"#))]"#)?
                .runs.first?.prices.map(\.description)
        }
        let range = #""min_price":10.0,"max_price":149.5"#
        #expect(try prices(range, modes: "verified") == ["10.00", "149.50"])
        #expect(try prices(range, modes: "audit verified") == ["0.00", "10.00", "149.50"])
        #expect(try prices(range, modes: "audit") == ["0.00"])
        #expect(try prices(range, modes: "") == ["0.00"])
        #expect(try prices(#""min_price":0.0,"max_price":null"#, modes: "verified") == ["0.00"])
    }

    @Test(
        "what makes the whole import raise",
        arguments: [
            (#""title":null"#, "title"), (#""title":"\#(String(repeating: "x", count: 257))""#, "title"),
            (#""courseruns":null"#, "courseruns"), (#""topics":[{}]"#, "topics[0].name"),
            (#""departments":null"#, "departments"), (#""certificate_type":null"#, "certificate_type"),
            (#""page":{"page_url":"u","live":true,"instructors":[{"name":null}]}"#, "page.instructors[0].name"),
            (
                #""courseruns":[{"title":"r","courseware_id":"\#(String(repeating: "x", count: 129))"}]"#,
                "courseruns[0].courseware_id"
            ),
            (
                #""courseruns":[{"title":"r","courseware_id":"r","enrollment_modes":null}]"#,
                "courseruns[0].enrollment_modes"
            ),
            (#""duration":"\#(String(repeating: "x", count: 257))""#, "duration"),
        ])
    func failures(change: String, field: String) throws {
        let failure = #expect(throws: LearnFailure.self) { try course(change) }
        #expect(failure?.field == field)
    }

    @Test("proctored exams are left out")
    func proctored() throws {
        #expect(try course(#""title":"Algebra Proctored Exam""#) == nil)
    }

    @Test("a program asks for each course of its tree and drops those without a live page")
    func lookups() throws {
        let program = try LearnProgram(
            FixtureFiles.json("golden/v2/programs/1.json"), learnBaseURL: learn)
        #expect(program.isPublished)
        #expect(program.url == "https://learn.mit.edu/programs/program-v1:MITxT+SDS")
        #expect(program.courseIDs == [13, 7, 14, 4, 1, 15])
        let outcomes = try program.lookups { id in
            switch id {
            case 13: nil
            case 7: try JSONValue(parsing: "[]".utf8)
            case 14: try JSONValue(parsing: #"{"id":14,"page":null}"#.utf8)
            default: try FixtureFiles.json("golden/v2/courses/\(id).json")
            }
        }
        #expect(outcomes.map(\.lookup) == [.missing, .unreadable, .pageNotLive, .accepted, .accepted, .accepted])
    }

    @Test("a program shown as a course has another address")
    func shownAsCourse() throws {
        let program = try LearnProgram(FixtureFiles.json("golden/v2/programs/2.json"), learnBaseURL: learn)
        #expect(program.isShownAsCourse)
        #expect(program.url == "https://learn.mit.edu/courses/p/program-v1:MITxT+SCP")
        #expect(program.programIDs == [1])
    }

    @Test("lists are walked by path and query of next; another host stops the import")
    func walk() throws {
        func items(next: String) throws -> [JSONValue] {
            try LearnImport.items(at: "https://Mitxonline.mit.edu/api/v2/courses/") { target in
                switch target {
                case "/api/v2/courses/?live=True":
                    try JSONValue(parsing: #"{"results":[1],"next":"\#(next)"}"#.utf8)
                case "/_s/abc/page/2/": try JSONValue(parsing: #"{"results":[2],"next":null}"#.utf8)
                default: nil
                }
            }
        }
        #expect(try items(next: "http://mitxonline.mit.edu/_s/abc/page/2/") == [.number("1"), .number("2")])
        #expect(try items(next: "/_s/abc/page/2/").count == 2)
        for next in [
            "https://elsewhere.mit.edu/_s/abc/page/2/", "https://mitxonline.mit.edu:8443/_s/abc/page/2/",
            "/nowhere/", "/api/v2/courses/?live=True",
        ] {
            #expect(throws: LearnFailure.self, "\(next)") { try items(next: next) }
        }
    }

    @Test("courses that are missing from a list are pruned, an empty list prunes nothing")
    func pruning() throws {
        func run(_ ids: [String]) throws -> LearnImport {
            try LearnImport(
                coursesURL: "https://x/c/", programsURL: "https://x/p/", now: now, learnBaseURL: learn
            ) { target in
                let courses = ids.map { course(text: #""readable_id":"\#($0)""#) }.joined(separator: ",")
                return try JSONValue(parsing: #"{"results":[\#(target.hasPrefix("/c") ? courses : "")]}"#.utf8)
            }
        }
        let earlier = try run(["a", "b", "c"])
        #expect(try run(["b", "d"]).pruned(since: earlier) == ["a", "c"])
        #expect(try run([]).pruned(since: earlier).isEmpty)
    }

    private let now = Timestamp(microseconds: 1_795_466_700_000_000)

    /// A document that Learn publishes, apart from `change`, whose members win.
    private func course(text change: String) -> String {
        let members = [
            #""readable_id":"course-v1:MITx+1x""#, #""title":"One""#, #""include_in_learn_catalog":true"#,
            #""page":{"page_url":"u","live":true}"#, #""certificate_type":"Certificate of Completion""#,
            #""min_price":0.0,"max_price":10.0"#, #""courseruns":[\#(run(#""id":1"#))]"#, change,
        ]
        return "{" + members.joined(separator: ",") + "}"
    }

    private func course(_ change: String) throws -> LearnCourse? {
        try LearnCourse(JSONValue(parsing: course(text: change).utf8), now: now, learnBaseURL: learn)
    }

    private func run(_ change: String) -> String {
        #"{"courseware_id":"r1","title":"Run","is_enrollable":true,"enrollment_modes":[{"mode_slug":"verified"}],\#(change)}"#
    }
}
