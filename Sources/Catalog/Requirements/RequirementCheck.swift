import Bytes

/// The look at the requirements of one program, node by node (`spec/openedx.md` §13).
struct RequirementCheck {
    private(set) var findings: [RequirementFinding] = []
    private let program: Int
    private let nodes: [RequirementNode]
    private let byPath: [ByteKey: RequirementNode]
    private let children: [ByteKey: Int]

    init(_ entry: ProgramRequirements.Entry) {
        program = entry.id
        nodes = (entry.tree.nodes + entry.tree.orphans).sorted { ByteKey($0.path) < ByteKey($1.path) }
        byPath = Dictionary(nodes.map { (ByteKey($0.path), $0) }) { first, _ in first }
        children = nodes.reduce(into: [:]) { counts, node in counts[node.parentPath, default: 0] += 1 }
        lookAtRoots(entry.rootCount)
        for node in nodes {
            lookAtPlace(of: node)
            switch node.nodeType {
            case "course": lookAtCourse(node)
            case "program":
                if node.requiredProgramID == nil {
                    add(.danglingNode, node, "names no program", "set its program or delete it")
                }
            case "operator": lookAtOperator(node)
            default: break
            }
        }
        if !nodes.isEmpty, !entry.asksAnything {
            add(
                .empty, nil, "no node names a course or a program, so that nobody can complete it",
                "add what is required")
        }
    }

    private mutating func add(
        _ kind: RequirementFinding.Kind, _ node: RequirementNode?, _ problem: String, _ remedy: String
    ) {
        findings.append(
            RequirementFinding(kind: kind, program: program, node: node?.id, problem: problem, remedy: remedy))
    }

    private mutating func lookAtRoots(_ count: Int) {
        switch count {
        case 0: add(.noRoot, nil, "the program has no requirement tree", "save the program's requirements anew")
        case 1: break
        default:
            add(
                .severalRoots, nil, "the program has \(count) roots, and no learner of it can be evaluated",
                "delete all roots but the one that has the requirements")
        }
    }

    private mutating func lookAtPlace(of node: RequirementNode) {
        guard node.hasWholePath else {
            add(.inconsistentNode, node, "its path is not made of 4 characters a level", "repair the tree's paths")
            return
        }
        if node.depth > 1, byPath[node.parentPath] == nil {
            add(
                .danglingNode, node, "no node of the program stands above it, so that it requires nothing",
                "delete it, or repair its path")
        }
        if let stated = node.statedDepth, stated != node.depth {
            add(
                .inconsistentNode, node, "its depth is \(stated), but its path has \(node.depth) levels",
                "set depth to \(node.depth), or repair its path")
        }
        let number = children[ByteKey(node.path), default: 0]
        if let stated = node.statedChildren, stated != number {
            add(
                .inconsistentNode, node, "its numchild is \(stated), but \(number) nodes stand directly below it",
                "set numchild to \(number), or restore the nodes below it")
        }
    }

    private mutating func lookAtCourse(_ node: RequirementNode) {
        if node.courseID == nil { add(.danglingNode, node, "names no course", "set its course or delete it") }
        let group = node.depth > 2 ? byPath[ByteKey(String(node.path.prefix(8)))] : nil
        if group?.nodeType != "operator" {
            add(
                .orphanCourse, node,
                "the course stands below no operator of the second level, so that it belongs to no group",
                "move it below an operator or delete it")
        }
    }

    private mutating func lookAtOperator(_ node: RequirementNode) {
        switch node.operation {
        case "all_of": break
        case "min_number_of": lookAtNumber(of: node)
        default:
            add(
                .noOperator, node, "the operator does not say how much of what stands below it is required",
                "set operator to all_of or min_number_of")
        }
    }

    private mutating func lookAtNumber(of node: RequirementNode) {
        let count = children[ByteKey(node.path), default: 0]
        guard let number = node.operatorNumber else {
            add(
                .noNumber, node,
                "the operator asks for a number of items, but its operator_value is not a whole number",
                "set operator_value to a number from 1 to \(count)")
            return
        }
        if number < 0 || number > count {
            add(
                .impossibleNumber, node, "the operator asks for \(number) items and has \(count)",
                number < 0 ? "set operator_value to a number from 0 to \(count)" : "lower operator_value or add items")
        }
    }
}
