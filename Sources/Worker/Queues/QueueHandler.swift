import Bytes

/// How the entries of one kind are done.
public struct QueueHandler: Sendable {
    /// The kind.
    public let kind: String
    /// How many entries are claimed at once.
    public var claimLimit = 50
    /// How long an entry that failed for the moment waits. A pause that the service asks for is kept when it is longer.
    public var backoff = Backoff(first: .seconds(60), limit: .seconds(3600))
    /// How old an entry may become that fails for the moment; it is parked then, with an alarm. Nil is any age.
    public var horizon: Duration?
    /// Does the work of one entry. It may be asked for the same again, when a process died before it had noted that it is done.
    /// What must not be done twice calls ``Queue/finish(_:at:in:)`` in the transaction that records its result
    /// (``Step/record``).
    ///
    /// - Throws: what keeps it from being done: ``QueueRejection`` and a permanent `ServiceError` that rejects the payload park it
    ///   at once, other permanent ones at the fifth time, and anything else puts it back (`mechanics.md`).
    public let handle: @Sendable (Queue.Entry, JobContext) async throws -> Void

    /// A way to do the entries of `kind`.
    public init(_ kind: String, _ handle: @escaping @Sendable (Queue.Entry, JobContext) async throws -> Void) {
        self.kind = kind
        self.handle = handle
    }
}

/// An entry that nobody can do as it is: a payload that cannot be read, say. It is parked at once.
public struct QueueRejection: Error, Hashable, Sendable {
    /// What is wrong with it, without learners' data.
    public let problem: String

    /// An entry that is to be parked.
    public init(_ problem: String) {
        self.problem = problem
    }
}

/// An entry that is to be tried again after a wait of its own, whatever the handler's back-off is.
public struct QueueDelay: Error, Hashable, Sendable {
    /// How long it is to wait.
    public let wait: Duration
    /// What is in the way, without learners' data.
    public let problem: String

    /// An entry that waits.
    public init(_ wait: Duration, _ problem: String) {
        self.wait = wait
        self.problem = problem
    }
}
