import Foundation
import Snapshot
import Testing

/// One change of the sound snapshot and the problem it must bring up.
struct Breakage: Sendable, CustomTestStringConvertible {
    let name: String
    let path: String
    let old: String
    let new: String
    let pointer: String
    let text: String

    init(_ name: String, _ path: String, _ old: String, _ new: String, at pointer: String, _ text: String) {
        self.name = name
        self.path = path
        self.old = old
        self.new = new
        self.pointer = pointer
        self.text = text
    }

    var testDescription: String { name }

    private static let list = "public/api/v2/courses/page/2/index.json"
    private static let head = "public/api/v2/courses/index.json"
    private static let detail = "public/api/v2/courses/7/index.json"
    private static let inside = "internal/api/internal/courses/7/index.json"
    private static let insideList = "internal/api/internal/courses/page/2/index.json"
    private static let program = "public/api/v2/programs/1/index.json"
    private static let programs = "public/api/v2/programs/index.json"
    private static let links = "https://mitxonline.mit.edu/_s/@@SID@@/api/v2/courses/page"

    static let all: [Breakage] = [
        .init(
            "a text cut short", detail, "}]}", "}]", at: "", "is not JSON: a comma or the closing bracket is expected"),
        .init(
            "a second document", detail, #""b2b_contract":null}]}"#, #""b2b_contract":null}]}{}"#, at: "",
            "is not JSON: text after the document"),
        .init("a file without shape that is not JSON", "public/api/v2/empty.json", "0", "00", at: "", "is not JSON"),
        .init(
            "a document that is no object", "public/api/v2/departments/1/index.json", "{", "[{", at: "", "is not JSON"),
        .init("a missing key", detail, #""readable_id":"course-v1:MITx+3.7x","#, "", at: "/readable_id", "is missing"),
        .init("a key that is spelt otherwise", detail, "courseruns", "course_runs", at: "/courseruns", "is missing"),
        .init("the same key twice", detail, #""id":7"#, #""id":7,"id":7"#, at: "/id", "stands twice"),
        .init("a page without live", detail, #""live":true,"length""#, #""length""#, at: "/page/live", "is missing"),
        .init(
            "a title that is null", detail, #""title":"Glass Physics","readable"#, #""title":null,"readable"#,
            at: "/title", "is null, and must be a string"),
        .init(
            "an empty title", detail, #""title":"Glass Physics","readable"#, #""title":"","readable"#, at: "/title",
            "has 0 characters, and must have 1 to 256"),
        .init(
            "a title of 257 characters", detail, #""title":"Glass Physics","readable"#,
            #""title":"\#(String(repeating: "é", count: 256))\u00e9","readable"#, at: "/title", "has 257 characters"),
        .init(
            "CAT-35 a courseware id of 140 characters", detail, "course-v1:MITx+3.99x+3T2026\",\"cert",
            "\(String(repeating: "c", count: 140))\",\"cert", at: "/courseruns/0/courseware_id",
            "has 140 characters, and must have 1 to 128"),
        .init("an id that is a string", detail, #""id":7,"#, #""id":"7","#, at: "/id", "must be an integer"),
        .init("an id with a fraction", detail, #""id":7,"#, #""id":7.0,"#, at: "/id", "must be an integer"),
        .init(
            "a flag that is a number", detail, #""certificate_available":true"#, #""certificate_available":1"#,
            at: "/certificate_available", "must be true or false"),
        .init(
            "runs that are null", detail, #""courseruns":[\#(SampleCatalog.run.replacing("RUN", with: "700"))]"#,
            #""courseruns":null"#, at: "/courseruns", "is null, and must be an array"),
        .init(
            "topics that are an object", detail, #""topics":[{"name":"Materials"}]"#, #""topics":{"name":"Materials"}"#,
            at: "/topics", "must be an array"),
        .init(
            "a topic without a name", detail, #""topics":[{"name":"Materials"}]"#,
            #""topics":[{"name":"Materials"},{"name":null}]"#, at: "/topics/1/name", "is null"),
        .init(
            "a department that is a string", detail, #""departments":[{"name":"Materials Science and Engineering"}]"#,
            #""departments":["Biology"]"#, at: "/departments/0", "must be an object"),
        .init(
            "an instructor without a name", detail, #"{"name":"Pat Doe","description":""}"#, #"{"description":""}"#,
            at: "/page/instructors/0/name", "is missing"),
        .init(
            "a mode without a slug", detail, #""mode_slug":"verified","#, "",
            at: "/courseruns/0/enrollment_modes/0/mode_slug", "is missing"),
        .init(
            "an empty certificate type", detail, #""Certificate of Completion""#, #""""#, at: "/certificate_type",
            "has 0 characters"),
        .init("a price below zero", detail, #""min_price":0.0"#, #""min_price":-0.5"#, at: "/min_price", "below zero"),
        .init(
            "a price without a fraction", detail, #""max_price":75.0"#, #""max_price":75"#, at: "/max_price",
            "at least one fraction digit"),
        .init(
            "a price that is a string", detail, #""max_price":75.0"#, #""max_price":"75.0""#, at: "/max_price",
            "must be a price or null"),
        .init(
            "an instant with an offset", inside, "2026-09-01T14:00:00Z", "2026-09-01T14:00:00+00:00",
            at: "/courseruns/0/start_date", "ends in Z"),
        .init(
            "an instant without a zone", inside, "2026-09-01T14:00:00Z", "2026-09-01T14:00:00",
            at: "/courseruns/0/start_date", "ends in Z"),
        .init(
            "an instant with three fraction digits", inside, "14:00:00Z", "14:00:00.123Z",
            at: "/courseruns/0/start_date", "ends in Z"),
        .init(
            "an instant with a space", inside, "2026-09-01T14:00:00Z", "2026-09-01 14:00:00Z",
            at: "/courseruns/0/start_date", "ends in Z"),
        .init(
            "a day that does not exist", inside, "2026-09-01T14:00:00Z", "2026-09-31T14:00:00Z",
            at: "/courseruns/0/start_date", "ends in Z"),
        .init(
            "a variant set of a run without a language", inside, #""b2b_contract":null"#,
            #""b2b_contract":null,"possible_variant_sets":[{"variant_length":"","variant_industry":"","active":true,"#
                + #""b2b_only":false,"default_variant":true}]"#,
            at: "/courseruns/0/possible_variant_sets/0/language", "is missing"),
        .init(
            "a wrong item in an internal list", insideList, #""run_tag":"3T2026""#, #""run_tag":3"#,
            at: "/results/0/courseruns/0/run_tag", "must be a string"),
        .init("a program without a requirement tree", program, "req_tree", "tree", at: "/req_tree", "is missing"),
        .init(
            "a node of the tree, deep down", program, #""node_type":"course","#, "",
            at: "/req_tree/0/children/0/data/node_type", "is missing"),
        .init("a program's start", program, "2099-09-01T14:00:00Z", "2099-09-01", at: "/start_date", "ends in Z"),
        .init(
            "a program's requirements", program, #""electives":[]},"programs""#, #""electives":null},"programs""#,
            at: "/requirements/courses/electives", "is null"),
        .init(
            "a wrong item in the list of programs", programs, #""live":true,"display"#, #""live":null,"display"#,
            at: "/results/0/live", "is null"),
        .init(
            "a detail in another's folder", detail,
            #""id":7,"title":"Glass Physics","readable_id":"course-v1:MITx+3.7x""#,
            #""id":70,"title":"Glass Physics","readable_id":"course-v1:MITx+3.70x""#, at: "",
            "neither id nor readable_id"),
        .init("a list without results", head, "results", "items", at: "/results", "is missing"),
        .init(
            "an id twice in a list, on two pages", list, #""id":7,"title""#, #""id":5,"title""#, at: "/results/0/id",
            "the id 5 occurs twice"),
        .init(
            "a readable id twice in a list", list, #""readable_id":"course-v1:MITx+3.7x","next"#,
            #""readable_id":"course-v1:MITx+3.8x","next"#, at: "/results/1/readable_id", "occurs twice"),
        .init(
            "a readable id twice, once with an escape", list, #""readable_id":"course-v1:MITx+3.7x","next"#,
            #""readable_id":"course\u002dv1:MITx+3.8x","next"#, at: "/results/1/readable_id", "occurs twice"),
        .init(
            "a run twice in a list", list, #""id":700,"#, #""id":800,"#, at: "/results",
            "the course run 800 occurs twice"),
        .init(
            "an id twice in the departments", "public/api/v2/departments/index.json", #""id":2"#, #""id":1"#, at: "",
            "an id occurs twice"),
        .init(
            "a count that is too high", head, #""count":5"#, #""count":6"#, at: "/count",
            "following next visits 5 items"),
        .init(
            "a count that changes on the way", list, #""count":5"#, #""count":4"#, at: "/count",
            "differs from the first page's"),
        .init("next to the wrong page", list, "\(links)/3/", "\(links)/1/", at: "/next", "does not lead to page 3"),
        .init("next to itself", list, "\(links)/3/", "\(links)/2/", at: "/next", "does not lead to page 3"),
        .init(
            "next to another host", list, "https://mitxonline.mit.edu/_s", "https://other.test/_s", at: "/next",
            "does not lead to page 3"),
        .init(
            "next that is not pinned", list, "\(links)/3/", "https://mitxonline.mit.edu/api/v2/courses/page/3/",
            at: "/next", "does not lead to page 3"),
        .init(
            "next without a slash at the end", list, "\(links)/3/", "\(links)/3", at: "/next", "does not lead to page 3"
        ),
        .init(
            "next that ends too early", head, "\"\(links)/2/\"", "null", at: "/count", "following next visits 2 items"),
        .init(
            "previous to the wrong page", list, "\(links)/1/", "\(links)/2/", at: "/previous", "does not lead to page 1"
        ),
        .init(
            "previous on the first page", head, #""previous":null"#, #""previous":"\#(links)/1/""#, at: "/previous",
            "must be null on the first page"),
        .init(
            "a first page that differs from the list itself", "public/api/v2/courses/page/1/index.json",
            #""id":5,"title""#, #""id":50,"title""#, at: "/results", "differs from the list's index.json"),
    ]
}

@Suite("The check before publishing")
struct SnapshotCheckTests {
    let check = SnapshotCheck(linkOrigin: SampleCatalog.origin)

    @Test("a sound snapshot has no problems, and neither has an empty one")
    func sound() {
        #expect(check.problems(in: SampleCatalog.artifacts(SampleCatalog.files)) == [])
        #expect(check.problems(in: []) == [])
    }

    @Test("CAT-30 links relative to the host's root begin with /_s/")
    func relative() {
        let files = SampleCatalog.files.mapValues { $0.replacing("\(SampleCatalog.origin)/_s/", with: "/_s/") }
        #expect(SnapshotCheck(linkOrigin: "").problems(in: SampleCatalog.artifacts(files)) == [])
        #expect(!check.problems(in: SampleCatalog.artifacts(files)).isEmpty)
    }

    @Test("each breakage is named with its file, its place and what is wrong", arguments: Breakage.all)
    func broken(breakage: Breakage) throws {
        var files = SampleCatalog.files
        let text = try #require(files[breakage.path])
        let range = try #require(text.range(of: breakage.old))
        files[breakage.path] = text.replacingCharacters(in: range, with: breakage.new)
        let problems = check.problems(in: SampleCatalog.artifacts(files))
        let expected = problems.first {
            $0.path == breakage.path && $0.pointer == breakage.pointer && $0.text.contains(breakage.text)
        }
        #expect(expected != nil, "\(problems)")
    }

    @Test("a page that no other leads to, and a list without a first page")
    func lostPages() {
        var files = SampleCatalog.files
        files["public/api/v2/courses/page/9/index.json"] = files["public/api/v2/courses/page/3/index.json"]
        files["public/api/v2/courses/q/enrollable/page/1/index.json"] = nil
        let problems = check.problems(in: SampleCatalog.artifacts(files))
        #expect(
            problems.map(\.description) == [
                "public/api/v2/courses/page/9/index.json: no page leads here",
                "public/api/v2/courses/q/enrollable/page/2/index.json: "
                    + "the list public/api/v2/courses/q/enrollable has no first page",
            ])
    }

    @Test("CAT-29 250 courses in pages of 100 make a sound chain; without the last page they do not")
    func threePages() {
        let courses = (1...250).map(SampleCatalog.course)
        let url = "\(SampleCatalog.origin)/_s/@@SID@@/api/v2/courses/page"
        var files: [String: String] = [:]
        for page in 1...3 {
            let next = page < 3 ? "\"\(url)/\(page + 1)/\"" : "null"
            let previous = page > 1 ? "\"\(url)/\(page - 1)/\"" : "null"
            let results = courses.dropFirst((page - 1) * 100).prefix(100).joined(separator: ",")
            files["public/api/v2/courses/page/\(page)/index.json"] =
                "{\"count\":250,\"next\":\(next),\"previous\":\(previous),\"results\":[\(results)]}"
        }
        files["public/api/v2/courses/index.json"] = files["public/api/v2/courses/page/1/index.json"]
        #expect(check.problems(in: SampleCatalog.artifacts(files)) == [])
        files["public/api/v2/courses/page/3/index.json"] = nil
        #expect(
            check.problems(in: SampleCatalog.artifacts(files)).map(\.description) == [
                "public/api/v2/courses/page/2/index.json /next: does not lead to page 3 of this snapshot",
                "public/api/v2/courses/index.json /count: is 250, but following next visits 200 items",
            ])
    }

    @Test("a copy that shares its bytes is not reported twice, but a copy in the wrong folder is reported")
    func copies() {
        let wrong = SampleCatalog.course(7).replacing(#""live":true,"length""#, with: #""live":1,"length""#)
        let body = ArtifactBody(Array(wrong.utf8))
        let names = ["7", "course-v1:MITx+3.7x", "8"]
        let problems = check.problems(
            in: names.map { Artifact(path: "public/api/v2/courses/\($0)/index.json", body: body) })
        #expect(
            problems.map(\.description) == [
                "public/api/v2/courses/7/index.json /page/live: must be true or false",
                "public/api/v2/courses/8/index.json: neither id nor readable_id is the name of the document's folder",
            ])
    }

    @Test("no more problems are reported than asked for")
    func limit() {
        let broken = SampleCatalog.files.mapValues { $0.replacing("\"live\":true", with: "\"live\":null") }
        let problems = SnapshotCheck(linkOrigin: SampleCatalog.origin, limit: 3)
            .problems(in: SampleCatalog.artifacts(broken))
        #expect(problems.count == 3)
    }

    @Test("paths are checked by themselves")
    func paths() {
        let body = ArtifactBody(Array("x".utf8))
        let problems = SnapshotCheck.pathProblems(
            in: ["public/a/../b", "secret/a"].map { Artifact(path: $0, body: body) })
        #expect(problems.map(\.path) == ["public/a/../b", "secret/a"])
    }

    @Test("the order of keys does not matter, and further keys are allowed")
    func order() {
        let head = #"{"results":[{"more":[{}],"id":1}],"previous":null,"next":null,"count":1,"extra":"x"}"#
        let files = ["public/api/v2/program-collections/index.json": head]
        #expect(check.problems(in: SampleCatalog.artifacts(files)) == [])
    }
}
