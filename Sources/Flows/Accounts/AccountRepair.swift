import Bytes
import Command
import Records
import Services
import Store
import Worker

/// Sees to it that a learner has an account at Open edX (`spec/openedx.md` §5.2 to §5.4).
///
/// Running it again is harmless: it asks what exists before it makes anything, and knows what an interrupted run has
/// made.
public struct AccountRepair: Sendable {
    let database: any Transactions
    let client: OpenEdXClient
    let locks: any Locks
    let tokens: LearnerTokens
    let time: TimeSource
    let random: RandomNumbers
    let log: Log

    /// The accounts of the learners in `database`.
    public init(
        database: any Transactions, client: OpenEdXClient, locks: any Locks, tokens: LearnerTokens, time: TimeSource,
        random: RandomNumbers = .system, log: Log
    ) {
        self.database = database
        self.client = client
        self.locks = locks
        self.tokens = tokens
        self.time = time
        self.random = random
        self.log = log
    }

    /// Creates the account when there is none.
    ///
    /// `FEATURE_IGNORE_EDX_FAILURES` has no say here: whoever may go on without an account decides by the outcome or
    /// the error.
    ///
    /// - Parameters:
    ///   - desired: the name wished for at sign-up; it counts while none is on record.
    ///   - holdsLock: whether the caller already holds the lock ``UserLock/name(of:)``.
    /// - Throws: `ServiceError`: temporary when it is unknown whether the account exists or what became of the
    ///   registration, systemic when MITx Online has no OAuth application for Open edX or a credential is wrong;
    ///   `LockBusy`; `StoreError`. No error is on record for the learner then.
    public func repair(
        _ user: Int, desired: String? = nil, holdsLock: Bool = false
    ) async throws -> AccountOutcome {
        let entry = try await database.read { session in try session.openEdXAccount(of: user) }
        if let entry, entry.isSynced, let username = entry.username, try await existsAtOpenEdX(user) {
            return .present(username: username)
        }
        guard !holdsLock else { return try await register(user, entry: entry, desired: desired) }
        return try await locks.holding(UserLock.name(of: user), wait: UserLock.wait) {
            try await register(user, entry: entry, desired: desired)
        }
    }

    private func existsAtOpenEdX(_ user: Int) async throws -> Bool {
        guard let token = try await tokens.currentToken(for: user) else { return false }
        return try await client.accountExists(userToken: token)
    }

    /// The part that one process at a time does. `entry` is the row as it was before the lock.
    private func register(
        _ user: Int, entry: LearnerAccount?, desired: String?
    ) async throws -> AccountOutcome {
        let (learner, account, application) = try await database.read { session in
            (
                try session.learner(user), try session.openEdXAccount(of: user),
                try session.oauthApplication(named: client.settings.oauthAppName)
            )
        }
        guard let learner else { return .refused(.noLearner) }
        // A row that was synced all along is that of an account which has vanished from Open edX.
        if let account, account.isSynced, let username = account.username, account != entry {
            return .present(username: username)
        }
        guard let application else {
            throw ServiceError(
                "MITx Online", "registration", .systemic, mayHaveHappened: false,
                detail: "there is no OAuth application with the name that OPENEDX_OAUTH_APP_NAME gives")
        }
        var registration = AccountRegistration(
            learner: learner, account: account, desired: desired, application: application, repair: self)
        return try await registration.run()
    }
}
