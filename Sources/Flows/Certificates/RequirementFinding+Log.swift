import Catalog
import Command

extension RequirementFinding {
    /// Warns of it.
    public func warn(_ log: Log, of requirements: ProgramRequirements) {
        log.warning("requirements_doubtful", fields(of: requirements))
    }

    /// The finding as fields of the log, with the key of the program.
    func fields(of requirements: ProgramRequirements) -> LogFields {
        var fields: LogFields = ["program": .int(program)]
        if let entry = requirements[program] { fields.append("readable_id", .string(entry.readableID)) }
        if let node { fields.append("node", .int(node)) }
        fields.append("finding", .string(kind.rawValue))
        fields.append("problem", .string(problem))
        fields.append("remedy", .string(remedy))
        return fields
    }
}
