import Bytes
import Snapshot
import Support
import Testing

@Suite("The pages of programs")
struct ProgramPageTests {
    private static let path = "/programs/program-v1:MITx+P1/"
    private static let nodes = "courses_programrequirement"

    private func outline(
        _ engine: Engine = .sqlite, _ edit: (inout Fixture) throws -> Void = { _ in }
    ) async throws -> [String] {
        try await ReadFixture(engine, edit).renderedSite().text(Self.path).outline
    }

    @Test(
        "CAT-56 a program's page draws its requirements: headings, the number to complete, what is not live as text or not at all",
        arguments: Engine.allCases)
    func requirements(engine: Engine) async throws {
        let page = try await ReadFixture(engine).renderedSite().text(Self.path)
        #expect(
            page.outline == [
                "h3 Required Courses",
                "  Algorithms one -> ../../courses/course-v1:MITx+6.100x/ Starts September 1, 2099",
                "  Prog child -> ../../programs/program-v1:MITx+P2/",
                "    h4 Required Courses",
                "      Algorithms one -> ../../courses/course-v1:MITx+6.100x/ Starts September 1, 2099",
                "h3 Elective Courses", "  Complete at least 1 of the following", "  biology two",
            ])
        #expect(!page.contains("Chem no page"))
    }

    @Test("the facts of a program: its kind, its price, what it is part of")
    func facts() async throws {
        let site = try await ReadFixture(.sqlite).renderedSite()
        let page = try site.text(Self.path)
        #expect(page.contains("<span class=\"badge\">MicroMasters®</span>"))
        #expect(page.facts == ["Price": "$599", "Length": "6 months", "Certificate": "MicroMasters Credential"])
        #expect(page.contains("href=\"https://learn.mit.edu/programs/program-v1:MITx+P1\""))
        #expect(page.contains("href=\"https://mitxonline.mit.edu/programs/program-v1:MITx+P1/apply/\""))
        let child = try site.text("/programs/program-v1:MITx+P2/")
        #expect(child.contains(#"<li><a href="../../programs/program-v1:MITx+P1/">Prog one</a></li>"#))
        let listed = try await ReadFixture(.sqlite) {
            try $0.set("cms_programpage", 17, ["list_price": "1250.50"])
        }.renderedSite().text(Self.path)
        #expect(listed.facts["Price"] == "$599, List price $1,250.50")
    }

    @Test("a number that is none is no number; without a flag a group is required; a group in a group is indented")
    func oddNodes() async throws {
        let outline = try await outline { fixture in
            try fixture.set(Self.nodes, 5, ["operator_value": "two", "elective_flag": nil])
            try fixture.node(50, "000100020003", "operator", ["operator": "all_of", "title": "Deep & deeper"])
            try fixture.node(51, "0001000200030001", "operator", ["operator": "min_number_of", "operator_value": "0"])
            try fixture.node(52, "00010002000300010001", "course", ["course_id": "1"])
            try fixture.node(53, "000100020004", "operator", ["operator": "min_number_of", "operator_value": "2"])
            try fixture.node(54, "00010003", "course", ["course_id": "1", "elective_flag": "t"])
        }
        let course = "Algorithms one -> ../../courses/course-v1:MITx+6.100x/ Starts September 1, 2099"
        #expect(
            Array(outline.suffix(8)) == [
                "h3 Required Courses", "  biology two", "  h4 Deep &amp; deeper", "    Complete all of the following",
                "      None of the following is required", "      \(course)", "h3 Elective Courses", "  \(course)",
            ])
    }

    @Test("programs that require each other are drawn out once")
    func cycles() async throws {
        let outline = try await outline {
            try $0.node(50, "000200010002", "program", ["program_id": "2", "required_program_id": "1"])
            try $0.node(51, "000200010003", "program", ["program_id": "2", "required_program_id": "2"])
        }
        #expect(outline.count { $0.contains("Prog child ->") } == 2)
        #expect(outline.count { $0.contains("Prog one ->") } == 1)
        #expect(outline.count { $0.contains("Required Courses") } == 2)
    }

    @Test("programs in programs are drawn out five deep")
    func depth() async throws {
        let outline = try await outline { fixture in
            for number in 4...12 {
                try fixture.copy(
                    "courses_program", 2, ["id": "\(number)", "readable_id": "program-v1:MITx+P\(number)"])
                try fixture.addPage(100 + number, below: 5, title: "Program \(number)", slug: "p\(number)")
                try fixture.copy(
                    "cms_programpage", 18, ["page_ptr_id": "\(100 + number)", "program_id": "\(number)"])
                let own = ["program_id": "\(number)"]
                let root = "01\(number < 10 ? "0" : "")\(number)"
                try fixture.node(100 * number, root, "program_root", own)
                try fixture.node(100 * number + 1, root + "0001", "operator", own)
                let next = number == 12 ? "2" : "\(number + 1)"
                try fixture.node(
                    100 * number + 2, root + "00010001", "program",
                    ["program_id": "\(number)", "required_program_id": next])
            }
            try fixture.set(Self.nodes, 4, ["required_program_id": "4"])
        }
        // The page's own program is the first.
        #expect(outline.count { $0.contains("Required Courses") } == 5)
        #expect(outline.count { $0.contains("Prog child ->") } == 5)
    }

    @Test("however deep groups stand in each other, the page is drawn with everything on it")
    func deepGroups() async throws {
        let outline = try await outline { fixture in
            var path = "00010003"
            try fixture.node(50, path, "operator", ["title": "Top"])
            for level in 0..<55 {
                path += "0001"
                try fixture.node(60 + level, path, "operator", ["title": "Level \(level)"])
            }
            try fixture.node(200, path + "0001", "course", ["course_id": "1"])
        }
        #expect(outline.last?.hasSuffix("Starts September 1, 2099") == true)
        #expect(outline.contains { $0.hasSuffix("h6 Level 10") })
    }

    @Test("a program's page of an organisation is none, and no outline names the program")
    func organisations() async throws {
        let site = try await ReadFixture(.sqlite) {
            try $0.set("courses_programrequirement", 4, ["required_program_id": "3"])
        }.renderedSite()
        #expect(!site.has("/programs/program-v1:UAI+P3/"))
        #expect(try site.text(Self.path).outline.count { $0.contains("UAI") || $0.contains("contract") } == 0)
    }

    @Test("the title of an unpublished draft shows neither on the page nor in outlines of others")
    func draftTitle() async throws {
        let site = try await ReadFixture(.sqlite) {
            try $0.set("courses_program", 2, ["title": "Leaked title"])
            try $0.set("wagtailcore_page", 18, ["draft_title": "Leaked title", "has_unpublished_changes": "t"])
        }.renderedSite()
        #expect(try site.text("/programs/program-v1:MITx+P2/").contains("<h1>Prog child</h1>"))
        #expect(try !site.text(Self.path).contains("Leaked"))
    }
}

extension Fixture {
    /// Adds a node to the requirement tree of program 1, or of the one that `values` name.
    fileprivate mutating func node(
        _ id: Int, _ path: String, _ type: String, _ values: [String: String?] = [:]
    ) throws {
        var row: [String: String?] = [
            "id": "\(id)", "path": path, "depth": "\(path.utf8.count / 4)", "numchild": "0", "node_type": type,
            "title": "", "program_id": "1", "operator": type == "operator" ? "all_of" : nil,
        ]
        row.merge(values) { $1 }
        try insert("courses_programrequirement", row)
    }
}

extension String {
    /// The drawing of the requirements, a line for each thing said, two spaces for each list around it.
    fileprivate var outline: [String] {
        var lines: [String] = []
        var depth = 0
        let drawing = between("<ol class=\"requirements\">", "</ol>")
        for line in drawing.split(separator: "\n").map(String.init) {
            let indent = String(repeating: "  ", count: depth)
            if line == "<ul class=\"requirement-list\">" {
                depth += 1
            } else if line == "</ul>" {
                depth -= 1
            } else if line.hasPrefix("<h") {
                lines.append("\(indent)h\(line.dropFirst(2).prefix(1)) \(line.withoutTags)")
            } else if line.hasPrefix("<p class=\"requirement-rule\">") {
                lines.append("\(indent)  \(line.withoutTags)")
            } else if line.hasPrefix("<p class=\"requirement-title\">") {
                let link = line.between("href=\"", "\"")
                lines.append(indent + line.withoutTags + (link.isEmpty ? "" : " -> \(link)"))
            } else if line.hasPrefix("<p class=\"requirement-date\">") {
                lines.append("\(lines.popLast() ?? "") \(line.withoutTags)")
            }
        }
        return lines
    }
}
