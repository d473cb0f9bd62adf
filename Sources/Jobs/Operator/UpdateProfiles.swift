import Command
import Flows
import Records
import Services
import Store
import Worker

/// Sends the profiles of learners to Open edX (`spec/openedx.md` §17).
struct UpdateProfiles: ConfiguredJob {
    static let name: JobName = "update-profiles"
    static let summary = "Sends the profiles of chosen learners to Open edX"
    static let schedule = Schedule.byHand
    static let timeLimit = Duration.seconds(12 * 3600)
    static let counters: [Counter] = [.selected, .profilesUpdated, .unsynced, .failed]
    static let settings: [any AnySetting] = OpenEdXSetting.all
    static let neededSettings = RegenerateTokens.neededSettings

    private static let page = 500

    private let resources: JobResources
    private let openEdX: OpenEdXSettings
    private let users: [Int]?

    init(_ resources: JobResources) throws(Failure) {
        try self.init(resources, users: nil)
    }

    /// The work for those learners, or for all who have an account.
    init(_ resources: JobResources, users: [Int]?) throws(Failure) {
        self.resources = resources
        openEdX = try OpenEdXSettings(resources.settings)
        self.users = users
    }

    func run(_ context: JobContext) async throws {
        let client = resources.openEdX(openEdX, in: context)
        let profiles = ProfilePropagation(
            database: context, client: client, locks: resources.locks, tokens: resources.tokens(client, in: context),
            log: context.log)
        if let users { return await update(users, profiles, context) }
        var after = 0
        while context.mayBegin() {
            let last = after
            let page = try await context.read { session in
                try session.syncedLearners(after: last, limit: Self.page)
            }
            guard let end = page.last else { break }
            await update(page, profiles, context)
            after = end
        }
    }

    private func update(_ users: [Int], _ profiles: ProfilePropagation, _ context: JobContext) async {
        context.count(.selected, by: users.count)
        let name: @Sendable (Int) -> String = { "learner \($0)" }
        await context.forEach(users, atOnce: resources.atOnce, name: name) { user in
            if context.isDryRun { return context.rehearse("send the profile of learner \(user)") }
            do {
                switch try await profiles.tell(ProfileNotice(.profile, of: user)) {
                case .told:
                    context.count(.profilesUpdated)
                    context.serviceAnswered(.effect)
                case .nobody: context.count(.unsynced)
                }
            } catch {
                context.count(.failed)
                throw error
            }
        }
    }
}

extension Counter {
    /// Profiles that Open edX has now.
    static let profilesUpdated = Counter("profiles_updated")
    /// Learners without an account at Open edX.
    static let unsynced = Counter("unsynced")
}
