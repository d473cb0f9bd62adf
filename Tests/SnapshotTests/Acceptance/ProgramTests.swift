import Snapshot
import Support
import Testing

@Suite("Programs")
struct ProgramTests {
    @Test("CAT-15 public programs are listed by title, without the programs above them", arguments: Engine.allCases)
    func list(engine: Engine) async throws {
        let catalog = try await RenderedCatalog(engine)
        let list = try catalog.document("/api/v2/programs/")
        #expect(list.at("/count") == "2")
        #expect(list.at("/results/*/id") == "[2,1]")
        #expect(list.at("/results/*/programs") == "[null,null]")
        #expect(!catalog.serves("/api/v2/programs/3/"))
        #expect(!catalog.serves("/api/v2/programs/program-v1:UAI+P3/"))
        #expect(!catalog.serves("/api/v2/programs/q/program-v1:UAI+P3/"))
    }

    @Test("CAT-16 what a program says of itself", arguments: Engine.allCases)
    func program(engine: Engine) async throws {
        let program = try await RenderedCatalog(engine).document("/api/v2/programs/1/")
        #expect(
            program.keys == [
                "title", "readable_id", "id", "courses", "collections", "programs", "requirements", "req_tree", "page",
                "program_type", "certificate_type", "certificate_available", "departments", "live", "display_mode",
                "topics", "availability", "start_date", "end_date", "enrollment_start", "enrollment_end",
                "required_prerequisites", "duration", "min_weeks", "max_weeks", "min_price", "max_price",
                "time_commitment", "min_weekly_hours", "max_weekly_hours", "enrollment_modes", "products",
            ])
        let (first, second) = (
            #"{"id":1,"readable_id":"course-v1:MITx+6.100x"}"#, #"{"id":2,"readable_id":"course-v1:MITx+7.00x"}"#
        )
        let third = #"{"id":3,"readable_id":"course-v1:MITx+5.00x"}"#
        let child = #"{"id":2,"readable_id":"program-v1:MITx+P2"}"#
        #expect(program.at("/courses") == "[1,2]")
        #expect(
            program.at("/requirements")
                == #"{"courses":{"required":[\#(first)],"electives":[\#(second),\#(third)]},"#
                + #""programs":{"required":[\#(child)],"electives":[]}}"#)
        #expect(program.at("/collections") == "[20]")
        #expect(program.at("/topics/*/name") == #"["Algorithms","Genetics"]"#)
        #expect(
            program.at("/page")
                == #"{"feature_image_src":null,"page_url":"https://learn.mit.edu/programs/program-v1:MITx+P1","#
                + #""financial_assistance_form_url":"/programs/program-v1:MITx+P1/apply/","#
                + #""description":"Prog desc &amp; more","live":true,"include_in_learn_catalog":true,"#
                + #""length":"6 months","effort":"","price":"$599","list_price":599.0}"#)
        #expect(program.at("/time_commitment") == #""""#)
        #expect(program.at("/certificate_available") == "true")
        #expect(program.at("/start_date") == #""2099-09-01T14:00:00Z""#)
        #expect(program.at("/products/0/price") == #""599.00""#)
    }

    @Test("CAT-17 the requirement tree has operators with children, leaves without", arguments: Engine.allCases)
    func tree(engine: Engine) async throws {
        let tree = try await RenderedCatalog(engine).document("/api/v2/programs/1/").at("/req_tree")
        func node(
            _ id: Int, _ type: String, operation: String = "null", value: String = "null", course: String = "null",
            program: String = "null", title: String = "", elective: Bool = false, children: [String]? = nil
        ) -> String {
            #"{"data":{"node_type":"\#(type)","operator":\#(operation),"operator_value":\#(value),"program":1,"#
                + #""course":\#(course),"required_program":\#(program),"title":"\#(title)","#
                + #""elective_flag":\#(elective)},"id":\#(id)"#
                + (children.map { #","children":[\#($0.joined(separator: ","))]"# } ?? "") + "}"
        }
        let required = node(
            2, "operator", operation: #""all_of""#, title: "Required Courses",
            children: [node(3, "course", course: "1"), node(4, "program", program: "2")])
        let electives = node(
            5, "operator", operation: #""min_number_of""#, value: #""1""#, elective: true,
            children: [node(6, "course", course: "2"), node(7, "course", course: "3")])
        #expect(tree == "[\(required),\(electives)]")
    }

    @Test("CAT-17a groups decide about courses, operators on the way about programs", arguments: Engine.allCases)
    func nestedTree(engine: Engine) async throws {
        let program = try await RenderedCatalog(engine) { try $0.nestOperators() }.document("/api/v2/programs/1/")
        #expect(program.at("/requirements/courses/required/*/id") == "[1,2]")
        #expect(program.at("/requirements/courses/electives/*/id") == "[2,3]")
        #expect(program.at("/requirements/programs/required/*/id") == "[2]")
        #expect(program.at("/requirements/programs/electives/*/id") == "[2]")
        #expect(program.at("/courses") == "[1,2,2]")
        #expect(program.at("/req_tree/*/data/node_type") == #"["operator","operator","course"]"#)
        #expect(program.at("/req_tree/2/children") == "(missing)")
    }

    @Test("CAT-18 a program's own document names the programs above it", arguments: Engine.allCases)
    func parents(engine: Engine) async throws {
        let catalog = try await RenderedCatalog(engine)
        let program = try catalog.document("/api/v2/programs/2/")
        #expect(
            program.at("/programs")
                == #"[{"title":"Prog one","readable_id":"program-v1:MITx+P1","id":1,"type":"program","display_mode":null}]"#
        )
        #expect(program.at("/page/description") == #""""#)
        #expect(program.at("/page/list_price") == "null")
        #expect(program.at("/page/financial_assistance_form_url") == #""""#)
        #expect(try catalog.body("/api/v2/programs/program-v1:MITx+P2/") == catalog.body("/api/v2/programs/2/"))
        let alias = try catalog.document("/api/v2/programs/q/program-v1:MITx+P2/")
        #expect(alias.at("/count") == "1")
        #expect(alias.at("/results/0") == program.compactText)
    }

    @Test("CAT-21 a program without a type breaks nothing", arguments: Engine.allCases, Compatibility.allCases)
    func noType(engine: Engine, mode: Compatibility) async throws {
        let catalog = try await RenderedCatalog(engine, mode) {
            try $0.set("courses_program", 1, ["program_type": nil])
        }
        #expect(
            try catalog.document("/api/v2/courses/1/").at("/certificate_type") == #""Certificate of Completion""#)
        let program = try catalog.document("/api/v2/programs/1/")
        #expect(program.at("/program_type") == "null")
        #expect(program.at("/certificate_type") == #""Certificate of Completion""#)
    }
}

extension Fixture {
    /// Puts an elective operator with course 2 and program 2 into program 1's required group, and course 3 bare below
    /// the root.
    mutating func nestOperators() throws {
        let table = "courses_programrequirement"
        try copy(table, 5, ["id": "101", "path": "000100010003", "depth": "3"])
        try copy(table, 6, ["id": "102", "path": "0001000100030001", "depth": "4"])
        try copy(table, 4, ["id": "103", "path": "0001000100030002", "depth": "4"])
        try copy(table, 7, ["id": "104", "path": "00010003", "depth": "2"])
    }
}
