import Bytes
import Command
import Records
import Services
import Store
import Worker

/// The tokens with which this program acts as a learner at Open edX (`spec/openedx.md` §4.3, §4.4).
///
/// No transaction is open during a request. One process at a time gets a learner's tokens; the others wait and use them.
public struct LearnerTokens: Sendable {
    /// What the tokens depend on beside the database.
    public struct Settings: Sendable {
        /// The key that MITx Online signs its sessions with (`SECRET_KEY`).
        public let secretKey: Secret
        /// Whether what needs a token is left out for learners who have no account yet (`FEATURE_IGNORE_EDX_FAILURES`).
        public let ignoresFailures: Bool

        /// The settings.
        public init(secretKey: Secret, ignoresFailures: Bool) {
            self.secretKey = secretKey
            self.ignoresFailures = ignoresFailures
        }
    }

    /// What ``authorize(_:)`` found or did.
    public enum Authorization: Hashable, Sendable {
        /// There were tokens, of whatever age.
        case present
        /// The learner was signed in, and the tokens are stored.
        case stored
        /// The learner has no account at Open edX yet, so that there can be no tokens.
        case notSynced
    }

    /// Taken off the life of an access token, for the time that its answer took.
    private static let margin = Duration.seconds(10)

    let database: any Transactions
    let client: any AccountService
    let locks: any Locks
    let settings: Settings
    let time: TimeSource
    let log: Log

    /// The tokens in `database`.
    public init(
        database: any Transactions, client: any AccountService, locks: any Locks, settings: Settings, time: TimeSource,
        log: Log
    ) {
        self.database = database
        self.client = client
        self.locks = locks
        self.settings = settings
        self.time = time
        self.log = log
    }

    /// The learner's access token, good for `life` at least: the stored one, a refreshed one, or one of a new sign-in.
    ///
    /// - Parameter life: less than an hour, since no token may live longer.
    /// - Returns: nil when the learner has no account at Open edX and such failures are ignored.
    /// - Throws: `ServiceError`, `temporary` when the learner has no account yet; `LockBusy`; `StoreError`. The stored
    ///   tokens are then as they were.
    public func token(for user: Int, life: Duration = .seconds(60)) async throws -> Secret? {
        if let token = try await currentToken(for: user, life: life) { return token }
        guard settings.ignoresFailures else {
            throw ServiceError(
                "Open edX", "user token", .temporary, mayHaveHappened: false,
                detail: "learner \(user) is not yet synced")
        }
        log.warning("open_edx_account_not_synced", ["user": .int(user)])
        return nil
    }

    /// Sees to it that the learner has tokens; those that are there are not looked at more closely.
    ///
    /// - Throws: as ``token(for:life:)``, except that a missing account is a result.
    public func authorize(_ user: Int) async throws -> Authorization {
        switch try await state(of: user, life: .zero) {
        case .good, .expired: return .present
        case .notSynced: return .notSynced
        case .missing: break
        }
        return try await locks.holding(UserLock.tokens(of: user), wait: UserLock.wait) {
            switch try await state(of: user, life: .zero) {
            case .good, .expired: return .present
            case .notSynced: return .notSynced
            case .missing:
                _ = try await signIn(user)
                return .stored
            }
        }
    }

    /// As ``token(for:life:)``, but nil for every learner without an account.
    func currentToken(for user: Int, life: Duration = .seconds(60)) async throws -> Secret? {
        switch try await state(of: user, life: life) {
        case .good(let token): return token
        case .notSynced: return nil
        case .missing, .expired: break
        }
        return try await locks.holding(UserLock.tokens(of: user), wait: UserLock.wait) {
            // Somebody else may have been quicker.
            switch try await state(of: user, life: life) {
            case .good(let token): return token
            case .notSynced: return nil
            case .missing: return try await signIn(user)
            case .expired(let refreshToken): return try await refresh(refreshToken, of: user)
            }
        }
    }

    private enum State {
        case notSynced
        case missing
        case expired(refreshToken: Secret)
        case good(Secret)
    }

    private func state(of user: Int, life: Duration) async throws -> State {
        let (account, tokens) = try await database.read { session in
            (try session.openEdXAccount(of: user), try session.openEdXTokens(of: user))
        }
        guard let account, account.isSynced, account.username != nil else { return .notSynced }
        guard let tokens, tokens.isComplete else { return .missing }
        // Without a known end it may be over.
        guard let expiry = tokens.expiresOn, expiry > time.now().adding(life) else {
            return .expired(refreshToken: tokens.refreshToken)
        }
        return .good(tokens.accessToken)
    }

    private func refresh(_ refreshToken: Secret, of user: Int) async throws -> Secret {
        let start = time.now()
        guard let pair = try await client.tokens(refreshToken: refreshToken) else {
            // The old pair stays until the new one is there: a failure here leaves everything as it was.
            log.info("open_edx_refresh_token_dead", ["user": .int(user)])
            return try await signIn(user)
        }
        return try await store(pair, of: user, since: start)
    }

    /// Logs the learner in at Open edX by way of MITx Online, and buys tokens with the code that comes of it.
    private func signIn(_ user: Int) async throws -> Secret {
        guard let learner = try await database.read({ session in try session.learner(user) }) else {
            throw ServiceError(
                "Open edX", "user token", .permanent, mayHaveHappened: false, detail: "there is no learner \(user)")
        }
        let cookie = SessionCookie(secretKey: settings.secretKey).value(for: learner, at: time.now())
        let code = try await client.authorizationCode(session: cookie)
        let start = time.now()
        return try await store(try await client.tokens(code: code), of: user, since: start)
    }

    private func store(_ pair: TokenPair, of user: Int, since start: Timestamp) async throws -> Secret {
        for token in [pair.accessToken, pair.refreshToken]
        where token.revealed.unicodeScalars.count > OpenEdXTokens.maximumLength {
            throw ServiceError(
                "Open edX", "user token", .systemic, mayHaveHappened: true,
                detail: "a token is longer than the \(OpenEdXTokens.maximumLength) characters that MITx Online keeps")
        }
        let tokens = OpenEdXTokens(
            refreshToken: pair.refreshToken, accessToken: pair.accessToken,
            expiresOn: start.adding(pair.lifetime - LearnerTokens.margin))
        let now = time.now()
        try await database.write { session in try session.storeOpenEdXTokens(tokens, of: user, at: now) }
        return tokens.accessToken
    }
}

extension Timestamp {
    /// The instant `duration` later; negative is earlier.
    func adding(_ duration: Duration) -> Timestamp {
        let (seconds, attoseconds) = duration.components
        return Timestamp(microseconds: microseconds + seconds * 1_000_000 + attoseconds / 1_000_000_000_000)
    }
}
