import Bytes
import Command
import Store
import Worker

/// Sends what waits to be sent (`mechanics.md`).
struct SendOutbox: ConfiguredJob {
    static let name: JobName = "send-outbox"
    static let summary = "Sends what waits to be sent"
    static let schedule = Schedule("*-*-* *:*:00 UTC", every: .seconds(60))
    static let timeLimit = Duration.seconds(1500)
    static let counters: [Counter] = [.selected, .sent, .transient, .permanent]
    static let settings = OutboxHandlers.settings

    private let resources: JobResources

    init(_ resources: JobResources) throws(Failure) {
        self.resources = resources
    }

    func run(_ context: JobContext) async throws {
        let handlers = try OutboxHandlers.all(resources, in: context)
        try await QueueRun(
            .outbox, handlers, in: context, done: .sent, atOnce: resources.atOnce, random: resources.numbers.number
        ).run()
    }

    static func backlog(at now: Timestamp, in session: inout Session) throws -> Backlog? {
        try Queue.outbox.backlog(of: OutboxHandlers.kinds, in: &session)
    }

    static func deadLetters(in session: inout Session) throws -> [DeadLetter] {
        try Queue.outbox.parked(in: &session)
    }

    static func requeue(_ keys: [String]?, at now: Timestamp, in session: inout Session) throws -> Int {
        try Queue.outbox.requeue(keys, at: now, in: &session)
    }
}

extension Counter {
    /// Entries that are sent.
    static let sent = Counter("sent")
}
