extension CourseCatalog {
    /// Makes sure that no program requires itself, directly or by way of others: nobody could ever complete it.
    ///
    /// - Throws: ``CatalogError`` naming the node that closes the circle, and the programs on it.
    public func checkRequirements() throws(CatalogError) {
        var finished: Set<Int> = []
        for program in programs.sorted(by: { $0.id < $1.id }) where !finished.contains(program.id) {
            try follow(from: program, finished: &finished)
        }
    }

    /// A program on the way down, with the nodes of it that are still to be followed.
    private struct Step {
        let program: Int
        var nodes: ArraySlice<RequirementNode>

        init(_ program: Program) {
            self.program = program.id
            nodes = program.requirements.nodes.filter { $0.nodeType == "program" }[...]
        }
    }

    /// Goes down from `program`; the way is kept in a list, since a chain of programs may be longer than the stack is deep.
    private func follow(from program: Program, finished: inout Set<Int>) throws(CatalogError) {
        var way = [Step(program)]
        var onTheWay: Set<Int> = [program.id]
        while let last = way.indices.last {
            guard let node = way[last].nodes.popFirst() else {
                onTheWay.remove(way[last].program)
                finished.insert(way.removeLast().program)
                continue
            }
            guard let id = node.requiredProgramID, let required = self.program(id), !finished.contains(id) else {
                continue
            }
            guard onTheWay.insert(id).inserted else { throw circle(closedBy: node, to: id, way: way.map(\.program)) }
            way.append(Step(required))
        }
    }

    private func circle(closedBy node: RequirementNode, to id: Int, way: [Int]) -> CatalogError {
        let names = (way.drop { $0 != id } + [id]).compactMap { self.program($0)?.readableID }
        return CatalogError(
            table: "courses_programrequirement", id: "\(node.id)",
            problem: "makes a program require itself (\(names.joined(separator: " → "))); remove one of these nodes")
    }
}
