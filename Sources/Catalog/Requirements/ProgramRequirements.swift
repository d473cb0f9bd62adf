/// What programs require, and who has done it (`spec/openedx.md` §9.3, §10).
public struct ProgramRequirements: Sendable {
    /// A program as far as its certificates are concerned.
    public struct Entry: Sendable {
        /// The program's id.
        public let id: Int
        /// Its key: `program-v1:MITx+DEDP`.
        public let readableID: String
        /// Whether it is offered.
        public let isLive: Bool
        /// Whether it can be taken in a mode that costs money. Then only its certificate says that a learner has completed
        /// it.
        public let isPaid: Bool
        /// What it requires.
        public let tree: RequirementTree
        let root: RequirementTree.Branch?
        let rootCount: Int
        /// Whether any node names a course or a program. Where none does, nothing can be earned.
        let asksAnything: Bool
        /// The programs that the tree names.
        let required: [Int]

        /// A program with these values.
        public init(id: Int, readableID: String, isLive: Bool, isPaid: Bool, tree: RequirementTree) {
            self.id = id
            self.readableID = readableID
            self.isLive = isLive
            self.isPaid = isPaid
            self.tree = tree
            root = tree.root
            rootCount = tree.rootCount
            asksAnything = !tree.namedCourseIDs.isEmpty || !tree.programNodes.isEmpty
            required = tree.nodes.compactMap { node in
                if case .program(let id) = node.rule { id } else { nil }
            }
        }
    }

    /// Courses and programs that count as done for a learner.
    public struct Done: Sendable {
        /// Ids of courses.
        public var courses: Set<Int>
        /// Ids of programs.
        public var programs: Set<Int>

        /// What is done.
        public init(courses: Set<Int> = [], programs: Set<Int> = []) {
            self.courses = courses
            self.programs = programs
        }

        fileprivate func contains(_ rule: RequirementRule) -> Bool {
            switch rule {
            case .course(let id): courses.contains(id)
            case .program(let id): programs.contains(id)
            case .all, .atLeast, .impossible: false
            }
        }
    }

    /// A tree that cannot be evaluated.
    public struct Unusable: Error, Hashable, Sendable, CustomStringConvertible {
        /// The program.
        public let program: Int
        let rootCount: Int

        /// One line: where, what, what to do.
        public var description: String {
            "courses_program \(program): its requirements have \(rootCount == 0 ? "no root" : "\(rootCount) roots");"
                + " 'check-requirement-trees' says which rows to repair"
        }
    }

    /// The programs in the order of their ids.
    public let entries: [Entry]
    private let positions: [Int: Int]
    private let dependents: [Int: [Int]]

    /// The requirements of these programs.
    public init(_ entries: [Entry]) {
        self.entries = entries.sorted { $0.id < $1.id }
        positions = Assembly.positions(self.entries, \.id)
        var dependents: [Int: [Int]] = [:]
        for entry in self.entries {
            for id in Set(entry.tree.programNodes.compactMap(\.requiredProgramID)) {
                dependents[id, default: []].append(entry.id)
            }
        }
        self.dependents = dependents
    }

    /// The program of this id; nil when there is none.
    public subscript(id: Int) -> Entry? { positions[id].map { entries[$0] } }

    /// The programs that require this one, wherever the node stands, in the order of their ids.
    public func programs(requiring id: Int) -> [Entry] {
        dependents[id, default: []].compactMap { self[$0] }
    }

    /// Whether a learner has earned the program's certificate (`spec/openedx.md` §9.3).
    ///
    /// A program that costs nothing has no certificate of its own to ask for, so what it requires is asked instead. Programs
    /// are earned one after the other until no more are: what requires itself, by whatever way, is never the first.
    ///
    /// - Parameter done: the courses with a certificate, or passed where there is none to buy; the programs with a
    ///   certificate.
    /// - Throws: ``Unusable`` when the tree, or one that it leads to, has no root or several.
    public func isEarned(_ program: Int, by done: Done) throws(Unusable) -> Bool {
        // What is required comes before what requires it, so that mostly one pass is enough.
        let open = try usable(reach(of: program).reversed())
        var done = done
        for entry in open where !entry.isPaid { done.programs.remove(entry.id) }
        var earned: Set<Int> = []
        var isNews = true
        while isNews, !earned.contains(program) {
            isNews = false
            for entry in open where !earned.contains(entry.id) && entry.asksAnything {
                guard entry.root?.isMet(done.contains) ?? false else { continue }
                earned.insert(entry.id)
                if !entry.isPaid { done.programs.insert(entry.id) }
                isNews = true
            }
        }
        return earned.contains(program)
    }

    /// Whether an audit enrollment in the program is to become verified (`spec/openedx.md` §10): all that is required is
    /// verified, of each elective group as much as it asks, and altogether at least one thing.
    ///
    /// - Parameter verified: the courses and programs in which the learner is enrolled as verified.
    /// - Throws: ``Unusable`` when the tree has no root or several.
    public func isUpgradable(_ program: Int, by verified: Done) throws(Unusable) -> Bool {
        guard let entry = try usable([program]).first, let root = entry.root else { return false }
        return root.withoutOptionalGroups.isMet(verified.contains)
            && entry.tree.nodes.contains { verified.contains($0.rule) }
    }

    /// The program, and those whose requirements stand for them in its own, directly or by way of others.
    func reach(of program: Int) -> [Int] {
        var found = [program]
        var seen: Set<Int> = [program]
        var next = 0
        while next < found.count {
            for id in self[found[next]]?.required ?? [] where self[id]?.isPaid == false {
                if seen.insert(id).inserted { found.append(id) }
            }
            next += 1
        }
        return found
    }

    private func usable(_ ids: [Int]) throws(Unusable) -> [Entry] {
        var found: [Entry] = []
        for entry in ids.compactMap({ self[$0] }) {
            guard !entry.asksAnything || entry.rootCount == 1 else {
                throw Unusable(program: entry.id, rootCount: entry.rootCount)
            }
            found.append(entry)
        }
        return found
    }
}
