import Bytes
import Command
import Store
import Worker

/// Does what came in and could not be done at once (`spec/openedx.md` §12.3, `mechanics.md`).
struct ProcessInbox: ConfiguredJob {
    static let name: JobName = "process-inbox"
    static let summary = "Does what came in and could not be done at once"
    static let schedule = Schedule("*-*-* *:00/5:00 UTC", every: .seconds(300))
    static let timeLimit = Duration.seconds(1500)
    static let counters: [Counter] = [.selected, .done, .transient, .permanent]
    static let settings = InboxHandlers.settings

    private let resources: JobResources

    init(_ resources: JobResources) throws(Failure) {
        self.resources = resources
    }

    func run(_ context: JobContext) async throws {
        let handlers = try InboxHandlers.all(resources)
        try await QueueRun(
            .inbox, handlers, in: context, done: .done, atOnce: resources.atOnce, random: resources.numbers.number
        ).run()
    }

    static func backlog(at now: Timestamp, in session: inout Session) throws -> Backlog? {
        try Queue.inbox.backlog(of: InboxHandlers.kinds, in: &session)
    }

    static func deadLetters(in session: inout Session) throws -> [DeadLetter] {
        try Queue.inbox.parked(in: &session)
    }

    static func requeue(_ keys: [String]?, at now: Timestamp, in session: inout Session) throws -> Int {
        try Queue.inbox.requeue(keys, at: now, in: &session)
    }
}

extension Counter {
    /// Entries that are done with.
    static let done = Counter("done")
}
