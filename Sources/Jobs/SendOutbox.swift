import Command
import Worker

/// Sends what waits to be sent.
struct SendOutbox: ConfiguredJob {
    static let name: JobName = "send-outbox"
    static let summary = "Sends what waits to be sent"
    static let schedule = Schedule("*-*-* *:*:00 UTC", every: .seconds(60))
    static let timeLimit = Duration.seconds(1500)
    static let counters: [Counter] = [.selected, .sent, .transient, .permanent]
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
    static let sent = Counter("sent")
}
