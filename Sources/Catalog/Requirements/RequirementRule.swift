/// What a node asks of a learner (`spec/openedx.md` §9.3).
public enum RequirementRule: Hashable, Sendable {
    /// All that stands directly below it.
    case all
    /// So many of what stands directly below it.
    case atLeast(Int)
    /// The course of this id.
    case course(Int)
    /// The program of this id.
    case program(Int)
    /// Something that nobody can complete: the node says no more.
    case impossible
}

extension RequirementNode {
    /// What the node asks.
    public var rule: RequirementRule {
        switch (nodeType, operation) {
        case ("program_root", _), ("operator", "all_of"): .all
        case ("operator", "min_number_of"): operatorNumber.map(RequirementRule.atLeast) ?? .impossible
        case ("course", _): courseID.map(RequirementRule.course) ?? .impossible
        case ("program", _): requiredProgramID.map(RequirementRule.program) ?? .impossible
        default: .impossible
        }
    }
}

extension RequirementTree.Branch {
    /// Whether what the branch asks is done, by what `isDone` says of its courses and programs.
    ///
    /// The more is done, the more branches are met: no rule asks that something be left out.
    func isMet(_ isDone: (RequirementRule) -> Bool) -> Bool {
        switch node.rule {
        case .all: children.allSatisfy { $0.isMet(isDone) }
        case .atLeast(let number): children.count { $0.isMet(isDone) } >= number
        case .course, .program: isDone(node.rule)
        case .impossible: false
        }
    }

    /// Whether the group asks nothing of a learner who is to be upgraded: elective, and without a number of how many to take
    /// (`spec/openedx.md` §10).
    fileprivate var isOptional: Bool {
        guard node.depth == 2, node.electiveFlag == true else { return false }
        if case .atLeast = node.rule { return false }
        return true
    }

    /// The same branch without the groups that ask nothing of a learner who is to be upgraded.
    var withoutOptionalGroups: RequirementTree.Branch {
        RequirementTree.Branch(node: node, children: children.filter { !$0.isOptional })
    }
}
