import Bytes
import Command
import Services
import Store
import Synchronization

/// Does what waits in a queue, one run of a job (`mechanics.md`).
///
/// Kinds without a handler are left alone. Each kind is a part of the run: that the service behind one of them is down does
/// not keep the others waiting.
public struct QueueRun: Sendable {
    /// How long what was claimed is this run's. What could not be begun in good time is given back.
    static let claimLife = Duration.seconds(300)
    /// What is left of a claim must be enough for one entry.
    private static let margin = Duration.seconds(90)
    /// How long it is known what was done.
    private static let memory = Duration.seconds(30 * 86_400)

    let queue: Queue
    let context: JobContext
    private let handlers: [QueueHandler]
    private let done: Counter
    private let atOnce: Int
    private let random: @Sendable (ClosedRange<Int>) -> Int

    /// A run over the due entries of a queue.
    ///
    /// - Parameters:
    ///   - done: what counts entries that are done with.
    ///   - atOnce: how many entries are worked on at once.
    ///   - random: draws a number of the range, for waits.
    public init(
        _ queue: Queue, _ handlers: [QueueHandler], in context: JobContext, done: Counter, atOnce: Int,
        random: @escaping @Sendable (ClosedRange<Int>) -> Int
    ) {
        self.queue = queue
        self.handlers = handlers
        self.context = context
        self.done = done
        self.atOnce = atOnce
        self.random = random
    }

    /// Does what is due at its start, a page of each kind in turn, and prunes what was done long ago.
    ///
    /// - Throws: what halted one of the kinds, when all that can be done is done.
    public func run() async throws {
        if context.isDryRun { return try await rehearse() }
        let parts = handlers.map { handler in
            Part(work: QueueWork(queue, handler, random: random), context: JobContext(partOf: context))
        }
        var halts: [any Error] = []
        do {
            try await work(on: parts)
        } catch {
            halts.append(error)
        }
        for part in parts {
            if let halt = context.conclude(part.context) { halts.append(part.naming(halt)) }
        }
        if let halt = halts.min(by: { QueueRun.urgency($0) < QueueRun.urgency($1) }) { throw halt }
        if context.mayBegin() { try await prune() }
    }

    /// One kind in this run.
    private struct Part: Sendable {
        let work: QueueWork
        let context: JobContext

        /// What halted it, with the kind.
        func naming(_ error: any Error) -> any Error {
            guard let failure = error as? Failure else { return error }
            return Failure(failure.status, "\(work.handler.kind): \(failure.message)")
        }
    }

    /// What a person has to see to comes before what passes.
    private static func urgency(_ error: any Error) -> Int {
        guard let failure = error as? Failure else { return 0 }
        return failure.status == .configuration ? 1 : 2
    }

    private func work(on parts: [Part]) async throws {
        let start = context.time.now()
        var rest = context.limit ?? Int.max
        var open = parts
        while !open.isEmpty, rest > 0 {
            var unfinished: [Part] = []
            for part in open where rest > 0 && part.context.mayBegin() {
                let page = try await claim(min(rest, part.work.handler.claimLimit), of: part, due: start)
                rest -= page.count
                try await work(on: page, part)
                if !page.isEmpty { unfinished.append(part) }
            }
            open = unfinished
        }
    }

    private func claim(_ limit: Int, of part: Part, due start: Timestamp) async throws -> [Queue.Entry] {
        let now = context.time.now()
        return try await part.context.write { session in
            try queue.claim(
                part.work.handler.kind, due: start, limit: limit, for: QueueRun.claimLife, at: now, in: &session)
        }
    }

    private func work(on page: [Queue.Entry], _ part: Part) async throws {
        guard !page.isEmpty else { return }
        let begun = Mutex<Set<Int64>>([])
        await part.context.forEach(page, atOnce: atOnce, name: \.name) { entry in
            guard entry.claimedUntil - context.time.now() >= QueueRun.margin else { return }
            begun.withLock { _ = $0.insert(entry.id) }
            part.context.count(.selected)
            if try await part.work.settle(entry, in: part.context) { part.context.count(done) }
        }
        let used = begun.withLock(\.self)
        let unused = page.filter { !used.contains($0.id) }
        if !unused.isEmpty {
            try await part.context.write { session in try queue.release(unused, in: &session) }
        }
    }

    /// Tells what would be done.
    private func rehearse() async throws {
        let now = context.time.now()
        var rest = context.limit ?? Int.max
        for handler in handlers where rest > 0 {
            let limit = rest
            let page = try await context.read { session in
                try queue.due(handler.kind, limit: limit, at: now, in: &session)
            }
            rest -= page.count
            context.count(.selected, by: page.count)
            for key in page { context.rehearse("do \(handler.kind) \(key)") }
        }
    }

    /// Removes what was done long ago, a part of it in each run.
    private func prune() async throws {
        let end = context.time.now() - QueueRun.memory
        _ = try await context.write { session in try queue.prune(doneBefore: end, limit: 5000, in: &session) }
    }
}
