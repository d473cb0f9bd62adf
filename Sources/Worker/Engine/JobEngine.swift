import Bytes
import Command
import HTTP
import Services
import Store

/// Runs jobs: takes the lease, keeps the ledger, sees that a run ends.
public struct JobEngine: Sendable {
    /// The database with MITx Online's tables and our own.
    public let database: Database
    /// This process, in the words of the ledger: host and process id.
    public let owner: String
    /// How long a run may be silent before another start may take over.
    public let leaseLife: Duration
    private let log: Log
    private let time: TimeSource
    private let checkpoint: Checkpoint
    private let announce: @Sendable (String) -> Void

    /// An engine; `announce` is told what a dry run would do.
    public init(
        database: Database, owner: String, leaseLife: Duration = .seconds(120), log: Log, time: TimeSource,
        checkpoint: @escaping Checkpoint = { _ in }, announce: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.database = database
        self.owner = owner
        self.leaseLife = leaseLife
        self.log = log
        self.time = time
        self.checkpoint = checkpoint
        self.announce = announce
    }

    /// Runs the job once. A run that finds another at work does nothing, and says so.
    ///
    /// - Parameters:
    ///   - limit: how many items to work on at most; nil is no limit.
    ///   - isByHand: whether an operator started it on a part of the work: then it does not count as the timer's, and finding
    ///     another at work is a failure.
    /// - Throws: ``Failure`` when the run could not do its work; the ledger has it too.
    @discardableResult public func run<J: Job>(
        _ job: J, limit: Int? = nil, isDryRun: Bool = false, isByHand: Bool = false
    ) async throws -> Outcome {
        let log = log.with(["job": .string(J.name.text)])
        if isDryRun { return try await rehearse(job, limit, log) }
        guard let start = try await begin(J.self, isByHand: isByHand || limit != nil) else {
            return try await alreadyRunning(J.self, log, isByHand)
        }
        let context = context(of: J.self, run: start.run, lease: start.lease, log, limit)
        return try await finish(job, context, start)
    }

    private func alreadyRunning<J: Job>(_: J.Type, _ log: Log, _ isByHand: Bool) async throws -> Outcome {
        let now = time.now()
        let holder = try await database.read { session in try Lease.holder("job:\(J.name)", at: now, in: &session) }
        if isByHand {
            throw Failure(
                .temporary, "\(J.name) is at work (\(holder?.owner ?? "it has just ended")): try again when it is done")
        }
        var fields: LogFields = [:]
        if let holder { fields = ["owner": .string(holder.owner), "lease_until": .timestamp(holder.until)] }
        log.info("already_running", fields)
        return Outcome(summary: ["outcome": "already_running"], didWork: false)
    }

    private func rehearse<J: Job>(_ job: J, _ limit: Int?, _ log: Log) async throws -> Outcome {
        try await Migration.check(database)
        let context = context(of: J.self, run: 0, lease: nil, log, limit)
        return outcome(of: try await ending(of: job, context), J.self, context, countsAsRun: false)
    }

    private struct Start: Sendable {
        let run: Int64
        let lease: HeldLease
        let isByHand: Bool
    }

    private func begin<J: Job>(_: J.Type, isByHand: Bool) async throws -> Start? {
        let steady = time.steady()
        let now = time.now()
        let start: (run: Int64, lease: Lease)?
        do {
            start = try await database.write { session in
                try Migration.check(try Migration.version(in: &session))
                let name = "job:\(J.name)"
                guard let lease = try Lease.take(name, owner: owner, for: leaseLife, at: now, in: &session) else {
                    return nil
                }
                return (
                    run: try Ledger.begin(
                        J.name, owner: owner, isByHand: isByHand, at: now, in: &session), lease: lease
                )
            }
        } catch let error as StoreError where error.code == .missingTable {
            try Migration.check(0)
            throw error
        }
        guard let start else { return nil }
        try checkpoint(EnginePoints.began)
        return Start(
            run: start.run, lease: HeldLease(start.lease, life: leaseLife, takenAt: steady), isByHand: isByHand)
    }

    private func context<J: Job>(
        of _: J.Type, run: Int64, lease: HeldLease?, _ log: Log, _ limit: Int?
    ) -> JobContext {
        JobContext(
            job: J.name, runID: run, database: database, lease: lease, log: log, time: time, limit: limit,
            timeLimit: J.timeLimit, patience: J.patience, checkpoint: checkpoint, announce: announce)
    }

    /// How a run ended that did not fail.
    private struct Ending {
        let outcome: RunOutcome
        var status: ExitStatus { outcome == .partial ? .partly : .done }
    }

    private func finish<J: Job>(_ job: J, _ context: JobContext, _ start: Start) async throws -> Outcome {
        let ending: Ending
        do {
            ending = try await start.lease.lasting(in: database, time) { try await self.ending(of: job, context) }
        } catch is LeaseLost {
            throw await silence(J.self, context, start)
        } catch {
            let failure = JobEngine.explanation(of: error)
            // What ended the run is what to tell, also when the ledger cannot be told.
            try? await end(J.self, context, start, .failed, failure.status, failure.message)
            throw failure
        }
        try checkpoint(EnginePoints.ending)
        do {
            let problem = context.tally.problems.first
            try await end(J.self, context, start, ending.outcome, ending.status, problem)
        } catch is LeaseLost {
            throw takenOver
        }
        try checkpoint(EnginePoints.ended)
        return outcome(of: ending, J.self, context, countsAsRun: !start.isByHand)
    }

    private var takenOver: Failure {
        Failure(
            .temporary,
            "this run was silent for more than \(leaseLife.components.seconds) s, and another has taken over; what it"
                + " had in hand was left to that one")
    }

    /// What to tell of a run that may have lost its lease. As long as nobody has taken over, the ledger is told too, and the
    /// lease is free for the next run.
    private func silence<J: Job>(_: J.Type, _ context: JobContext, _ start: Start) async -> Failure {
        let failure = Failure(
            .temporary,
            "this run was silent for more than \(leaseLife.components.seconds) s, so that another might have taken over;"
                + " it begins nothing more, and the next run goes on")
        do {
            try await end(J.self, context, start, .failed, failure.status, failure.message)
            return failure
        } catch {
            return error is LeaseLost ? takenOver : failure
        }
    }

    /// Runs the job, and says how it ended.
    private func ending<J: Job>(of job: J, _ context: JobContext) async throws -> Ending {
        do {
            try await job.run(context)
        } catch let error where Task.isCancelled && JobEngine.isStop(error) {
            return Ending(outcome: .stopped)
        }
        if Task.isCancelled, !context.tally.isHalted { return Ending(outcome: .stopped) }
        let (failed, held) = try context.tally.conclusion()
        for failure in held { context.logHeld(failure) }
        context.tellAlarms()
        return Ending(outcome: failed > 0 ? .partial : .ok)
    }

    private static func isStop(_ error: any Error) -> Bool {
        error is CancellationError || (error as? ServiceError)?.disposition == .stopped
    }

    private func end<J: Job>(
        _: J.Type, _ context: JobContext, _ start: Start, _ outcome: RunOutcome, _ status: ExitStatus,
        _ problem: String?
    ) async throws {
        let tally = context.tally
        let counters = JSONValue.object(
            J.counters.map { JSONValue.Member(key: "\($0.name)", value: .number(String(tally.value(of: $0)))) })
        let problems = JSONValue.array(tally.problems.map(JSONValue.string))
        let now = time.now()
        try await database.write { session in
            try start.lease.lease.confirm(in: &session)
            try Ledger.end(
                start.run, of: J.name, outcome, status, counters: counters, problem: problem,
                problems: problems, at: now, in: &session)
            try start.lease.lease.release(in: &session)
            try checkpoint(EnginePoints.writing)
        }
    }

    private func outcome<J: Job>(
        of ending: Ending, _: J.Type, _ context: JobContext, countsAsRun: Bool
    ) -> Outcome {
        var summary: LogFields = ["job": .string(J.name.text), "outcome": .string(ending.outcome.rawValue)]
        for counter in J.counters { summary.append(counter.name, .int(context.tally.value(of: counter))) }
        return Outcome(ending.status, summary: summary, didWork: countsAsRun && ending.outcome != .stopped)
    }

    private static func explanation(of error: any Error) -> Failure {
        switch error {
        case let failure as Failure: failure
        case let error as ServiceError: error.failure
        case let error as StoreError: error.failure
        case is CancellationError: Failure(.temporary, "stopped before the work was done")
        default: Failure(.bug, "unexpected error \(String(reflecting: type(of: error))); please report it")
        }
    }
}
