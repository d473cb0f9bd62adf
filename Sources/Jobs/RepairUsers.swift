import Bytes
import Command
import Flows
import Records
import Services
import Store
import Worker

/// Sees to it that learners have their accounts at Open edX, and this program tokens to act for them (`spec/openedx.md` §5.5).
struct RepairUsers: ConfiguredJob {
    static let name: JobName = "repair-users"
    static let summary = "Makes the Open edX accounts and tokens that learners lack"
    static let schedule = Schedule("*-*-* *:15/30:00 UTC", every: .seconds(1800))
    static let timeLimit = Duration.seconds(25 * 60)
    static let counters: [Counter] = [.selected, .accountsCreated, .tokensCreated, .syncErrors, .failed]
    static let settings: [any AnySetting] = OpenEdXSetting.all + [disabled]
    static let neededSettings: [any AnySetting] = [
        OpenEdXSetting.serviceWorkerToken, OpenEdXSetting.clientID, OpenEdXSetting.clientSecret,
        OpenEdXSetting.secretKey,
    ]
    /// An account takes several calls, and each may fail for a reason of the learner's own: one more than the engine's usual
    /// five is no sign yet of an LMS that is down.
    static let patience = 10

    static let silencer: Setting<Bool>? = disabled

    private static let disabled = Setting(
        "openedx.disableUserRepair", ValueType<Bool>.boolean, preset: "false",
        environment: ["DISABLE_USER_REPAIR_TASK"], "whether the repair of accounts does nothing")

    /// Whom to repair.
    enum Choice: Sendable {
        /// Who lacks something, and has not been tried in vain a moment ago.
        case due
        /// These learners, whatever is on record for them.
        case learners([Int])
        /// Those of these learners, or of all, who have no name at Open edX and can have their name at MITx Online.
        case unnamed([Int]?)
    }

    /// Whoever was made a moment ago may be in the middle of the sign-up.
    private static let grace = Duration.seconds(300)
    private static let page = 200

    private let resources: JobResources
    /// Nil when the job is silenced.
    private let openEdX: OpenEdXSettings?
    private let choice: Choice

    init(_ resources: JobResources) throws(Failure) {
        try self.init(resources, .due, isByHand: false)
    }

    /// The job for whom an operator chose. What silences the timer's job does not silence an operator.
    init(_ resources: JobResources, _ choice: Choice, isByHand: Bool) throws(Failure) {
        self.resources = resources
        self.choice = choice
        let isSilenced = try resources.settings[Self.disabled] && !isByHand
        openEdX = isSilenced ? nil : try OpenEdXSettings(resources.settings)
    }

    func run(_ context: JobContext) async throws {
        guard let openEdX else { return context.log.info("user_repair_disabled") }
        let client = resources.openEdX(openEdX, in: context)
        let repair = LearnerRepair(
            in: context, accounts: resources.accounts(client, in: context),
            tokens: resources.tokens(client, in: context))
        var (after, left) = (0, context.limit ?? .max)
        var seen: Set<String> = []
        var isComplete = false
        while left > 0, context.mayBegin() {
            let (learners, waiting) = try await page(after: after, context)
            guard let last = learners.last else {
                isComplete = true
                break
            }
            seen.formUnion(learners.map { LearnerRepair.key($0.id) })
            let due = learners.filter { !waiting.contains(LearnerRepair.key($0.id)) }.prefix(left)
            context.count(.selected, by: due.count)
            await context.forEach(due, atOnce: resources.atOnce, name: \.description) { learner in
                try await repair.repair(learner)
            }
            left -= due.count
            after = last.id
        }
        try await forget(repair.repaired, whereas: isComplete ? seen : nil, context)
    }

    private func page(
        after id: Int, _ context: JobContext
    ) async throws -> (learners: [LearnerToRepair], waiting: Set<String>) {
        let now = context.time.now()
        return try await context.read { session in
            switch choice {
            case .due:
                let learners = try session.learnersToRepair(
                    createdBefore: now - Self.grace, after: id, limit: Self.page)
                if learners.isEmpty { return ([], []) }
                let keys = learners.map { LearnerRepair.key($0.id) }
                return (learners, try Items(of: Self.name).waiting(among: keys, at: now, in: &session))
            case .learners(let ids):
                let rest = Set(ids).filter { $0 > id }.sorted().prefix(Self.page)
                return (rest.isEmpty ? [] : try session.learnersToRepair(among: Array(rest)), [])
            case .unnamed(let ids):
                return (try session.learnersWithoutUsername(among: ids, after: id, limit: Self.page), [])
            }
        }
    }

    /// Forgets the failures of those who are repaired and, once everybody was looked at, of those who lack nothing any more.
    private func forget(_ repaired: Set<String>, whereas seen: Set<String>?, _ context: JobContext) async throws {
        let items = Items(of: Self.name)
        if let seen, case .due = choice {
            try await context.write { session in
                try items.forgetAll(but: seen.subtracting(repaired), in: &session)
            }
        } else if !repaired.isEmpty {
            try await context.write { session in try items.forget(repaired.sorted(), in: &session) }
        }
    }

    static func backlog(at now: Timestamp, in session: inout Session) throws -> Backlog? {
        let (count, oldest) = try session.learnersToRepair(createdBefore: now - grace)
        return Backlog(count: count, oldest: oldest)
    }

    /// The learners whose registration Open edX refused, whoever asked, and those for whom no name was free.
    static func deadLetters(in session: inout Session) throws -> [DeadLetter] {
        let refused = try session.openEdXSyncErrors().map { error in
            DeadLetter(
                key: LearnerRepair.key(error.user), parkedAt: error.since, failures: 1,
                problem: "registration refused" + (error.code.map { ": \($0)" } ?? ""))
        }
        let known = Set(refused.map(\.key))
        return refused + (try Items(of: name).parked(in: &session).filter { !known.contains($0.key) })
    }

    static func requeue(_ keys: [String]?, at now: Timestamp, in session: inout Session) throws -> Int {
        let letters = try deadLetters(in: &session).map(\.key).filter { keys?.contains($0) ?? true }
        let users = letters.compactMap(LearnerRepair.user)
        if !users.isEmpty { _ = try session.clearOpenEdXSyncErrors(of: users, at: now) }
        try Items(of: name).forget(letters, in: &session)
        return letters.count
    }
}

extension Counter {
    /// Accounts that were registered at Open edX.
    static let accountsCreated = Counter("accounts_created")
    /// Learners for whom tokens were stored who had none.
    static let tokensCreated = Counter("tokens_created")
    /// Learners whose registration Open edX refused.
    static let syncErrors = Counter("sync_errors")
    /// Items that could not be worked on, for the moment or for good.
    static let failed = Counter("failed")
}
