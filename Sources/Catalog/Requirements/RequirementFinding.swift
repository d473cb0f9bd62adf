/// Something in a program's requirements that cannot be meant so (`spec/openedx.md` §13).
public struct RequirementFinding: Hashable, Sendable {
    /// What is wrong, as a stable word.
    public enum Kind: String, Sendable, CaseIterable {
        /// No node is a root.
        case noRoot = "no_root"
        /// More than one node is.
        case severalRoots = "several_roots"
        /// A course stands below no operator of the second level.
        case orphanCourse = "orphan_course"
        /// A node names nothing, or hangs on nothing.
        case danglingNode = "dangling_node"
        /// An operator does not say whether all or how many are required.
        case noOperator = "no_operator"
        /// An operator asks for a number that is none.
        case noNumber = "no_number"
        /// An operator asks for more than there is, or for less than nothing.
        case impossibleNumber = "impossible_number"
        /// No course and no program is named.
        case empty
        /// The program requires itself.
        case cycle
        /// What a row says of its place is not what its path says.
        case inconsistentNode = "inconsistent_node"
    }

    /// What is wrong.
    public let kind: Kind
    /// The program.
    public let program: Int
    /// The row of `courses_programrequirement`; nil when no single one is wrong.
    public let node: Int?
    /// The same in words, without a full stop.
    public let problem: String
    /// What to edit, without a full stop.
    public let remedy: String
}

extension ProgramRequirements {
    /// What is wrong with the requirements of these programs, of all when `ids` is nil: in the order of the programs.
    public func findings(of ids: Set<Int>? = nil, liveOnly: Bool = false) -> [RequirementFinding] {
        let circles = Dictionary(grouping: circles { _ in true }, by: \.program)
        return entries.filter { (ids?.contains($0.id) ?? true) && ($0.isLive || !liveOnly) }.flatMap { entry in
            RequirementCheck(entry).findings + circles[entry.id, default: []].map(finding)
        }
    }

    /// What keeps ``isEarned(_:by:)`` from saying yes to any learner, whatever they have done, in these programs and those
    /// that stand for others in them: operators that ask for no number, and programs without certificates of their own that
    /// require each other, each circle once.
    public func obstacles(to programs: some Sequence<Int>) -> [RequirementFinding] {
        let ids = Set(programs.flatMap { reach(of: $0) })
        let numbers = entries.filter { ids.contains($0.id) }.flatMap { entry in
            let nodes = Set(entry.tree.nodes.map(\.id))
            return RequirementCheck(entry).findings.filter { finding in
                finding.kind == .noNumber && finding.node.map(nodes.contains) ?? false
            }
        }
        var known: Set<Set<Int>> = []
        let circles = circles { self[$0]?.isPaid == false }.filter { way in
            ids.contains(way.program) && known.insert(Set(way.nodes.map(\.programID))).inserted
        }
        return numbers + circles.map(finding)
    }

    private func circles(among isCounted: (Int) -> Bool) -> [RequirementCircles.Way] {
        var nodes: [Int: [RequirementNode]] = [:]
        for entry in entries where isCounted(entry.id) {
            nodes[entry.id] = entry.tree.nodes.filter { node in
                if case .program(let id) = node.rule { isCounted(id) } else { false }
            }
        }
        return RequirementCircles(nodes).ways
    }

    private func finding(_ way: RequirementCircles.Way) -> RequirementFinding {
        let ids = [way.program] + way.nodes.compactMap(\.requiredProgramID)
        let names = ids.map { self[$0]?.readableID ?? "\($0)" }.joined(separator: " → ")
        return RequirementFinding(
            kind: .cycle, program: way.program, node: way.nodes.first?.id,
            problem: "the program requires itself (\(names)), so that nobody can complete it",
            remedy: "remove one of the program nodes \(way.nodes.map { "\($0.id)" }.joined(separator: ", "))")
    }
}
