import Bytes
import Catalog
import Testing

/// The check of `spec/openedx.md` §13. The existing application has settings for it, and neither a task nor a command that starts.
@Suite("Findings about requirements")
struct RequirementFindingTests {
    /// A node as a row of a sound table states it, apart from what is given.
    private func row(
        _ id: Int, _ path: String, _ type: String?, _ operation: String? = nil, _ value: String? = nil,
        of program: Int = 1, course: Int? = nil, requires: Int? = nil, depth: Int? = nil, children: Int = 0
    ) -> RequirementNode {
        RequirementNode(
            id: id, path: path, nodeType: type, operation: operation, operatorValue: value, programID: program,
            courseID: course, requiredProgramID: requires, title: nil, electiveFlag: nil,
            statedDepth: depth ?? path.count / 4, statedChildren: children)
    }

    private func requirements(_ rows: [RequirementNode], live: Bool = true) -> ProgramRequirements {
        let sorted = rows.sorted { ByteKey($0.path) < ByteKey($1.path) }
        return ProgramRequirements(
            Set(rows.map(\.programID)).union([1]).map { program in
                ProgramRequirements.Entry(
                    id: program, readableID: "program-v1:MITx+P\(program)", isLive: live, isPaid: false,
                    tree: RequirementTree(joining: sorted.filter { $0.programID == program }))
            })
    }

    /// What is found, as `kind node`.
    private func found(_ rows: RequirementNode...) -> [String] {
        requirements(rows).findings().map { "\($0.kind.rawValue) \($0.node.map { "\($0)" } ?? "-")" }
    }

    private var soundRows: [RequirementNode] {
        [
            row(1, "0001", "program_root", children: 2), row(2, "00010001", "operator", "all_of", children: 1),
            row(3, "000100010001", "course", course: 1),
            row(4, "00010002", "operator", "min_number_of", "1", children: 2),
            row(5, "000100020001", "course", course: 2), row(6, "000100020002", "program", requires: 2),
            row(7, "0002", "program_root", of: 2, children: 1),
            row(8, "00020001", "operator", "all_of", of: 2, children: 1),
            row(9, "000200010001", "course", of: 2, course: 1),
        ]
    }

    @Test("a sound tree has none")
    func sound() {
        #expect(requirements(soundRows).findings() == [])
    }

    @Test("no root, no rows at all, several roots")
    func roots() {
        #expect(found() == ["no_root -"])
        #expect(
            found(row(2, "00010001", "operator", "all_of", children: 1), row(3, "000100010001", "course", course: 1))
                == ["no_root -", "dangling_node 2"])
        #expect(
            found(
                row(1, "0001", "program_root", children: 1), row(2, "00010001", "operator", "all_of", children: 1),
                row(3, "000100010001", "course", course: 1), row(4, "0002", "program_root")) == ["several_roots -"])
    }

    @Test("a course outside of the groups, and one below a group that is no operator")
    func orphans() {
        #expect(
            found(
                row(1, "0001", "program_root", children: 2), row(2, "00010001", "course", course: 1, children: 1),
                row(3, "000100010001", "course", course: 2), row(4, "00010002", "operator", "all_of", children: 1),
                row(5, "000100020001", "operator", "all_of", children: 1),
                row(6, "0001000200010001", "course", course: 3)) == ["orphan_course 2", "orphan_course 3"])
    }

    @Test("nodes that name nothing, and a node below nothing")
    func dangling() {
        #expect(
            found(
                row(1, "0001", "program_root", children: 1), row(2, "00010001", "operator", "all_of", children: 2),
                row(3, "000100010001", "course"), row(4, "000100010002", "program"),
                row(5, "0001000300010001", "program", requires: 1))
                == ["dangling_node 3", "dangling_node 4", "dangling_node 5"])
    }

    @Test("operators that do not say how much is required, or ask for what is not there")
    func operators() {
        func group(_ operation: String?, _ value: String?) -> [String] {
            found(
                row(1, "0001", "program_root", children: 1),
                row(2, "00010001", "operator", operation, value, children: 2),
                row(3, "000100010001", "course", course: 1), row(4, "000100010002", "course", course: 2))
        }
        for operation in [nil, "", "any_of"] { #expect(group(operation, nil) == ["no_operator 2"]) }
        for value in [nil, "", "x", "1.5", "2 3"] { #expect(group("min_number_of", value) == ["no_number 2"]) }
        for value in ["-1", "3"] { #expect(group("min_number_of", value) == ["impossible_number 2"]) }
        for value in ["0", "1", "2", " 2 "] { #expect(group("min_number_of", value) == []) }
    }

    @Test("a tree that names nothing")
    func empty() {
        #expect(found(row(1, "0001", "program_root")) == ["empty -"])
    }

    @Test("rows whose depth, number of children or path does not fit")
    func inconsistent() {
        #expect(
            found(
                row(1, "0001", "program_root", children: 2),
                row(2, "00010001", "operator", "all_of", depth: 3, children: 1),
                row(3, "000100010001", "course", course: 1), row(4, "000100", "course", course: 1))
                == ["inconsistent_node 1", "inconsistent_node 4", "orphan_course 4", "inconsistent_node 2"])
    }

    @Test("each program on a circle, with the way around; two beside it are none")
    func circle() {
        let rows = soundRows + [row(10, "000200010002", "program", of: 2, requires: 3)]
        let third = [
            row(11, "0003", "program_root", of: 3, children: 1),
            row(12, "00030001", "program", of: 3, requires: 2),
            row(13, "0004", "program_root", of: 4, children: 1), row(14, "00040001", "program", of: 4, requires: 2),
        ]
        let findings = requirements(rows + third).findings().filter { $0.kind == .cycle }
        #expect(findings.map(\.program) == [2, 3])
        #expect(findings.first?.node == 10)
        #expect(
            findings.first?.problem
                == "the program requires itself (program-v1:MITx+P2 → program-v1:MITx+P3 → program-v1:MITx+P2), so that"
                + " nobody can complete it")
        #expect(findings.first?.remedy == "remove one of the program nodes 10, 12")
    }

    @Test("only the programs that are asked for, only those that are live")
    func choice() {
        let rows = [row(1, "0001", "program_root"), row(2, "0002", "program_root", of: 2)]
        #expect(requirements(rows).findings().map(\.program) == [1, 2])
        #expect(requirements(rows).findings(of: [2]).map(\.program) == [2])
        #expect(requirements(rows, live: false).findings(liveOnly: true) == [])
    }

    @Test("what keeps everybody from a certificate is told once a circle, and once a number")
    func obstacles() {
        let rows = [
            row(1, "0001", "program_root", children: 2), row(2, "00010001", "operator", "min_number_of", nil),
            row(3, "00010002", "program", requires: 2), row(4, "0002", "program_root", of: 2, children: 1),
            row(5, "00020001", "program", of: 2, requires: 1), row(6, "0003", "program_root", of: 3, children: 1),
            row(7, "00030001", "operator", "min_number_of", "x", of: 3),
        ]
        #expect(requirements(rows).obstacles(to: [1]).map(\.kind) == [.noNumber, .cycle])
        #expect(requirements(rows).obstacles(to: [2, 1]).map(\.program) == [1, 1])
        #expect(requirements(rows).obstacles(to: [3]).map(\.node) == [7])
    }
}
