extension CourseCatalog {
    /// Makes sure that no program requires itself, directly or by way of others: nobody could ever complete it.
    ///
    /// - Throws: ``CatalogError`` naming the node that closes the circle, and the programs on it.
    public func checkRequirements() throws(CatalogError) {
        var finished: Set<Int> = []
        for program in programs.sorted(by: { $0.id < $1.id }) {
            var path: [Int] = []
            try visit(program, path: &path, finished: &finished)
        }
    }

    private func visit(_ program: Program, path: inout [Int], finished: inout Set<Int>) throws(CatalogError) {
        guard !finished.contains(program.id) else { return }
        path.append(program.id)
        for node in program.requirements.nodes where node.nodeType == "program" {
            guard let id = node.requiredProgramID, let required = self.program(id) else { continue }
            if let start = path.firstIndex(of: id) {
                let names = (path[start...] + [id]).compactMap { self.program($0)?.readableID }
                throw CatalogError(
                    table: "courses_programrequirement", id: "\(node.id)",
                    problem:
                        "makes a program require itself (\(names.joined(separator: " → "))); remove one of these nodes")
            }
            try visit(required, path: &path, finished: &finished)
        }
        path.removeLast()
        finished.insert(program.id)
    }
}
