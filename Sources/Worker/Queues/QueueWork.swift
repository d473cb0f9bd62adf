import Bytes
import Command
import Services
import Store

/// The work on single entries of one kind, whoever has claimed them: a job, or the gateway while the sender waits.
public struct QueueWork: Sendable {
    /// How long an entry waits in any case before it is tried again.
    private static let shortestWait = Duration.seconds(1)
    private static let day = Duration.seconds(86_400)

    let queue: Queue
    let handler: QueueHandler
    private let random: @Sendable (ClosedRange<Int>) -> Int

    /// The work on entries of a queue; `random` draws a number of the range, for waits.
    public init(_ queue: Queue, _ handler: QueueHandler, random: @escaping @Sendable (ClosedRange<Int>) -> Int) {
        self.queue = queue
        self.handler = handler
        self.random = random
    }

    /// Does an entry that was claimed, and writes down what came of it; false when it is to be done once more, or is another's by
    /// now.
    ///
    /// - Throws: what kept it from being done, when the entry was put back or parked for it.
    public func settle(_ entry: Queue.Entry, in context: JobContext) async throws -> Bool {
        do {
            try await handler.handle(entry, context)
        } catch {
            try await put(entry, back: error, in: context)
            throw error
        }
        let now = context.time.now()
        let isDone = try await context.write { session in
            try Items(of: context.job).succeeded(entry.name, in: &session)
            if try queue.finish(entry, at: now, in: &session) { return true }
            // Whoever did it may have noted that together with the result.
            return try queue.standing(of: entry.id, at: now, in: &session) == .done
        }
        context.serviceAnswered(.effect)
        return isDone
    }

    /// Whether an error will be the same the next time, so that nobody needs to bring the same again.
    public static func isFinal(_ error: any Error) -> Bool {
        switch QueueVerdict(error) {
        case .parked, .counted: true
        case .untouched, .taken, .postponed, .delayed: false
        }
    }

    private func put(_ entry: Queue.Entry, back error: any Error, in context: JobContext) async throws {
        let now = context.time.now()
        switch QueueVerdict(error) {
        case .untouched:
            try await context.write { session in try queue.release([entry], in: &session) }
        case .taken: break
        case .parked(let problem):
            try await context.write { session in
                try queue.putBack(entry, until: nil, problem, at: now, in: &session)
            }
        case .delayed(let problem, let pause):
            try await context.write { session in
                try queue.putBack(entry, until: now + pause, problem, at: now, in: &session)
            }
        case .counted(let problem):
            let due = now + wait(after: entry, nil)
            try await context.write { session in
                let items = Items(of: context.job)
                let isLast = try items.failed(entry.name, problem, at: now, in: &session) >= Items.cap
                if isLast { try items.succeeded(entry.name, in: &session) }
                try queue.putBack(entry, until: isLast ? nil : due, problem, at: now, in: &session)
            }
        case .postponed(let problem, let pause):
            try await postpone(entry, problem, pause, at: now, in: context)
        }
    }

    private func postpone(
        _ entry: Queue.Entry, _ problem: String, _ pause: Duration?, at now: Timestamp, in context: JobContext
    ) async throws {
        let age = now - entry.createdAt
        let isOver = handler.horizon.map { age >= $0 } ?? false
        let due = now + wait(after: entry, pause)
        try await context.write { session in
            try queue.putBack(entry, until: isOver ? nil : due, problem, at: now, in: &session)
        }
        let fields: LogFields = ["item": .string(entry.name), "problem": .string(problem)]
        if isOver {
            context.alarm("given_up", fields)
        } else if age >= QueueWork.day {
            context.alarm("waiting_for_a_day", fields)
        }
    }

    private func wait(after entry: Queue.Entry, _ pause: Duration?) -> Duration {
        max(handler.backoff.wait(after: entry.attempts, random), pause ?? .zero, QueueWork.shortestWait)
    }
}

extension Queue.Entry {
    /// What logs call it, without what it is about.
    public var name: String { "\(kind) \(id)" }
}
