extension CourseCatalog {
    /// Makes sure that no program requires itself, directly or by way of others: nobody could ever complete it.
    ///
    /// - Throws: ``CatalogError`` naming the node that closes the circle, and the programs on it.
    public func checkRequirements() throws(CatalogError) {
        let nodes = programs.map { program in
            (program.id, program.requirements.nodes.filter { $0.nodeType == "program" && $0.requiredProgramID != nil })
        }
        let circles = RequirementCircles(Dictionary(nodes) { first, _ in first })
        guard let way = circles.ways.first, let last = way.nodes.last else { return }
        let names = ([way.program] + way.nodes.compactMap(\.requiredProgramID)).compactMap { program($0)?.readableID }
        throw CatalogError(
            table: "courses_programrequirement", id: "\(last.id)",
            problem: "makes a program require itself (\(names.joined(separator: " → "))); remove one of these nodes")
    }
}
