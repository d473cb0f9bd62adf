import Bytes
import Command
import HTTP
import Services
import Store

/// What a running job works with.
///
/// Its transactions are the job's own only as long as the job holds its lease: a process that was stopped for so long that
/// another took over can no longer write.
public final class JobContext: Transactions {
    /// The log, whose lines name the job.
    public let log: Log
    /// The clocks.
    public let time: TimeSource
    /// Whether nothing may change: reads are real, writes are undone, effects outside are only told.
    public let isDryRun: Bool
    /// How many items to work on at most; nil is no limit.
    public let limit: Int?
    /// The name and number of the run, as audit rows carry it: `job:retry-enrollments#812`.
    public let stamp: String

    /// The job.
    public let job: JobName
    let runID: Int64
    let tally: Tally
    private let database: Database
    private let lease: HeldLease?
    private let checkpoint: Checkpoint
    private let start: Duration
    private let timeLimit: Duration
    private let announce: @Sendable (String) -> Void

    init(
        job: JobName, runID: Int64, database: Database, lease: HeldLease?, log: Log, time: TimeSource, limit: Int?,
        timeLimit: Duration, patience: Int, checkpoint: @escaping Checkpoint,
        announce: @escaping @Sendable (String) -> Void
    ) {
        self.job = job
        self.runID = runID
        self.database = database
        self.lease = lease
        self.log = log
        self.time = time
        isDryRun = lease == nil
        self.limit = limit
        self.timeLimit = timeLimit
        start = time.steady()
        self.checkpoint = checkpoint
        self.announce = announce
        tally = Tally(patience: patience)
        stamp = "job:\(job)#\(runID)"
    }

    /// What a request to the gateway works with: no run of a job, so that there is no lease to lose and no ledger.
    ///
    /// - Parameter route: what audit rows name as the cause: `gateway:certificate`.
    public init(request route: String, in database: Database, log: Log, time: TimeSource) {
        job = "gateway"
        runID = 0
        stamp = "gateway:\(route)"
        self.database = database
        self.log = log
        self.time = time
        lease = nil
        isDryRun = false
        limit = nil
        start = time.steady()
        tally = Tally()
        timeLimit = .seconds(60)
        checkpoint = { _ in }
        announce = { _ in }
    }

    /// A part of the run that counts, fails and is halted by itself: an outage of one service, or a credential that one refuses,
    /// is no reason not to do what concerns another. What it counted is the run's after ``conclude(_:)``.
    public init(partOf whole: JobContext) {
        log = whole.log
        time = whole.time
        isDryRun = whole.isDryRun
        limit = whole.limit
        stamp = whole.stamp
        job = whole.job
        runID = whole.runID
        database = whole.database
        lease = whole.lease
        checkpoint = whole.checkpoint
        start = whole.start
        timeLimit = whole.timeLimit
        announce = whole.announce
        tally = Tally(patience: whole.tally.patience)
    }

    /// Adds to a counter of the run.
    public func count(_ counter: Counter, by number: Int = 1) {
        tally.count(counter, by: number)
    }

    /// How much was counted so far.
    public func value(of counter: Counter) -> Int {
        tally.value(of: counter)
    }

    /// Tells what a dry run would do; without a dry run nothing.
    public func rehearse(_ summary: String) {
        if isDryRun { announce(summary) }
    }

    /// Whether something new may be begun: no signal asks to stop, nothing halted the run, the lease is held, and there is
    /// time. What is left undone for one of the last two does not count as done.
    public func mayBegin() -> Bool {
        guard !Task.isCancelled, !tally.isHalted else { return false }
        if let lease, !lease.isHeld(time) { tally.halt(LeaseLost()) }
        if time.steady() >= start + timeLimit {
            tally.halt(
                Failure(
                    .temporary,
                    "the time limit of \(timeLimit.components.seconds) s was over before the work was done; the next run"
                        + " goes on"))
        }
        return !tally.isHalted
    }

    /// The transport, which sends nothing more once the lease may be another's: a call that waited for its turn or was to be
    /// repeated would come too late.
    public func guarded(_ base: any Transport) -> some Transport {
        GuardedTransport(base: base) { [self] in lease?.isHeld(time) ?? true }
    }

    /// - Throws: ``LeaseLost`` when the lease may be another's by now: a call would come too late.
    func checkLease() throws {
        if let lease, !lease.isHeld(time) { throw LeaseLost() }
    }

    /// Comes by a point at which a debug build can be made to end.
    public func pass(_ point: FaultPoint) throws {
        try checkpoint(point)
    }

    public func read<T: Sendable>(_ body: @Sendable (inout Session) throws -> T) async throws -> T {
        try await database.read(body)
    }

    @discardableResult public func write<T: Sendable>(
        _ body: @Sendable (inout Session) throws -> T
    ) async throws -> T {
        if isDryRun { return try await rehearsal(body) }
        let result = try await database.write { session in
            try lease?.lease.confirm(in: &session)
            let result = try body(&session)
            try pass(EnginePoints.writing)
            return result
        }
        try pass(EnginePoints.written)
        return result
    }

    /// Runs the transaction and undoes it.
    private func rehearsal<T: Sendable>(_ body: @Sendable (inout Session) throws -> T) async throws -> T {
        do {
            return try await database.write { session in throw Undone(result: try body(&session)) }
        } catch let undone as Undone<T> {
            return undone.result
        }
    }

    private struct Undone<T: Sendable>: Error {
        let result: T
    }
}
