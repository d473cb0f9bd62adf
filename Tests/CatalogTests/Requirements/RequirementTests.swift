import Catalog
import Testing

@Suite("Requirement trees")
struct RequirementTests {
    @Test("courses are classified by their group at depth 2, whatever stands between")
    func courses() {
        let tree = RequirementTree(nodes: [
            node("0001", "program_root"), node("00010001", "operator", elective: nil),
            node("000100010001", "course", course: 1, elective: true),
            node("000100010002", "operator", elective: true),
            node("0001000100020001", "course", course: 2), node("00010002", "operator", elective: true),
            node("000100020001", "operator", elective: false), node("0001000200010001", "course", course: 3),
            node("000100020002", "course", course: 3), node("000100020003", "program", course: 9, requires: 4),
            node("00010003", "course", course: 5),
        ])
        #expect(tree.courses.required == [1, 2])
        #expect(tree.courses.electives == [3, 3])
        #expect(tree.classifiedCourseIDs == [1, 2, 3, 3])
        #expect(tree.namedCourseIDs == [1, 2, 3, 3, 5])
    }

    @Test("a course below a course at depth 2 is classified by that one's flag")
    func groupOfAnyType() {
        let tree = RequirementTree(nodes: [
            node("0001", "program_root"), node("00010001", "course", course: 1, elective: true),
            node("000100010001", "course", course: 2),
        ])
        #expect(tree.courses.electives == [2])
        #expect(tree.courses.required == [])
    }

    @Test("programs are elective by their own flag or that of any operator above")
    func programs() {
        let tree = RequirementTree(nodes: [
            node("0001", "program_root", elective: true), node("00010001", "operator"),
            node("000100010001", "program", requires: 2), node("000100010002", "program", requires: 3, elective: true),
            node("000100010003", "operator", elective: true), node("0001000100030001", "operator"),
            node("00010001000300010001", "program", requires: 4), node("000100010004", "program", requires: 5),
            node("00010002", "course", course: 1, elective: true), node("000100020001", "program", requires: 6),
            node("00010003", "program", requires: 7), node("00010004", "program"),
        ])
        #expect(tree.programs.required == [2, 5, 6, 7])
        #expect(tree.programs.electives == [3, 4])
        #expect(tree.programNodes.compactMap(\.requiredProgramID) == [2, 3, 4, 5, 6, 7])
    }

    @Test("branches nest as paths do; without a root or children there are none")
    func branches() {
        func outline(_ branches: [RequirementTree.Branch]) -> String {
            branches.map { "\($0.node.id)" + ($0.children.isEmpty ? "" : "(\(outline($0.children)))") }
                .joined(separator: " ")
        }
        let tree = RequirementTree(nodes: [
            node("0001", "program_root", id: 1), node("00010001", "operator", id: 2),
            node("000100010001", "course", id: 3), node("0001000100010001", "course", id: 4),
            node("000100010002", "course", id: 5), node("00010002", "operator", id: 6),
        ])
        #expect(outline(tree.branches) == "2(3(4) 5) 6")
        #expect(RequirementTree(nodes: [node("0001", "program_root")]).branches.isEmpty)
        #expect(RequirementTree().branches.isEmpty)
    }

    @Test("a program that requires itself is found, with the way around")
    func cycle() throws {
        func catalog(_ requirements: [(Int, Int)]) throws -> CourseCatalog {
            var data = CatalogData()
            data.programs = [program(1), program(2), program(3)]
            for id in 1...3 {
                data.requirementNodes.append(node("000\(id)", "program_root", id: id * 10, of: id))
                for (index, edge) in requirements.filter({ $0.0 == id }).enumerated() {
                    data.requirementNodes.append(
                        node("000\(id)000\(index + 1)", "program", id: id * 10 + index + 1, of: id, requires: edge.1))
                }
            }
            return try CourseCatalog(data)
        }
        try catalog([(1, 2), (1, 3), (2, 3)]).checkRequirements()
        let error = #expect(throws: CatalogError.self) { try catalog([(1, 2), (2, 3), (3, 1)]).checkRequirements() }
        #expect(error?.table == "courses_programrequirement")
        #expect(error?.id == "31")
        #expect(
            error?.problem.contains("program-v1:MITx+P1 → program-v1:MITx+P2 → program-v1:MITx+P3 → program-v1:MITx+P1")
                == true)
        let own = #expect(throws: CatalogError.self) { try catalog([(2, 2)]).checkRequirements() }
        #expect(own?.id == "21")
    }

    @Test("a chain of programs may be longer than the stack is deep")
    func longChain() throws {
        let count = 20_000
        var data = CatalogData()
        data.programs = (1...count).map { program($0) }
        for id in 1...count {
            let root = String(String(id + 100_000_000).dropFirst())
            // A path of two levels is a path whatever its digits are; every program has its own.
            data.requirementNodes.append(node(String(root.dropFirst(4)), "program_root", id: id, of: id))
            if id < count {
                data.requirementNodes.append(
                    node(String(root.dropFirst(4)) + "0001", "program", id: count + id, of: id, requires: id + 1))
            }
        }
        try CourseCatalog(data).checkRequirements()
    }
}
