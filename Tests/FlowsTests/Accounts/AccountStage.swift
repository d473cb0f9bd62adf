import Bytes
import HTTP
import Services
import Store
import Support
import Synchronization
import Testing
import Worker

@testable import Command
@testable import Flows
@testable import Records

/// A database with learner 11 and the OAuth application, Open edX, and the procedures between them, at noon of a day.
struct AccountStage {
    static let noon = Timestamp(microseconds: 1_789_473_600_000_000)
    static let user = 11

    let database: CountingTransactions
    let locator: String
    let clock = ManualClock(noon)
    let lms: FakeLMS
    let transport: WatchedTransport
    let locks = InMemoryLocks()
    let logged = LogLinesInMemory()
    var random = RandomNumbers { min(max($0.lowerBound, 7), $0.upperBound) }
    var settings: OpenEdXSettings

    init(_ test: TestDatabase) throws {
        database = CountingTransactions(test.database)
        locator = test.locator
        lms = FakeLMS(clock: clock)
        transport = WatchedTransport(lms)
        settings = OpenEdXSettings(
            lms: try #require(WebURL("https://lms.test")), site: try #require(WebURL("https://mitx.test")))
        settings.serviceWorkerToken = Secret("sw-1")
        settings.client = OAuthClient(id: "flows", secret: Secret("canary-secret"))
        settings.secretKey = Secret("canary-key")
        settings.ignoreFailures = true
        lms.update { $0.oauthClients["flows"] = "canary-secret" }
        lms.onUserInfo { token in try? await AccountStage.username(ofToken: token, test.database) }
    }

    /// What MITx Online's user-info endpoint tells whoever has the token.
    private static func username(ofToken token: String, _ database: Database) async throws -> String? {
        try await database.read { session in
            let sql: SQL = """
                SELECT o.edx_username AS name FROM oauth2_provider_accesstoken t
                JOIN openedx_openedxuser o ON o.user_id = t.user_id
                WHERE t.token_checksum = \(SHA256.hash(token.utf8).hex) AND t.expires > \(noon)
                """
            return try session.first(sql) { row in try row["name"] }
        }
    }

    /// The calls that were made.
    var journal: [String] { transport.journal }

    private var client: OpenEdXClient { OpenEdXClient(settings, over: transport, time: clock.source) }

    var tokens: LearnerTokens {
        LearnerTokens(database: database, client: client, locks: locks, time: clock.source, log: logged.log)
    }

    var repair: AccountRepair {
        AccountRepair(
            database: database, client: client, locks: locks, tokens: tokens, time: clock.source, random: random,
            log: logged.log)
    }

    /// What must not be told: pieces of what the learners of the tests have, and of secrets.
    static let canaries = [
        "ada", "lovelace", "jeff", "countess", "example.org", "canary", "rt-", "at-", "code-", "pbkdf2",
    ]

    /// The error that `body` throws, of which nothing can be learnt about the learner.
    func failure<T>(
        sourceLocation: SourceLocation = #_sourceLocation, _ body: () async throws -> T
    ) async -> ServiceError? {
        let error = await #expect(throws: ServiceError.self, sourceLocation: sourceLocation) { _ = try await body() }
        var text = error.map { "\($0) \(String(reflecting: $0))" } ?? ""
        dump(error, to: &text)
        for datum in AccountStage.canaries {
            #expect(!text.lowercased().contains(datum), "\(datum) is told: \(text)", sourceLocation: sourceLocation)
        }
        return error
    }

    /// Learner 11 logs in at MITx Online as `username` of Open edX, when the cookie is right.
    func openSiteSession(as username: String = "ada_l") async throws {
        let learner = try await database.read { session in try session.learner(AccountStage.user) }
        let cookie = SessionCookie(secretKey: Secret("canary-key")).value(for: try #require(learner), at: clock.now)
        lms.update { $0.siteSessions[cookie.revealed] = username }
    }

    func write(_ body: @Sendable (inout Session) throws -> Void) async throws {
        try await database.write(body)
    }

    /// What is on record for the learner.
    func account(of user: Int = user) async throws -> String? {
        try await database.read { session in try session.accountLine(of: user) }
    }

    func tokenRow(of user: Int = user) async throws -> String? {
        try await database.read { session in try session.tokenLine(of: user) }
    }

    func count(_ table: String) async throws -> Int {
        try await database.read { session in try session.count(table) }
    }
}

/// Everything that was logged.
final class LogLinesInMemory: Sendable {
    private let lines = Mutex("")

    var text: String { lines.withLock { $0 } }

    var log: Log {
        let sink = ByteSink { [self] bytes throws(Failure) in
            lines.withLock { $0 += String(decoding: bytes, as: UTF8.self) }
        }
        return Log(
            program: "test", command: nil, format: .json, level: .debug, sink: sink, terminal: nil,
            time: TimeSource(now: { AccountStage.noon }, steady: { .zero }))
    }

    func events(_ name: String) -> Int {
        text.split(separator: "\n").count { $0.contains("\"event\":\"\(name)\"") }
    }
}

/// Runs `body` on a stage of its own, and sees that nothing about the learner was logged.
func withStage(
    _ engine: Engine, _ prepare: @Sendable (inout Session) throws -> Void, _ body: (AccountStage) async throws -> Void
) async throws {
    try await withDatabase(engine) { test in
        try await test.database.write { session in
            try session.insertApplication()
            try prepare(&session)
        }
        let stage = try AccountStage(test)
        try await body(stage)
        for datum in AccountStage.canaries {
            #expect(!stage.logged.text.lowercased().contains(datum), "\(datum) was logged: \(stage.logged.text)")
        }
        for request in stage.lms.received {
            let secrets = [request.field("access_token"), request.cookie("mitxonline_sessionid")].compactMap(\.self)
            for secret in secrets { #expect(!stage.logged.text.contains(secret)) }
        }
        #expect(stage.lms.strays.isEmpty)
        #expect(await stage.locks.names.isEmpty, "no lock is left behind")
    }
}
