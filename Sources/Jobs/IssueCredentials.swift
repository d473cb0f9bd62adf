import Command
import Worker

/// Has the verifiable credentials signed that certificates lack.
struct IssueCredentials: ConfiguredJob {
    static let name: JobName = "issue-credentials"
    static let summary = "Has the verifiable credentials signed that certificates lack"
    static let schedule = Schedule("*-*-* 04:30:00 UTC", every: .seconds(86400))
    static let timeLimit = Duration.seconds(18000)
    static let counters: [Counter] = [.selected, .credentialsIssued, .transient, .permanent]
    static let settings: [any AnySetting] = []

    private let resources: JobResources

    init(_ resources: JobResources) throws(Failure) {
        self.resources = resources
    }

    func run(_ context: JobContext) async throws {
    }
}
