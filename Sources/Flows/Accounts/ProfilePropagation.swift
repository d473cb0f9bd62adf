import Command
import Records
import Services
import Store
import Worker

/// Tells Open edX what is on record for a learner (`spec/openedx.md` §5.7).
///
/// Each call replaces what Open edX has, so that repeating one is harmless; one process at a time tells of one learner, so
/// that nothing older arrives later.
public struct ProfilePropagation: Sendable {
    /// How it went with one learner.
    public enum Outcome: Hashable, Sendable {
        /// Open edX has it.
        case told
        /// There is nobody to tell of: no account at Open edX, or no learner any more.
        case nobody
    }

    private let database: any Transactions
    private let client: OpenEdXClient
    private let locks: any Locks
    private let tokens: LearnerTokens
    private let log: Log

    /// Open edX, and the learners in `database`.
    public init(
        database: any Transactions, client: OpenEdXClient, locks: any Locks, tokens: LearnerTokens, log: Log
    ) {
        self.database = database
        self.client = client
        self.locks = locks
        self.tokens = tokens
        self.log = log
    }

    /// Does what an entry of the outbox of the kind ``ProfileNotice/kind`` asks for.
    ///
    /// - Throws: `ServiceError`, permanent when Open edX does not accept the profile; `QueueRejection` for an entry
    ///   that is not understood; `LockBusy`; `StoreError`. The entry is then to be put back, or given up.
    public func handle(_ entry: Queue.Entry) async throws {
        guard let notice = ProfileNotice(entry) else {
            throw QueueRejection("it names no learner, or nothing that Open edX is told of one")
        }
        _ = try await tell(notice)
    }

    /// Tells Open edX of a change.
    ///
    /// - Throws: as ``handle(_:)``.
    @discardableResult public func tell(_ notice: ProfileNotice) async throws -> Outcome {
        try await locks.holding(UserLock.profile(of: notice.user), wait: UserLock.wait) {
            let outcome = try await send(notice)
            if outcome == .nobody {
                log.info(
                    "open_edx_account_not_synced",
                    ["user": .int(notice.user), "subject": .string(notice.subject.rawValue)])
            }
            return outcome
        }
    }

    private func send(_ notice: ProfileNotice) async throws -> Outcome {
        let user = notice.user
        if notice.subject == .email { return try await tokens.refreshLogin(of: user) ? .told : .nobody }
        guard let token = try await tokens.currentToken(for: user) else { return .nobody }
        // Read after the token is there, which may have taken a while.
        let (learner, account) = try await database.read { session in
            (try session.learner(user), try session.openEdXAccount(of: user))
        }
        guard let learner, let username = account?.username else { return .nobody }
        switch notice.subject {
        case .profile: try await client.updateProfile(learner.profile, of: username, userToken: token)
        case .name: try await client.updateName(learner.name, of: username, userToken: token)
        case .email: break
        }
        return .told
    }
}

extension Learner {
    /// What Open edX is told.
    fileprivate var profile: LearnerProfile {
        var profile = LearnerProfile(name: name)
        profile.country = country
        profile.state = state
        profile.gender = gender
        profile.yearOfBirth = yearOfBirth
        profile.highestEducation = highestEducation
        return profile
    }
}
