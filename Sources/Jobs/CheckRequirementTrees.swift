import Command
import Worker

/// Looks for requirement trees of programs that cannot be meant so.
struct CheckRequirementTrees: ConfiguredJob {
    static let name: JobName = "check-requirement-trees"
    static let summary = "Looks for requirement trees of programs that cannot be meant so"
    static let schedule = Schedule("*-*-* 03:00:00 UTC", every: .seconds(86400))
    static let timeLimit = Duration.seconds(18000)
    static let counters: [Counter] = [.programs, .findings]
    static let settings: [any AnySetting] = []

    private let resources: JobResources

    init(_ resources: JobResources) throws(Failure) {
        self.resources = resources
    }

    func run(_ context: JobContext) async throws {
    }
}

extension Counter {
    /// TODO
    static let programs = Counter("programs")
    /// TODO
    static let findings = Counter("findings")
}
