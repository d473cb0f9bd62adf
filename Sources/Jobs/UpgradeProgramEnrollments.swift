import Command
import Worker

/// Makes audit enrollments in programs verified once their courses are.
struct UpgradeProgramEnrollments: ConfiguredJob {
    static let name: JobName = "upgrade-program-enrollments"
    static let summary = "Makes audit enrollments in programs verified once their courses are"
    static let schedule = Schedule("*-*-* 01:00:00 UTC", every: .seconds(86400))
    static let timeLimit = Duration.seconds(18000)
    static let counters: [Counter] = [.processed, .upgraded, .failed]
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
    static let upgraded = Counter("upgraded")
}
