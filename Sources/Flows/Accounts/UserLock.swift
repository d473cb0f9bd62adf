import Worker

/// The names of the locks that are held while something of one learner is changed.
///
/// They are named after the key of `users_user`, since not every learner has a global id.
public enum UserLock {
    /// How long another holder is waited for (`spec/openedx.md` §1).
    public static let wait = Duration.seconds(5)

    /// The learner's account, enrollments and orders.
    public static func name(of user: Int) -> String { "user:\(user)" }

    /// The learner's tokens for Open edX: another lock, since whoever holds the first may need a token.
    static func tokens(of user: Int) -> String { "user-tokens:\(user)" }

    /// What Open edX is told of the learner.
    static func profile(of user: Int) -> String { "user-profile:\(user)" }
}
