import Bytes
import Command
import Records
import Worker

/// Deletes the tokens of MITx Online's own OAuth provider that nobody can use any more (`spec/openedx.md` §15).
///
/// Each batch is a transaction of its own, after which no row names one that is gone: a run that is killed leaves nothing to
/// repair, and the next one goes on.
struct ClearTokens: ConfiguredJob {
    static let name: JobName = "clear-tokens"
    static let summary = "Deletes expired OAuth tokens and grants"
    static let schedule = Schedule("Mon *-*-* 09:00:00 UTC", every: .seconds(604_800))
    static let timeLimit = Duration.seconds(5 * 3600)
    static let counters: [Counter] = [.refreshTokens, .accessTokens, .idTokens, .grants]
    static let settings: [any AnySetting] = [refreshTokenLife]

    static let refreshTokenLife = Setting(
        "refreshTokenExpireSeconds", ValueType<Int>.integer(0...3_155_760_000), preset: "2592000",
        environment: ["REFRESH_TOKEN_EXPIRE_SECONDS"],
        "how many seconds refresh tokens are kept after they were revoked or ended; 0 keeps them for ever")

    private static let batch = 1000

    private let life: Int

    init(_ resources: JobResources) throws(Failure) {
        life = try resources.settings[Self.refreshTokenLife]
    }

    func run(_ context: JobContext) async throws {
        let tokens = ExpiredTokens(at: context.time.now(), keepingRefreshTokens: life)
        var left = context.limit ?? .max
        for kind in ExpiredTokens.Kind.allCases {
            if context.isDryRun {
                let number = min(left, try await context.read { session in try tokens.count(kind, in: &session) })
                if number > 0 { context.rehearse("delete \(number) \(kind.name)") }
                context.count(kind.counter, by: number)
                left -= number
            } else {
                left -= try await clear(kind, of: tokens, atMost: left, context)
            }
        }
    }

    private func clear(
        _ kind: ExpiredTokens.Kind, of tokens: ExpiredTokens, atMost limit: Int, _ context: JobContext
    ) async throws -> Int {
        var (after, number) = (0, 0)
        while number < limit, context.mayBegin() {
            let (last, size) = (after, min(Self.batch, limit - number))
            let ids = try await context.write { session in
                try tokens.delete(kind, after: last, limit: size, in: &session)
            }
            number += ids.count
            context.count(kind.counter, by: ids.count)
            guard ids.count == size, let end = ids.last else { break }
            after = end
        }
        return number
    }
}

extension ExpiredTokens.Kind {
    fileprivate var counter: Counter {
        switch self {
        case .revokedRefreshTokens, .staleRefreshTokens: .refreshTokens
        case .accessTokens: .accessTokens
        case .idTokens: .idTokens
        case .grants: .grants
        }
    }

    fileprivate var name: String {
        switch self {
        case .revokedRefreshTokens: "refresh tokens that were revoked"
        case .staleRefreshTokens: "refresh tokens of access tokens that ended"
        case .accessTokens: "access tokens"
        case .idTokens: "identity tokens"
        case .grants: "grants"
        }
    }
}

extension Counter {
    /// Refresh tokens that were deleted.
    static let refreshTokens = Counter("refresh_tokens")
    /// Access tokens that were deleted.
    static let accessTokens = Counter("access_tokens")
    /// Identity tokens that were deleted.
    static let idTokens = Counter("id_tokens")
    /// Grants that were deleted.
    static let grants = Counter("grants")
}
