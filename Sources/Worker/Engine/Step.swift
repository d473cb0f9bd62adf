import Bytes
import Services
import Store

/// One effect outside this program: intent, call, result.
///
/// The intent is committed before the call, the result after it. A process that dies in between leaves the intent open, and
/// the next run asks whether the call took effect before it makes it again.
public struct Step<Answer: Sendable, Result: Sendable>: Sendable {
    /// What is known of the effect without asking again.
    public enum Knowledge: Sendable {
        /// Nobody has asked.
        case unknown
        /// This run has asked, and it has not happened.
        case absent
        /// This run has asked, and it has happened: only the result is to be recorded.
        case present(Answer)
    }

    /// The key of the effect, the same in every attempt: `enrollment:812`.
    public let key: String
    /// What a dry run says would be done, without learners' data.
    public let summary: String
    /// The digest of what is sent.
    public let digest: Digest
    /// Whether the key stays taken for ever once it is done, so that nothing can do it twice: money and mails.
    public var isOnceForEver = false
    /// What is known of the effect.
    public var knowledge = Knowledge.unknown
    /// Whether the effect is still wanted, asked in the transaction that writes the intent.
    public let isWanted: @Sendable (inout Session) throws -> Bool
    /// Whether it has happened, and with what result. Called when an intent was found open and nothing else is known.
    public let ask: @Sendable () async throws -> Answer?
    /// Makes it happen.
    public let call: @Sendable () async throws -> Answer
    /// Writes the result, in the transaction that removes the intent, and says what came of it.
    public let record: @Sendable (Answer, inout Session) throws -> Result
    /// An effect; see the properties.
    public init(
        key: String, summary: String, digest: Digest,
        isWanted: @escaping @Sendable (inout Session) throws -> Bool,
        ask: @escaping @Sendable () async throws -> Answer?,
        call: @escaping @Sendable () async throws -> Answer,
        record: @escaping @Sendable (Answer, inout Session) throws -> Result
    ) {
        self.key = key
        self.summary = summary
        self.digest = digest
        self.isWanted = isWanted
        self.ask = ask
        self.call = call
        self.record = record
    }
}

/// How a step ended that did not fail.
public enum StepEnding<Result: Sendable>: Sendable {
    /// It is done and recorded.
    case done(Result)
    /// It is not wanted any more; nothing was sent.
    case unwanted
    /// It was done before, once for ever.
    case alreadyDone
    /// A dry run: it would have been done.
    case rehearsed
}
