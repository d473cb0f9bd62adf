import Bytes
import Catalog
import Command
import Records
import Store

/// `mitxonline-jobs check-requirement-trees`.
enum CheckRequirementTreesCommand {
    private static let live = Option(flag: "live", "only programs that are live")

    static let subcommand = Subcommand(
        "check-requirement-trees", "Shows what is wrong with the requirements of programs, and what to edit",
        discussion: """
            The same look as the job of that name takes. It reads programs and their requirements and changes nothing, needs no lease and none of \
            this program's own tables, and ends with 0 whatever it finds.
            """,
        options: [ProgramChoice.program, live], settings: [JobsSettings.database], run: run)

    @Sendable private static func run(_ invocation: Invocation) async throws -> Outcome {
        let database = try Database(invocation)
        let ids = try await ProgramChoice.program(invocation, from: database).map { Set([$0]) }
        let liveOnly = try invocation[live]
        let requirements = try await database.read { session in try session.programRequirements() }
        let findings = requirements.findings(of: ids, liveOnly: liveOnly)
        let rows = findings.map { finding in
            [
                "\(finding.program)", requirements[finding.program]?.readableID ?? "",
                finding.node.map { "\($0)" } ?? "", "\(finding.problem); \(finding.remedy)",
            ]
        }
        let text =
            rows.isEmpty
            ? "nothing is wrong" : ([["PROGRAM", "KEY", "NODE", "WHAT IS WRONG; WHAT TO DO"]] + rows).columns
        try invocation.print(text) { object in
            object.objects("findings", findings) { object, finding in
                object.member("program", finding.program)
                object.member("readable_id", requirements[finding.program]?.readableID ?? "")
                object.member("node", finding.node)
                object.member("finding", finding.kind.rawValue)
                object.member("problem", finding.problem)
                object.member("remedy", finding.remedy)
            }
        }
        return Outcome()
    }
}
