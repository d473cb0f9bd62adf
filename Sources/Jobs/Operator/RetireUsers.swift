import Command
import Records
import Services
import Store
import Worker

/// Has Open edX retire the accounts of learners, for good (`spec/openedx.md` §3.20). Nothing changes at MITx Online.
struct RetireUsers: ConfiguredJob {
    static let name: JobName = "retire-users"
    static let summary = "Has Open edX retire the accounts of chosen learners, for good"
    static let schedule = Schedule.byHand
    static let timeLimit = Duration.seconds(3600)
    static let counters: [Counter] = [.selected, .retired, .failed]
    static let settings: [any AnySetting] = OpenEdXSetting.all + RetirementSetting.all
    static let neededSettings = RetirementSetting.all

    private let resources: JobResources
    private let openEdX: OpenEdXSettings
    private let users: [Int]

    init(_ resources: JobResources) throws(Failure) {
        try self.init(resources, users: [])
    }

    /// The work for those learners.
    init(_ resources: JobResources, users: [Int]) throws(Failure) {
        self.resources = resources
        openEdX = try OpenEdXSettings(resources.settings)
        self.users = users
    }

    func run(_ context: JobContext) async throws {
        guard let retirer = try RetirementSetting.client(resources.settings) else {
            throw Failure(.configuration, "the OAuth client that may retire accounts is not set")
        }
        let accounts = try await context.read { session in try session.openEdXUsernames(of: users) }
        if let user = users.first(where: { accounts[$0] == nil }) {
            throw Failure(.data, "learner \(user) has no account at Open edX, so that there is nothing to retire")
        }
        let client = resources.openEdX(openEdX, in: context)
        context.count(.selected, by: users.count)
        for start in stride(from: 0, to: users.count, by: OpenEdXClient.retirementsPerCall) where context.mayBegin() {
            let batch = users[start..<min(start + OpenEdXClient.retirementsPerCall, users.count)]
            if context.isDryRun {
                for user in batch { context.rehearse("retire the Open edX account of learner \(user)") }
            } else {
                await retire(Array(batch), accounts, client, as: retirer, context)
            }
        }
    }

    private func retire(
        _ users: [Int], _ accounts: [Int: String], _ client: OpenEdXClient, as retirer: OAuthClient,
        _ context: JobContext
    ) async {
        do {
            let answer = try await client.retire(users.compactMap { accounts[$0] }, as: retirer)
            context.serviceAnswered(.effect)
            let retired = Set(answer.retired.map { $0.lowercased() })
            for user in users {
                if retired.contains(accounts[user]?.lowercased() ?? "") {
                    context.count(.retired)
                } else {
                    context.count(.failed)
                    context.failed(
                        "learner \(user)",
                        ServiceError(
                            "Open edX", "retirement", .permanent, mayHaveHappened: false, detail: "not retired"))
                }
            }
        } catch {
            context.count(.failed, by: users.count)
            let names = users.map { "\($0)" }.joined(separator: ", ")
            context.failed("learners \(names)", count: users.count, error)
        }
    }
}

extension Counter {
    /// Accounts that Open edX has retired.
    static let retired = Counter("retired")
}
