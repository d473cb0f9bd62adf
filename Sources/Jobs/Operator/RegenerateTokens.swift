import Command
import Flows
import Records
import Services
import Worker

/// Has learners sign in anew and replaces their tokens for Open edX (`spec/openedx.md` §17). The old ones stay until there are
/// others.
struct RegenerateTokens: ConfiguredJob {
    static let name: JobName = "regenerate-tokens"
    static let summary = "Replaces the tokens with which chosen learners are acted for at Open edX"
    static let schedule = Schedule.byHand
    static let timeLimit = Duration.seconds(3600)
    static let counters: [Counter] = [.selected, .tokensCreated, .failed]
    static let settings: [any AnySetting] = OpenEdXSetting.all
    static let neededSettings: [any AnySetting] = [
        OpenEdXSetting.clientID, OpenEdXSetting.clientSecret, OpenEdXSetting.secretKey,
    ]

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
        let without = try await context.read { session in
            let learners = try session.learnersToRepair(among: users)
            return users.filter { id in !learners.contains { $0.id == id && $0.isSynced } }
        }
        // Before anything is done: whoever has no account can have no tokens.
        if let user = without.first {
            throw Failure(
                .data, "learner \(user) has no account at Open edX yet, and so no tokens; 'repair-users' makes both")
        }
        let tokens = resources.tokens(resources.openEdX(openEdX, in: context), in: context)
        context.count(.selected, by: users.count)
        let name: @Sendable (Int) -> String = { "learner \($0)" }
        await context.forEach(users, atOnce: resources.atOnce, name: name) { user in
            if context.isDryRun { return context.rehearse("replace the tokens of learner \(user)") }
            do {
                if try await tokens.renew(user) == .stored { context.count(.tokensCreated) }
                context.serviceAnswered(.effect)
            } catch {
                context.count(.failed)
                throw error
            }
        }
    }
}
