import Bytes
import Command
import Records
import Services
import Store
import Worker

/// The tokens with which this program acts as a learner at Open edX (`spec/openedx.md` §4.3, §4.4).
///
/// No transaction is open during a request. One process at a time gets a learner's tokens; the others wait and use
/// them.
public struct LearnerTokens: Sendable {
    /// What ``authorize(_:)`` found or did.
    public enum Authorization: Hashable, Sendable {
        /// There were tokens, of whatever age.
        case present
        /// The learner was signed in, and the tokens are stored.
        case stored
        /// The learner has no account at Open edX yet, so that there can be no tokens.
        case notSynced
    }

    let database: any Transactions
    let client: OpenEdXClient
    let locks: any Locks
    let time: TimeSource
    let log: Log

    /// The tokens in `database`.
    public init(
        database: any Transactions, client: OpenEdXClient, locks: any Locks, time: TimeSource, log: Log
    ) {
        self.database = database
        self.client = client
        self.locks = locks
        self.time = time
        self.log = log
    }

    /// The learner's access token, good for `life` at least: the stored one, a refreshed one, or one of a new sign-in.
    ///
    /// - Parameter life: whole seconds, less than an hour, since no token may live longer.
    /// - Returns: nil when the learner has no account at Open edX and such failures are ignored
    ///   (`FEATURE_IGNORE_EDX_FAILURES`).
    /// - Throws: `ServiceError`, `temporary` when the learner has no account yet; `LockBusy`; `StoreError`. The stored
    ///   tokens are then as they were.
    public func token(for user: Int, life: Duration = .seconds(60)) async throws -> Secret? {
        if let token = try await currentToken(for: user, life: life) { return token }
        guard client.settings.ignoreFailures else {
            throw failure(.temporary, "learner \(user) is not yet synced")
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

    /// Has the learner sign in anew and replaces the tokens; those that there are stay until then.
    ///
    /// - Throws: as ``authorize(_:)``.
    public func renew(_ user: Int) async throws -> Authorization {
        try await locks.holding(UserLock.tokens(of: user), wait: UserLock.wait) {
            if case .notSynced = try await state(of: user, life: .zero) { return .notSynced }
            _ = try await signIn(user)
            return .stored
        }
    }

    /// Has the learner sign in at Open edX, which takes the e-mail address over from MITx Online then (`spec/openedx.md`
    /// §5.7); nothing is stored. False when there is no account.
    ///
    /// - Throws: as ``authorize(_:)``.
    public func refreshLogin(of user: Int) async throws -> Bool {
        if case .notSynced = try await state(of: user, life: .zero) { return false }
        _ = try await authorizationCode(of: user)
        return true
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
        guard let expiry = tokens.expiresOn, expiry > time.now().adding(seconds: life.components.seconds) else {
            return .expired(refreshToken: tokens.refreshToken)
        }
        return .good(tokens.accessToken)
    }

    private func refresh(_ refreshToken: Secret, of user: Int) async throws -> Secret {
        let start = time.now()
        switch try await client.refresh(refreshToken) {
        case .renewed(let tokens): return try await store(tokens, of: user, since: start)
        case .dead:
            // The old pair stays until the new one is there: a failure here leaves everything as it was.
            log.info("open_edx_refresh_token_dead", ["user": .int(user)])
            return try await signIn(user)
        }
    }

    /// Buys tokens with the code of a new login.
    private func signIn(_ user: Int) async throws -> Secret {
        let code = try await authorizationCode(of: user)
        let start = time.now()
        return try await store(try await client.exchange(code: code), of: user, since: start)
    }

    /// Logs the learner in at Open edX by way of MITx Online, and returns the code that comes of it.
    private func authorizationCode(of user: Int) async throws -> Secret {
        guard let learner = try await database.read({ session in try session.learner(user) }) else {
            throw failure(.permanent, "there is no learner \(user)")
        }
        guard let secretKey = client.settings.secretKey else { throw failure(.systemic, "SECRET_KEY is not set") }
        let session = SessionCookie(secretKey: secretKey).value(for: learner, at: time.now())
        return try await client.authorizationCode(session: session)
    }

    private func store(_ tokens: UserTokens, of user: Int, since start: Timestamp) async throws -> Secret {
        for token in [tokens.access, tokens.refresh]
        where token.revealed.unicodeScalars.count > OpenEdXTokens.maximumLength {
            throw failure(
                .systemic, "a token is longer than the \(OpenEdXTokens.maximumLength) characters that are kept",
                mayHaveHappened: true)
        }
        let now = time.now()
        let row = OpenEdXTokens(
            refreshToken: tokens.refresh, accessToken: tokens.access, expiresOn: tokens.expiry(receivedAt: start))
        try await database.write { session in try session.storeOpenEdXTokens(row, of: user, at: now) }
        return tokens.access
    }

    private func failure(
        _ disposition: Disposition, _ detail: String, mayHaveHappened: Bool = false
    ) -> ServiceError {
        ServiceError("Open edX", "user token", disposition, mayHaveHappened: mayHaveHappened, detail: detail)
    }
}
