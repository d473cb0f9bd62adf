import Command
import Worker

/// Deletes expired OAuth tokens and grants.
struct ClearTokens: ConfiguredJob {
    static let name: JobName = "clear-tokens"
    static let summary = "Deletes expired OAuth tokens and grants"
    static let schedule = Schedule("Mon *-*-* 09:00:00 UTC", every: .seconds(604800))
    static let timeLimit = Duration.seconds(18000)
    static let counters: [Counter] = [.refreshTokens, .accessTokens, .idTokens, .grants]
    static let settings: [any AnySetting] = []

    private let resources: JobResources

    init(_ resources: JobResources) throws(Failure) {
        self.resources = resources
    }

    func run(_ context: JobContext) async throws {
    }
}

extension Counter {
    /// TODO
    static let refreshTokens = Counter("refresh_tokens")
    /// TODO
    static let accessTokens = Counter("access_tokens")
    /// TODO
    static let idTokens = Counter("id_tokens")
    /// TODO
    static let grants = Counter("grants")
}
