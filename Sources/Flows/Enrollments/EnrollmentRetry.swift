import Bytes
import Command
import Records
import Services
import Store
import Worker

/// Brings enrollments that are pending to Open edX, one run's at a time (`spec/openedx.md` §6.4, §6.5): those that
/// ``EnrollmentChanges`` could not bring there when they were asked for.
///
/// What Open edX has is asked for up to a hundred learners at once; only what differs is sent, each by the protocol of
/// ``Step``, and every write is guarded by the state it is meant for.
public struct EnrollmentRetry: Sendable {
    /// How many learners Open edX is asked for at once.
    private static let namesPerCall = 100

    /// The run that it works in.
    public let context: JobContext
    let client: OpenEdXClient
    let accounts: AccountRepair
    let locks: any Locks
    /// How many learners are worked on at once.
    private let atOnce: Int

    /// A retry within a run of a job.
    public init(
        in context: JobContext, client: OpenEdXClient, accounts: AccountRepair, locks: any Locks, atOnce: Int
    ) {
        self.context = context
        self.client = client
        self.accounts = accounts
        self.locks = locks
        self.atOnce = atOnce
    }

    /// Works on enrollments that are all in the run `key`; what fails is counted, and does not stop the others. `bar` is told of
    /// each that is done with.
    public func push(_ enrollments: [PendingEnrollment], of key: String, _ bar: ProgressBar) async {
        let fake = enrollments.filter(\.isFakeRun).map { Member($0, username: nil, current: nil) }
        let real = await withAccounts(enrollments.filter { !$0.isFakeRun })
        let members = await asked(real, of: key)
        bar.advance(by: enrollments.count - fake.count - members.count)
        await context.forEach(fake + members, atOnce: atOnce, name: \.pending.name) { member in
            defer { bar.advance() }
            try await bring(member)
        }
    }

    /// An enrollment, and what Open edX has of it.
    struct Member: Sendable {
        let pending: PendingEnrollment
        /// The learner's name at Open edX; nil when there is none, and so no enrollment there either.
        let username: String?
        /// The enrollment there; nil when there is none.
        let current: OpenEdXEnrollment?

        init(_ pending: PendingEnrollment, username: String?, current: OpenEdXEnrollment?) {
            self.pending = pending
            self.username = username
            self.current = current
        }
    }

    // MARK: Accounts

    /// The enrollments of learners who have an account, or got one now; whoever left needs none.
    private func withAccounts(_ enrollments: [PendingEnrollment]) async -> [Member] {
        let names = NamesOfLearners()
        let missing = enrollments.filter { $0.change == .enroll && !($0.isSynced && $0.username != nil) }
        await context.forEach(missing, atOnce: atOnce, name: \.name) { pending in
            if let username = try await account(of: pending) { names.add(username, of: pending.id) }
        }
        let without = Set(missing.map(\.id))
        return enrollments.compactMap { pending in
            guard without.contains(pending.id) else { return Member(pending, username: pending.username, current: nil) }
            return names[pending.id].map { Member(pending, username: $0, current: nil) }
        }
    }

    /// The name of the account that the learner has now; nil when there is none, which was counted.
    private func account(of pending: PendingEnrollment) async throws -> String? {
        if context.isDryRun {
            context.rehearse("make the Open edX account of learner \(pending.userID), then enroll \(pending.name)")
            return nil
        }
        // Another enrollment of the same learner may have made the account a moment ago.
        let account = try await context.read { session in try session.openEdXAccount(of: pending.userID) }
        if let account, account.isSynced, let username = account.username { return username }
        do {
            let outcome = try await accounts.repair(pending.userID)
            if case .refused(let refusal) = outcome {
                try await refuse(pending, "\(refusal)")
                throw refusal.error
            }
            context.serviceAnswered(.effect)
            return outcome.username
        } catch let error as ServiceError where error.disposition == .systemic {
            // Learners who have their accounts can be enrolled all the same.
            context.alarm("accounts_unavailable", ["problem": .string(error.description)])
            throw Postponed("no account: \(error)")
        }
    }

    // MARK: What Open edX has

    private func asked(_ members: [Member], of key: String) async -> [Member] {
        var known = members.filter { $0.username == nil }
        var rest = members.filter { $0.username != nil }[...]
        while !rest.isEmpty, context.mayBegin() {
            let batch = Array(rest.prefix(Self.namesPerCall))
            rest = rest.dropFirst(Self.namesPerCall)
            do {
                known += try await ask(batch, of: key)
                context.serviceAnswered(.question)
            } catch let error as ServiceError where error.status == 400 && batch.count > 1 {
                // One bad name spoils the answer for all.
                for member in batch where context.mayBegin() { known += await askAlone(member, of: key) }
            } catch {
                await refuseOrNote(batch, of: key, error)
            }
        }
        return known
    }

    private func ask(_ members: [Member], of key: String) async throws -> [Member] {
        let found = try await client.enrollments(in: key, of: members.compactMap(\.username))
        let byName = Dictionary(found.map { ($0.username.lowercased(), $0) }) { _, last in last }
        return members.map { member in
            Member(member.pending, username: member.username, current: byName[member.username?.lowercased() ?? ""])
        }
    }

    private func askAlone(_ member: Member, of key: String) async -> [Member] {
        do {
            let known = try await ask([member], of: key)
            context.serviceAnswered(.question)
            return known
        } catch {
            await refuseOrNote([member], of: key, error)
            return []
        }
    }

    /// A name that Open edX does not take fails for good; anything else concerns all that were asked for.
    private func refuseOrNote(_ members: [Member], of key: String, _ error: any Error) async {
        guard let refusal = error as? ServiceError, refusal.disposition == .permanent, members.count == 1 else {
            context.failed("run \(key)", count: members.count, error, in: .question)
            return
        }
        for member in members {
            do {
                try await refuse(member.pending, refusal.description)
                context.failed(member.pending.name, refusal)
            } catch {
                context.failed(member.pending.name, error)
            }
        }
    }

    // MARK: One enrollment

    private func bring(_ member: Member) async throws {
        do {
            switch try await ending(of: member) {
            case .done(let change): context.count(change.counter)
            case .unwanted: context.count(.superseded)
            case .alreadyDone, .rehearsed: break
            }
        } catch let error as ServiceError where error.disposition == .permanent {
            try await refuse(member.pending, error.description)
            throw error
        }
    }

    private func ending(of member: Member) async throws -> StepEnding<PushedChange> {
        let step = step(for: member)
        if case .present = step.knowledge { return try await context.perform(step) }
        if context.isDryRun { return try await context.perform(step) }
        return try await locks.holding(UserLock.name(of: member.pending.userID), wait: UserLock.wait) {
            try await context.perform(step)
        }
    }

    /// Notes a failure for good; the fifth one parks the enrollment.
    private func refuse(_ pending: PendingEnrollment, _ problem: String) async throws {
        guard !context.isDryRun else { return }
        let now = context.time.now()
        let failures = try await context.write { session -> Int? in
            let items = Items(of: context.job)
            guard pending.change == .enroll else {
                return try items.failed(pending.key, problem, at: now, in: &session)
            }
            guard let count = try EnrollmentRow.raiseRetryCount(pending.id, in: &session) else { return nil }
            _ = try items.failed(
                pending.key, problem, parks: count >= PendingEnrollments.cap, at: now, in: &session)
            return count
        }
        guard let failures, failures >= PendingEnrollments.cap else { return }
        context.count(.gaveUp)
        context.log.warning("gave_up", ["item": .string(pending.name), "failures": .int(failures)])
    }
}

extension Counter {
    /// Enrollments that Open edX has now.
    public static let enrolled = Counter("enrolled")
    /// Learners who left, and whom Open edX has no more.
    public static let unenrolled = Counter("unenrolled")
    /// Enrollments that changed while they were worked on.
    public static let superseded = Counter("superseded")
    /// Enrollments that were parked.
    public static let gaveUp = Counter("gave_up")
}

extension PendingEnrollment {
    /// What logs call it.
    var name: String { "enrollment \(id)" }

    /// The key of what is to be told: of its intent, its failures, its dead letter.
    var key: String { change == .enroll ? PendingKey.enrollment(id) : PendingKey.unenrollment(id) }
}
