import Bytes
import Command
import Store

/// A run of a job in the ledger.
public struct RunRecord: Hashable, Sendable {
    /// Its number.
    public let id: Int64
    /// The process that ran it: host and process id.
    public let owner: String
    /// When it began.
    public let startedAt: Timestamp
    /// When it ended; nil while it runs, or when it was killed and none has begun since.
    public let endedAt: Timestamp?
    /// The status it ended with.
    public let status: Int?
    /// How it ended.
    public let outcome: RunOutcome?
    /// What was the matter, in one line.
    public let problem: String?

    init(_ row: borrowing Row) throws {
        id = try row["id"]
        owner = try row["owner"]
        startedAt = try row["started_at"]
        endedAt = try row["ended_at"]
        status = try row["status"]
        outcome = (try row["outcome"] as String?).flatMap(RunOutcome.init)
        problem = try row["problem"]
    }
}

/// How a run ended (`spec/openedx.md` §16.1).
public enum RunOutcome: String, Hashable, Sendable {
    /// All that was to be done was done.
    case ok
    /// Some items failed.
    case partial
    /// A signal ended it early.
    case stopped
    /// It could not go on.
    case failed
    /// It did not say how it ended.
    case killed
}
