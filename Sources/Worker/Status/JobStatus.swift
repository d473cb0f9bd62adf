import Bytes
import Store

/// How a job is doing.
public struct JobStatus: Sendable {
    /// Its name.
    public let name: JobName
    /// Its last run, that at work included; nil when it never ran here.
    public let last: RunRecord?
    /// When the last run that did its work ended.
    public let successAt: Timestamp?
    /// Whether a run is at work.
    public let isRunning: Bool
    /// Whether the last good run, or without one the first run, is older than the schedule allows. A job that never ran here is not overdue: perhaps it is
    /// not wanted.
    public let isOverdue: Bool
    /// What waits; nil when the job has no such thing.
    public let backlog: Backlog?
    /// How many items were given up.
    public let deadLetters: Int
    /// Calls whose outcome is not known.
    public let openIntents: Backlog

    /// How the job is doing at `now`, when its timer fires as `schedule` says.
    ///
    /// - Throws: ``StoreError``.
    public init<J: Job>(
        of _: J.Type, schedule: Schedule = J.schedule, at now: Timestamp, in session: inout Session
    ) throws {
        name = J.name
        let firstAt: Timestamp?
        (last, successAt, firstAt) = try Ledger.last(J.name, in: &session)
        isRunning = try Lease.holder("job:\(J.name)", at: now, in: &session) != nil
        backlog = try J.backlog(at: now, in: &session)
        deadLetters = try J.deadLetters(in: &session).count
        openIntents = try Intents(job: J.name).backlog(in: &session)
        let since = successAt ?? firstAt
        isOverdue = since.map { now - $0 > schedule.patience(for: J.timeLimit) } ?? false
    }
}
