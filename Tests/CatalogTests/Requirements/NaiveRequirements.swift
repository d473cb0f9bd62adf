import Catalog

/// The rules of `spec/openedx.md` §9.3 and §10 as they are written there, followed by recursion over the bare rows; slow, and
/// without any of the notions of the program.
struct NaiveRequirements {
    let rows: [RequirementNode]
    let paid: Set<Int>

    struct NoRoot: Error {}

    /// §9.3, its Improves included.
    func isEarned(_ program: Int, courses: Set<Int>, certificates: Set<Int>) throws -> Bool {
        var visited: Set<Int> = []
        try checkRoots(of: program, &visited)
        return isEarned(program, courses, certificates, stack: [])
    }

    /// A program that is to be evaluated has one root, and so have those that it leads to, unless they ask nothing.
    private func checkRoots(of program: Int, _ visited: inout Set<Int>) throws {
        guard visited.insert(program).inserted else { return }
        guard asksAnything(program) else { return }
        guard roots(of: program).count == 1 else { throw NoRoot() }
        for node in attached(to: program) where node.nodeType == "program" {
            if let id = node.requiredProgramID, !paid.contains(id) { try checkRoots(of: id, &visited) }
        }
    }

    private func isEarned(_ program: Int, _ courses: Set<Int>, _ certificates: Set<Int>, stack: [Int]) -> Bool {
        guard !stack.contains(program), asksAnything(program), let root = roots(of: program).first else { return false }
        func earned(_ node: RequirementNode) -> Bool {
            let children = children(of: node)
            if node.nodeType == "program_root" || node.nodeType == "operator" && node.operation == "all_of" {
                return children.allSatisfy(earned)
            }
            if node.nodeType == "operator", node.operation == "min_number_of", let number = number(node) {
                return children.filter(earned).count >= number
            }
            if node.nodeType == "course", let id = node.courseID { return courses.contains(id) }
            if node.nodeType == "program", let id = node.requiredProgramID {
                return paid.contains(id)
                    ? certificates.contains(id) : isEarned(id, courses, certificates, stack: stack + [program])
            }
            return false
        }
        return earned(root)
    }

    /// §10, its Improves included.
    func isUpgradable(_ program: Int, courses: Set<Int>, programs: Set<Int>) throws -> Bool {
        guard asksAnything(program) else { return false }
        guard roots(of: program).count == 1 else { throw NoRoot() }
        func met(_ node: RequirementNode) -> Bool {
            if node.path.count == 8, node.electiveFlag == true {
                guard node.nodeType == "operator", node.operation == "min_number_of", number(node) != nil else {
                    return true
                }
            }
            let children = children(of: node)
            switch (node.nodeType, node.operation) {
            case ("program_root", _), ("operator", "all_of"): return children.allSatisfy(met)
            case ("operator", "min_number_of"): return number(node).map { children.filter(met).count >= $0 } ?? false
            case ("course", _): return node.courseID.map(courses.contains) ?? false
            case ("program", _): return node.requiredProgramID.map(programs.contains) ?? false
            default: return false
            }
        }
        let counts = attached(to: program).contains { node in
            node.nodeType == "course" && node.courseID.map(courses.contains) ?? false
                || node.nodeType == "program" && node.requiredProgramID.map(programs.contains) ?? false
        }
        return counts && met(roots(of: program)[0])
    }

    /// Whether a program reaches itself through program nodes.
    func isCircular(_ program: Int) -> Bool {
        func reaches(_ from: Int, seen: [Int]) -> Bool {
            attached(to: from).contains { node in
                guard node.nodeType == "program", let id = node.requiredProgramID else { return false }
                return id == program || !seen.contains(id) && reaches(id, seen: seen + [id])
            }
        }
        return reaches(program, seen: [])
    }

    private func asksAnything(_ program: Int) -> Bool {
        rows.contains { row in
            row.programID == program
                && (row.nodeType == "course" && row.courseID != nil
                    || row.nodeType == "program" && row.requiredProgramID != nil)
        }
    }

    private func roots(of program: Int) -> [RequirementNode] {
        rows.filter { $0.programID == program && $0.path.count == 4 }
    }

    private func children(of node: RequirementNode) -> [RequirementNode] {
        rows.filter { $0.programID == node.programID && $0.path.count == node.path.count + 4 }
            .filter { $0.path.hasPrefix(node.path) }
    }

    /// The nodes that hang on the first root.
    private func attached(to program: Int) -> [RequirementNode] {
        func below(_ node: RequirementNode) -> [RequirementNode] { [node] + children(of: node).flatMap(below) }
        let first = roots(of: program).min { Array($0.path.utf8).lexicographicallyPrecedes(Array($1.path.utf8)) }
        return first.map(below) ?? []
    }

    private func number(_ node: RequirementNode) -> Int? {
        guard let words = node.operatorValue?.split(separator: " "), words.count == 1 else { return nil }
        return Int(words[0])
    }
}
