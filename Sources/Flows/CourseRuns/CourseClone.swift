import Bytes
import Command
import Records
import Services
import Store
import Worker

/// The copy of a course run at Studio, for a run that is here already (`spec/openedx.md` §7.5).
///
/// It is an entry of the outbox. That Studio was asked for the copy is an intent of the job that does the entry, and that it is
/// there is written in the entry: whoever goes on after a death sets dates and modes, where the existing application fails for
/// ever, since the target exists.
public struct CourseClone: Sendable {
    /// The kind of outbox entries that are clones; their key is the key of the run.
    public static let kind = "clone"

    /// How often and how long after each other a clone is tried again.
    public struct Patience: Sendable {
        /// How often.
        public var retries = 5
        /// The wait before the first retry, in seconds; each further one is longer by as much.
        public var delay = 300
        /// By how many seconds each wait is longer at most, at random.
        public var jitter = 60

        /// Five times, after 5 minutes, 10 minutes and so on, up to a minute longer each.
        public init() {}

        /// The values that were given.
        public init(_ settings: Settings) throws(Failure) {
            retries = try settings[StudioSetting.cloneRetries]
            delay = try settings[StudioSetting.cloneRetryDelay]
            jitter = try settings[StudioSetting.cloneRetryJitter]
        }
    }

    private let context: JobContext
    private let client: OpenEdXClient
    private let studio: StudioClient
    private let numbers: RandomNumbers
    private let patience: Patience

    /// A clone within a run of a job.
    public init(
        in context: JobContext, client: OpenEdXClient, studio: StudioClient, numbers: RandomNumbers, patience: Patience
    ) {
        self.context = context
        self.client = client
        self.studio = studio
        self.numbers = numbers
        self.patience = patience
    }

    /// Puts a clone into the outbox; false when one for that run waits already.
    public static func post(
        run id: Int, key: String, base: String, at now: Timestamp, in session: inout Session
    ) throws -> Bool {
        try Queue.outbox.add(
            kind, key: key, payload: State(run: id, base: base).document, due: now, at: now, in: &session)
    }

    /// Does an entry of the outbox.
    ///
    /// - Throws: ``QueueDelay``; ``QueueRejection`` when there is no use in trying again; ``ServiceError`` when the program stops or
    ///   no entry can be done with these settings; ``StoreError``.
    public func handle(_ entry: Queue.Entry) async throws {
        guard var state = State(entry.payload) else { throw QueueRejection("the entry cannot be read") }
        let row = try await context.read { [state] session in try CloneRow.row(state.run, in: &session) }
        guard let row, row.key == entry.key else {
            throw QueueRejection("the run is gone, or has another key")
        }
        do {
            if !state.isCloned {
                try await clone(row, state, entry)
                if context.isDryRun { return }
                state.isCloned = true
            }
            try await complete(row)
        } catch let error as ServiceError where !error.concernsAll {
            throw try await postponement(of: entry, state, error.description)
        }
    }

    /// Steps 1 to 3: Studio has the copy afterwards.
    private func clone(_ row: CloneRow, _ state: State, _ entry: Queue.Entry) async throws {
        guard try await studio.run(state.base) != nil else {
            throw QueueRejection("Studio has no run \(state.base)")
        }
        let key = "clone:\(row.key)"
        let isThere = try await isAtStudio(row.key)
        context.serviceAnswered(.question)
        if isThere, try await !context.openIntents().contains(key) {
            throw QueueRejection("Studio has a run \(row.key) already; it was not made by this clone")
        }
        var cloned = state
        cloned.isCloned = true
        let payload = cloned.document
        var step = Step<Void, Void>(
            key: key, summary: "clone run \(state.base) to \(row.key)",
            digest: SHA256.hash("\(state.base)\n\(row.key)".utf8),
            isWanted: { _ in true },
            ask: { try await isAtStudio(row.key) ? () : nil },
            call: { try await copy(state.base, to: row.key) },
            record: { _, session in try Queue.outbox.rewrite(entry, payload: payload, in: &session) })
        step.knowledge = isThere ? .present(()) : .absent
        _ = try await context.perform(step)
    }

    private func isAtStudio(_ key: String) async throws -> Bool {
        try await studio.run(key) != nil
    }

    /// Has Studio make the copy. A refusal may follow an earlier arrival of the same call, which a proxy repeated: what was not
    /// there a moment ago and is there now was made by it.
    private func copy(_ base: String, to key: String) async throws {
        guard let refusal = await refusal(base, to: key) else { return }
        guard refusal.disposition == .permanent, try await isAtStudio(key) else { throw refusal }
    }

    private func refusal(_ base: String, to key: String) async -> ServiceError? {
        do {
            try await studio.clone(base, to: key)
            return nil
        } catch {
            return error
        }
    }

    /// Steps 3 to 5: the copy gets title, pacing, dates and modes. All of it can be done again.
    private func complete(_ row: CloneRow) async throws {
        guard try await studio.run(row.key) != nil else {
            throw ServiceError(
                "Studio", "clone", .temporary, mayHaveHappened: true, status: 404, detail: "the copy is not there yet")
        }
        var schedule = StudioSchedule(start: row.start, end: row.end)
        if let start = row.enrollmentStart, let end = row.enrollmentEnd {
            schedule?.enrollmentStart = start
            schedule?.enrollmentEnd = end
        }
        _ = try await studio.change(
            row.key, StudioChange(title: row.title, isSelfPaced: row.isSelfPaced, schedule: schedule))
        let there = Set(try await client.modes(of: row.key).map(\.slug))
        for mode in row.modes where !there.contains(mode.slug) {
            try await client.create(
                OpenEdXMode(
                    mode.slug, displayName: mode.displayName, minimalPrice: mode.requiresPayment ? 1 : 0),
                of: row.key)
        }
    }

    /// When to try again after a failure; the entry remembers how often it was.
    private func postponement(of entry: Queue.Entry, _ state: State, _ problem: String) async throws -> any Error {
        guard state.retries < patience.retries else { return QueueRejection(problem) }
        var next = state
        next.retries += 1
        let payload = next.document
        try await context.write { session in try Queue.outbox.rewrite(entry, payload: payload, in: &session) }
        let wait = patience.delay * next.retries + numbers.number(0...patience.jitter)
        return QueueDelay(.seconds(wait), problem)
    }

    /// What an entry knows of its clone.
    private struct State: Sendable {
        let run: Int
        let base: String
        var retries = 0
        /// Whether Studio has the copy.
        var isCloned = false

        init(run: Int, base: String) {
            self.run = run
            self.base = base
        }

        init?(_ payload: JSONValue) {
            guard let run = payload["run"]?.int, let base = payload["base"]?.string else { return nil }
            self.init(run: run, base: base)
            retries = payload["retries"]?.int ?? 0
            isCloned = payload["cloned"] == .bool(true)
        }

        var document: JSONValue {
            .object([
                JSONValue.Member(key: "run", value: .number("\(run)")),
                JSONValue.Member(key: "base", value: .string(base)),
                JSONValue.Member(key: "retries", value: .number("\(retries)")),
                JSONValue.Member(key: "cloned", value: .bool(isCloned)),
            ])
        }
    }
}

extension ServiceError {
    /// Whether no entry can be done for the moment, or the program stops.
    fileprivate var concernsAll: Bool { disposition == .systemic || disposition == .stopped }
}
