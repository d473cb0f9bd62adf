/// A call to an outside system that did not succeed, and what that means for the work. The description is safe to log.
public struct ServiceError: Error, Sendable, CustomStringConvertible {
    /// The service in the words of a message: `Open edX`.
    public let service: StaticString
    /// The call: `enroll`.
    public let call: StaticString
    /// What to do about it.
    public let disposition: Disposition
    /// Whether the other side may have done what it was asked to do.
    public let mayHaveHappened: Bool
    /// The status of the answer; nil when there was none.
    public let status: Int?
    /// What was answered or what happened, without secrets and learners' data: `409 duplicate-username`.
    public let detail: String

    /// A call that did not succeed.
    public init(
        _ service: StaticString, _ call: StaticString, _ disposition: Disposition, mayHaveHappened: Bool,
        status: Int? = nil, detail: String
    ) {
        self.service = service
        self.call = call
        self.disposition = disposition
        self.mayHaveHappened = mayHaveHappened
        self.status = status
        self.detail = detail
    }

    /// One sentence without a full stop.
    public var description: String { "\(service), \(call): \(detail)" }

    /// The same with something more to its detail.
    func adding(_ text: String) -> ServiceError {
        ServiceError(
            service, call, disposition, mayHaveHappened: mayHaveHappened, status: status, detail: detail + text)
    }
}

/// What an answer, or its absence, means for the work. Each service has one table from answers to these.
public enum Disposition: Hashable, Sendable {
    /// This item failed and will fail again as it is: counted, and parked after the fifth time.
    case permanent
    /// It may go better later; never counted.
    case temporary
    /// The service as a whole does not answer, or asks for a pause: temporary, and a sign not to go on for long.
    case unavailable(retryAfter: Duration?)
    /// The credential or the configuration is wrong: the run stops, nothing is counted.
    case systemic
    /// The program is stopping: nothing is known or counted.
    case stopped
}
