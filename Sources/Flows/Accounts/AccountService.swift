import Bytes
import Command
import Records
import Services

/// The calls at Open edX that accounts and tokens need.
public protocol AccountService: Sendable {
    /// Registers the learner under `username`. `token` lets Open edX ask MITx Online who it is.
    func register(
        _ learner: Learner, username: String, token: Secret
    ) async throws(ServiceError) -> RegistrationAnswer

    /// Frees the e-mail address of an account that another platform made; false when there is none to free.
    func freeLTIAccount(email: String) async throws(ServiceError) -> Bool

    /// The accounts with that e-mail address.
    func accounts(email: String) async throws(ServiceError) -> [LMSAccount]

    /// Whether the account exists that `token` belongs to.
    func ownAccountExists(token: Secret) async throws(ServiceError) -> Bool

    /// The code that the learner gives this program, as whom `session` (the value of MITx Online's cookie) acts.
    func authorizationCode(session: Secret) async throws(ServiceError) -> Secret

    /// The tokens that the code buys.
    func tokens(code: Secret) async throws(ServiceError) -> TokenPair

    /// The tokens that the refresh token buys; nil when Open edX takes it no more.
    func tokens(refreshToken: Secret) async throws(ServiceError) -> TokenPair?
}

/// What Open edX answers to a registration.
public enum RegistrationAnswer: Sendable {
    case created
    /// 400 or 409.
    case refused(status: Int, code: String?, suggestions: [String], body: JSONValue)
}

/// An account at Open edX.
public struct LMSAccount: Sendable {
    /// The name.
    public let username: String
    /// The e-mail address.
    public let email: String
}

/// New tokens.
public struct TokenPair: Sendable {
    /// Lets the learner in.
    public let accessToken: Secret
    /// Buys a new pair.
    public let refreshToken: Secret
    /// How long the access token is good.
    public let lifetime: Duration
}
