import Command
import Flows
import Records
import Worker

/// Looks for requirement trees of programs that cannot be meant so (`spec/openedx.md` §13).
struct CheckRequirementTrees: ConfiguredJob {
    static let name: JobName = "check-requirement-trees"
    static let summary = "Looks for requirement trees of programs that cannot be meant so"
    static let schedule = Schedule("*-*-* 03:00:00 UTC", every: .seconds(86400))
    static let timeLimit = Duration.seconds(18000)
    static let counters: [Counter] = [.programs, .findings]
    static let settings: [any AnySetting] = []

    init(_ resources: JobResources) throws(Failure) {}

    func run(_ context: JobContext) async throws {
        let requirements = try await context.read { session in try session.programRequirements() }
        let findings = requirements.findings()
        for finding in findings { finding.warn(context.log, of: requirements) }
        context.count(.programs, by: requirements.entries.count)
        context.count(.findings, by: findings.count)
    }
}

extension Counter {
    /// Programs that were looked at.
    static let programs = Counter("programs")
    /// What was found wrong with them.
    static let findings = Counter("findings")
}
