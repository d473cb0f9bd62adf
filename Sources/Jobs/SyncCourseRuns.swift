import Command
import Worker

/// Takes over titles, dates and pacing of course runs from Open edX.
struct SyncCourseRuns: ConfiguredJob {
    static let name: JobName = "sync-course-runs"
    static let summary = "Takes over titles, dates and pacing of course runs from Open edX"
    static let schedule = Schedule("*-*-* 00:10:00 UTC", every: .seconds(86400))
    static let timeLimit = Duration.seconds(3300)
    static let counters: [Counter] = [.selected, .invalidKeys, .updated, .unchanged, .missing, .failed]
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
    static let invalidKeys = Counter("invalid_keys")
    /// TODO
    static let updated = Counter("updated")
    /// TODO
    static let unchanged = Counter("unchanged")
    /// TODO
    static let missing = Counter("missing")
}
