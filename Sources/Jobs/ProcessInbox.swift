import Command
import Worker

/// Does what came in and could not be done at once.
struct ProcessInbox: ConfiguredJob {
    static let name: JobName = "process-inbox"
    static let summary = "Does what came in and could not be done at once"
    static let schedule = Schedule("*-*-* *:00/5:00 UTC", every: .seconds(300))
    static let timeLimit = Duration.seconds(1500)
    static let counters: [Counter] = [.selected, .done, .transient, .permanent]
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
    static let done = Counter("done")
}
