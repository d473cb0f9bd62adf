import Command
import Records
import Services
import Store
import Worker

/// The changes of a learner's enrollments at the moment they are asked for: by an order, a request, an operator.
///
/// They need no run of a job and work within one too. Each holds the learner's lock (``UserLock``), makes no request within a
/// transaction, and can be repeated after a death at any point. What Open edX did not take is left in the rows as
/// ``EnrollmentRetry`` looks for it.
public struct EnrollmentChanges: Sendable {
    let accounts: AccountRepair
    /// What audit rows name as the cause: `gateway:enrollments`, `job:send-outbox#812`.
    let stamp: String

    var database: any Transactions { accounts.database }
    var client: OpenEdXClient { accounts.client }
    var time: TimeSource { accounts.time }
    var log: Log { accounts.log }

    /// The changes in the database and at the Open edX of `accounts`, in the name of `stamp`.
    public init(with accounts: AccountRepair, stamp: String) {
        self.accounts = accounts
        self.stamp = stamp
    }

    /// Whether what Open edX does not take is kept here nevertheless, when the caller does not say.
    var keepsFailedByDefault: Bool { client.settings.ignoreFailures }

    /// Runs `body` while nobody else changes anything of the learner.
    func alone<T: Sendable>(with user: Int, _ body: @Sendable () async throws -> T) async throws -> T {
        try await accounts.locks.holding(UserLock.name(of: user), wait: UserLock.wait, body)
    }

    // MARK: Open edX

    /// The learner's name at Open edX; an account is made when none is known. The caller holds the learner's lock.
    ///
    /// - Throws: `ServiceError`, permanent when there is no account and none can be made.
    func username(of user: Int) async throws -> String {
        let account = try await database.read { session in try session.openEdXAccount(of: user) }
        if let account, account.isSynced, let username = account.username { return username }
        return try await accounts.repair(user, holdsLock: true).requiredUsername
    }

    /// Sees to it that Open edX has the learner in the run, active and in that mode. The caller holds the learner's lock.
    ///
    /// - Throws: `ServiceError`; `StoreError`.
    func enroll(_ user: Int, in runKey: String, mode: String) async throws {
        let username = try await username(of: user)
        let current = try await client.enrollments(in: runKey, of: [username]).last
        if let current, current.isActive, current.mode == mode { return }
        _ = try await client.enroll(username, in: runKey, mode: mode) {
            try await accounts.repair(user, holdsLock: true).username
        }
    }

    /// Sees to it that Open edX does not have the learner in the run. It is asked first, since a call that a process made before
    /// it died may have ended the enrollment, and another one would make a new record (`spec/openedx.md` §3.13).
    ///
    /// - Throws: `ServiceError`; `StoreError`.
    func end(_ user: Int, in runKey: String) async throws {
        let account = try await database.read { session in try session.openEdXAccount(of: user) }
        guard let username = account?.username else { return }
        guard try await client.enrollments(in: runKey, of: [username]).last?.isActive == true else { return }
        try await client.deactivate(username, in: runKey)
    }
}

extension OpenEdXClient {
    /// Enrolls the learner. When Open edX does not know a learner who is said to have an account, `repair` looks after the
    /// account, and the call is repeated once with the name it returns (`spec/openedx.md` §6.4).
    func enroll(
        _ username: String, in run: String, mode: String, orAfter repair: () async throws -> String?
    ) async throws -> OpenEdXEnrollment {
        do {
            return try await enroll(username, in: run, mode: mode)
        } catch {
            guard error.status == 406, let name = try await repair() else { throw error }
            return try await enroll(name, in: run, mode: mode)
        }
    }
}

extension AccountOutcome {
    /// The name of the account that there is.
    ///
    /// - Throws: `ServiceError`, permanent, when there is none.
    var requiredUsername: String {
        get throws(ServiceError) {
            switch self {
            case .created(let name), .present(let name): return name
            case .refused(let refusal): throw refusal.error
            }
        }
    }
}

extension AccountOutcome.Refusal {
    /// The same as an error: nothing can be done for the learner as things are.
    var error: ServiceError {
        ServiceError("Open edX", "account", .permanent, mayHaveHappened: false, detail: description)
    }
}
