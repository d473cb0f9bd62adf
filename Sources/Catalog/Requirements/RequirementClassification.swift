/// What is required and what is elective (`spec/catalog.md` §7.6).
extension RequirementTree {
    /// Ids in tree order, duplicates kept.
    public struct Classification: Sendable, Equatable {
        /// What every learner must complete.
        public fileprivate(set) var required: [Int] = []
        /// What a learner may choose.
        public fileprivate(set) var electives: [Int] = []
    }

    /// The courses: those strictly below a node of the second level, which alone says whether they are elective.
    public var courses: Classification {
        var result = Classification()
        var groupIsElective: Bool?
        for node in nodes {
            if node.depth <= 2 {
                groupIsElective = node.depth == 2 ? node.electiveFlag ?? false : nil
            } else if node.nodeType == "course", let id = node.courseID, let groupIsElective {
                if groupIsElective { result.electives.append(id) } else { result.required.append(id) }
            }
        }
        return result
    }

    /// All classified courses in tree order.
    public var classifiedCourseIDs: [Int] {
        nodes.filter { $0.depth > 2 && $0.nodeType == "course" }.compactMap(\.courseID)
    }

    /// The programs: elective when their own flag or that of any operator above them says so.
    public var programs: Classification {
        var result = Classification()
        var flags: [Bool] = []
        for node in nodes {
            flags.removeSubrange(min(node.depth - 1, flags.count)...)
            if node.nodeType == "program", let id = node.requiredProgramID {
                if node.electiveFlag == true || flags.contains(true) {
                    result.electives.append(id)
                } else {
                    result.required.append(id)
                }
            }
            flags.append(node.nodeType == "operator" && node.electiveFlag == true)
        }
        return result
    }

    /// The courses that any node names, wherever it stands, orphans included.
    public var namedCourseIDs: [Int] {
        (nodes + orphans).filter { $0.nodeType == "course" }.compactMap(\.courseID)
    }

    /// The nodes that name a program, wherever they stand, orphans included.
    public var programNodes: [RequirementNode] {
        (nodes + orphans).filter { $0.nodeType == "program" && $0.requiredProgramID != nil }
    }
}
