import Bytes
import Command

/// The tokens of a learner, fresh from the LMS (`spec/openedx.md` §3.1).
public struct UserTokens: Hashable, Sendable {
    /// The access token.
    public let access: Secret
    /// The refresh token that belongs to it.
    public let refresh: Secret
    /// How long the access token is valid, in seconds.
    public let expiresIn: Int

    /// Tokens as they were answered.
    public init(access: Secret, refresh: Secret, expiresIn: Int) {
        self.access = access
        self.refresh = refresh
        self.expiresIn = expiresIn
    }

    /// The expiry to store for tokens that came at `now`: 10 s before they expire at the LMS.
    public func expiry(receivedAt now: Timestamp) -> Timestamp {
        now.adding(seconds: Int64(expiresIn) - 10)
    }
}

/// What became of a refresh.
public enum TokenRefresh: Hashable, Sendable {
    /// There are new tokens; the old refresh token is used up.
    case renewed(UserTokens)
    /// The refresh token is dead (`invalid_grant`): the learner has to authorize again (`spec/openedx.md` §4.4).
    case dead
}
