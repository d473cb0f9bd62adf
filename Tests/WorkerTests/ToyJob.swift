import Command
import Worker

/// A job that does what the test says.
struct ToyJob: Job {
    static let name: JobName = "toy"
    static let summary = "Does what the test says"
    static let schedule = Schedule("*-*-* *:00/30:00 UTC", every: .seconds(1800))
    static let timeLimit = Duration.seconds(600)
    static let counters: [Counter] = [.selected, .done, .permanent, .transient]
    static let settings: [any AnySetting] = []

    let body: @Sendable (JobContext) async throws -> Void

    init(_ body: @escaping @Sendable (JobContext) async throws -> Void = { _ in }) {
        self.body = body
    }

    func run(_ context: JobContext) async throws {
        try await body(context)
    }
}

extension Counter {
    static let done = Counter("done")
}
