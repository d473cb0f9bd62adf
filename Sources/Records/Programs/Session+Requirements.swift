import Bytes
import Catalog
import Store

extension Session {
    /// The nodes of all programs' requirements, in the order of their paths.
    ///
    /// - Throws: ``StoreError``.
    mutating func requirementNodes() throws -> [RequirementNode] {
        let columns = """
            id, path, depth, numchild, node_type, operator, operator_value, program_id, course_id, required_program_id,
            title, elective_flag
            """
        let nodes = try rows(.table("courses_programrequirement", columns: columns, orderBy: "id")) { row in
            RequirementNode(
                id: try row["id"], path: try row["path"], nodeType: try row["node_type"],
                operation: try row["operator"], operatorValue: try row["operator_value"],
                programID: try row["program_id"], courseID: try row["course_id"],
                requiredProgramID: try row["required_program_id"], title: try row["title"],
                electiveFlag: try row["elective_flag"], statedDepth: try row["depth"],
                statedChildren: try row["numchild"])
        }
        // The order of a tree is that of the paths' bytes, whatever the database collates by.
        return nodes.sorted { ByteKey($0.path) < ByteKey($1.path) }
    }

    /// What all programs require: two statements, however many there are.
    ///
    /// - Throws: ``StoreError``.
    public mutating func programRequirements() throws -> ProgramRequirements {
        let nodes = Dictionary(grouping: try requirementNodes(), by: \.programID)
        let entries = try rows(
            """
            SELECT p.id, p.readable_id, p.live,
                EXISTS (SELECT 1 FROM courses_program_enrollment_modes m
                    JOIN courses_enrollmentmode k ON k.id = m.enrollmentmode_id
                    WHERE m.program_id = p.id AND k.requires_payment) AS is_paid
            FROM courses_program p ORDER BY p.id
            """
        ) { row in
            let id: Int = try row["id"]
            return ProgramRequirements.Entry(
                id: id, readableID: try row["readable_id"], isLive: try row["live"], isPaid: try row["is_paid"],
                tree: RequirementTree(joining: nodes[id, default: []]))
        }
        return ProgramRequirements(entries)
    }
}
