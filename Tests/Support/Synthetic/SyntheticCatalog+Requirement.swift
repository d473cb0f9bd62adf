extension SyntheticCatalog {
    /// A node of a program's requirement tree.
    struct Requirement {
        let id: Int
        let programID: Int
        let path: String
        var childCount = 0
        let type: String
        var operation: String?
        var operatorValue: String?
        var title = ""
        var isElective = false
        var courseID: Int?
        var requiredProgramID: Int?

        var depth: Int { path.utf8.count / 4 }

        /// The nodes of the tree, the root first.
        ///
        /// Required courses, mostly electives too; some of these in a group of their own, and a few programs require an
        /// earlier one.
        static func tree(of program: Int, in catalog: SyntheticCatalog) -> [Requirement] {
            var random = SyntheticCatalog.random(.requirements, program)
            let chosen = random.some(random.number(4...9), of: 1...catalog.courseCount)
            let requiredCount = min(chosen.count, random.number(3...5))
            var tree = Tree(program: program)
            let required = tree.addOperator("all_of", nil, "Required Courses", below: 0)
            for course in chosen.prefix(requiredCount) { tree.addCourse(course, below: required) }
            if program > 1, random.chance(8) { tree.addProgram(random.number(1...program - 1), below: required) }
            let electives = chosen.dropFirst(requiredCount)
            guard !electives.isEmpty else { return tree.nodes }
            let elective = tree.addOperator("min_number_of", "1", "Elective Courses", below: 0)
            let group =
                random.chance(15) ? tree.addOperator("all_of", nil, "One Specialization", below: elective) : elective
            for course in electives { tree.addCourse(course, below: group) }
            return tree.nodes
        }

        private struct Tree {
            let program: Int
            var nodes: [Requirement]

            init(program: Int) {
                self.program = program
                let root = TreePath.step(program)
                nodes = [Requirement(id: program * 32, programID: program, path: root, type: "program_root")]
            }

            @discardableResult mutating func add(_ type: String, below parent: Int) -> Int {
                nodes[parent].childCount += 1
                let path = nodes[parent].path + TreePath.step(nodes[parent].childCount)
                nodes.append(
                    Requirement(id: program * 32 + nodes.count, programID: program, path: path, type: type))
                return nodes.count - 1
            }

            mutating func addOperator(_ operation: String, _ value: String?, _ title: String, below parent: Int) -> Int
            {
                let index = add("operator", below: parent)
                nodes[index].operation = operation
                nodes[index].operatorValue = value
                nodes[index].title = title
                nodes[index].isElective = operation == "min_number_of"
                return index
            }

            mutating func addCourse(_ course: Int, below parent: Int) {
                let index = add("course", below: parent)
                nodes[index].courseID = course
            }

            mutating func addProgram(_ required: Int, below parent: Int) {
                let index = add("program", below: parent)
                nodes[index].requiredProgramID = required
            }
        }
    }
}

/// Paths of the CMS's trees: four digits of base 36 for each level.
enum TreePath {
    /// The part of the path that stands for the child of that number.
    static func step(_ number: Int) -> String {
        let digits = String(number, radix: 36, uppercase: true)
        return String(repeating: "0", count: 4 - digits.utf8.count) + digits
    }
}
