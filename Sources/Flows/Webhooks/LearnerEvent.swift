import Bytes

/// Something that Open edX told of a learner in a run, whose sender and contents were looked at (`spec/openedx.md` §12).
public struct LearnerEvent: Hashable, Sendable {
    /// What it tells.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// The learner teaches the run, and is to see it like those who take it (§12.2).
        case enrollment
        /// The learner passes now (§12.3).
        case certificate
    }

    /// What it tells.
    public let kind: Kind
    /// The key of `users_user`.
    public let user: Int
    /// The key of `courses_courserun`.
    public let run: Int
    /// When it came in.
    public let receivedAt: Timestamp

    /// An event.
    public init(_ kind: Kind, user: Int, run: Int, receivedAt: Timestamp) {
        self.kind = kind
        self.user = user
        self.run = run
        self.receivedAt = receivedAt
    }
}
