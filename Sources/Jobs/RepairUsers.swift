import Command
import Worker

/// Makes the Open edX accounts and tokens that learners lack.
struct RepairUsers: ConfiguredJob {
    static let name: JobName = "repair-users"
    static let summary = "Makes the Open edX accounts and tokens that learners lack"
    static let schedule = Schedule("*-*-* *:15/30:00 UTC", every: .seconds(1800))
    static let timeLimit = Duration.seconds(1500)
    static let counters: [Counter] = [.selected, .accountsCreated, .tokensCreated, .syncErrors, .failed]
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
    static let accountsCreated = Counter("accounts_created")
    /// TODO
    static let tokensCreated = Counter("tokens_created")
    /// TODO
    static let syncErrors = Counter("sync_errors")
    /// TODO
    static let failed = Counter("failed")
}
