/// How a learner stands at Open edX after ``AccountRepair``.
public enum AccountOutcome: Hashable, Sendable {
    /// The account was registered under this name.
    case created(username: String)
    /// The account exists under this name, which may have been found out only now.
    case present(username: String)
    /// There is no account, and there will be none as things are: a permanent failure.
    case refused(Refusal)

    /// Why there is no account.
    public enum Refusal: Hashable, Sendable {
        /// Open edX answered this attempt's registration with 400 or 409; `reason` is the known word for it.
        case registration(reason: String)
        /// No name could be found that no other learner has.
        case noUsername
        /// There is no such learner.
        case noLearner
    }

    /// The name at Open edX, read after everything that may have changed it; nil when there is no account.
    public var username: String? {
        switch self {
        case .created(let name), .present(let name): name
        case .refused: nil
        }
    }
}

extension AccountOutcome: CustomStringConvertible, CustomReflectable {
    /// What happened, without the name.
    public var description: String {
        switch self {
        case .created: "the account was created"
        case .present: "the account exists"
        case .refused(let refusal): refusal.description
        }
    }

    /// A mirror without children, since usernames tell who somebody is.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

extension AccountOutcome.Refusal: CustomStringConvertible {
    /// Why, in a few words: `registration refused: duplicate-email`.
    public var description: String {
        switch self {
        case .registration(let reason): "registration refused: \(reason)"
        case .noUsername: "no username is free"
        case .noLearner: "there is no such learner"
        }
    }
}
