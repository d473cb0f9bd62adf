import Bytes
import Command
import Services
import Store
import Testing
import Worker

@testable import Flows
@testable import Records
@testable import Support

@Suite("Learner's tokens") struct LearnerTokensTests {
    @Sendable static func withoutTokens(_ session: inout Session) throws {
        try session.insertLearner(11)
        try session.insertAccount(of: 11, "ada_l", desired: "ada_l", isSynced: true)
    }

    /// A learner with tokens that end at `expiry`.
    static func withTokens(
        until expiry: String?, access: String? = "at-1"
    ) -> @Sendable (inout Session) throws -> Void {
        { session in
            try withoutTokens(&session)
            try session.insertTokens(of: 11, access: access, expiry: expiry)
        }
    }

    /// Open edX knows the learner, and the pair of tokens when `knowsRefreshToken`.
    private func setUp(_ stage: AccountStage, knowsRefreshToken: Bool = true) async throws {
        stage.lms.add(LMSUser("ada_l", email: "ada@example.org"))
        if knowsRefreshToken { stage.lms.update { $0.refreshTokens["rt-1"] = "ada_l" } }
        stage.lms.update { $0.counter = 100 }
        try await stage.openSiteSession()
    }

    @Test("EDX-1 a learner without tokens is signed in, and the tokens are stored", arguments: Engine.allCases)
    func signIn(_ engine: Engine) async throws {
        try await withStage(engine, LearnerTokensTests.withoutTokens) { stage async throws in
            try await setUp(stage)
            #expect(try await stage.tokens.authorize(11) == .stored)
            #expect(stage.journal == ["social login", "authorize", "exchange"])
            let exchange = try #require(stage.lms.received.last)
            #expect(exchange.field("grant_type") == "authorization_code")
            #expect(exchange.field("code")?.isEmpty == false)
            #expect(exchange.field("redirect_uri") == "https://mitx.test/_/auth/complete")
            let row = try #require(try await stage.tokenRow())
            #expect(row.wholeMatch(of: /rt-\d+ at-\d+ 2026-09-15T12:59:50Z/) != nil, "\(row)")
            #expect(stage.lms.effects == [.tokensIssued("ada_l")])
            #expect(await stage.locks.history == ["user-tokens:11"])
            // Done: nothing is asked again.
            #expect(try await stage.tokens.authorize(11) == .present)
            #expect(stage.journal.count == 3)
        }
    }

    @Test(
        "EDX-2 a sign-in that ends elsewhere stores nothing, and leaves what was there", arguments: Engine.allCases,
        [nil, "", "rt-1"])
    func elsewhere(_ engine: Engine, _ refresh: String?) async throws {
        let prepare: @Sendable (inout Session) throws -> Void = { session in
            try LearnerTokensTests.withoutTokens(&session)
            if let refresh { try session.insertTokens(of: 11, refresh: refresh, access: nil, expiry: nil) }
        }
        try await withStage(engine, prepare) { stage async throws in
            // MITx Online knows no session, so that authorize ends at the LMS's own login.
            stage.lms.add(LMSUser("ada_l", email: "ada@example.org"))
            let error = await stage.failure { try await stage.tokens.token(for: 11) }
            #expect(error?.detail == "redirected elsewhere")
            #expect(try await stage.tokenRow() == refresh.map { "\($0) - -" })
            #expect(stage.lms.effects == [])
        }
    }

    @Test("EDX-3 a token that is good for a minute is used as it is", arguments: Engine.allCases)
    func good(_ engine: Engine) async throws {
        try await withStage(engine, LearnerTokensTests.withTokens(until: "2026-09-15T12:01:30Z")) {
            stage async throws in
            #expect(try await stage.tokens.token(for: 11) == Secret("at-1"))
            #expect(stage.journal == [])
            #expect(stage.database.counts == CountingTransactions.Counts(reads: 1, writes: 0, statements: 2))
            #expect(await stage.locks.history == [])
        }
    }

    @Test(
        "EDX-4 a token that ends soon, or of which the end is unknown, is refreshed", arguments: Engine.allCases,
        ["2026-09-15T12:00:45Z", "2026-09-15T12:01:00Z", nil])
    func refreshed(_ engine: Engine, _ expiry: String?) async throws {
        try await withStage(engine, LearnerTokensTests.withTokens(until: expiry)) { stage async throws in
            try await setUp(stage)
            let token = try #require(try await stage.tokens.token(for: 11))
            #expect(stage.journal == ["refresh rt-1"])
            #expect(stage.lms.received.last?.field("grant_type") == "refresh_token")
            let row = try #require(try await stage.tokenRow())
            #expect(row.wholeMatch(of: /rt-10\d at-10\d 2026-09-15T12:59:50Z/) != nil, "\(row)")
            #expect(row.contains(" \(token.revealed) "))
            #expect(stage.database.counts.writes == 1)
        }
    }

    @Test("A caller may ask for a longer life", arguments: Engine.allCases)
    func longer(_ engine: Engine) async throws {
        try await withStage(engine, LearnerTokensTests.withTokens(until: "2026-09-15T12:30:00Z")) {
            stage async throws in
            try await setUp(stage)
            #expect(try await stage.tokens.token(for: 11, life: .seconds(1700)) == Secret("at-1"))
            #expect(try await stage.tokens.token(for: 11, life: .seconds(1800)) != Secret("at-1"))
            #expect(stage.journal == ["refresh rt-1"])
        }
    }

    @Test("EDX-5 a dead refresh token is replaced by a sign-in", arguments: Engine.allCases)
    func dead(_ engine: Engine) async throws {
        try await withStage(engine, LearnerTokensTests.withTokens(until: "2026-09-15T12:00:45Z")) {
            stage async throws in
            try await setUp(stage, knowsRefreshToken: false)
            let outcome = try await stage.repair.repair(11)
            #expect(outcome == .present(username: "ada_l"))
            #expect(stage.journal == ["refresh rt-1", "social login", "authorize", "exchange", "own info"])
            let row = try #require(try await stage.tokenRow())
            #expect(row.wholeMatch(of: /rt-1\d\d at-1\d\d 2026-09-15T12:59:50Z/) != nil, "\(row)")
            #expect(try await stage.count("openedx_openedxapiauth") == 1)
        }
    }

    @Test("EDX-6 the dead token stays until there is another", arguments: Engine.allCases)
    func deadInOutage(_ engine: Engine) async throws {
        try await withStage(engine, LearnerTokensTests.withTokens(until: "2026-09-15T12:00:45Z")) {
            stage async throws in
            try await setUp(stage, knowsRefreshToken: false)
            stage.lms.fault(.status(500), on: .socialLogin)
            _ = await stage.failure { try await stage.tokens.token(for: 11) }
            #expect(try await stage.tokenRow() == "rt-1 at-1 2026-09-15T12:00:45Z")
            #expect(stage.database.counts.writes == 0)
        }
    }

    @Test(
        "EDX-7 a refused OAuth client is a matter of configuration, and no sign-in is tried", arguments: Engine.allCases
    )
    func refusedClient(_ engine: Engine) async throws {
        try await withStage(engine, LearnerTokensTests.withTokens(until: "2026-09-15T12:00:45Z")) {
            stage async throws in
            try await setUp(stage)
            stage.lms.update { $0.oauthClients = [:] }
            let error = await stage.failure { try await stage.tokens.token(for: 11) }
            #expect(error?.disposition == .systemic)
            #expect(stage.lms.requestCount == 1)
            #expect(try await stage.tokenRow() == "rt-1 at-1 2026-09-15T12:00:45Z")
        }
    }

    @Test(
        "Any other failure of a refresh surfaces and changes nothing", arguments: Engine.allCases,
        [LMSFault.status(503), .status(403), .throttled(retryAfter: 3), .lost, .html])
    func refreshFails(_ engine: Engine, _ fault: LMSFault) async throws {
        try await withStage(engine, LearnerTokensTests.withTokens(until: nil)) { stage async throws in
            try await setUp(stage)
            stage.lms.fault(fault, on: .tokenRefresh)
            _ = await stage.failure { try await stage.tokens.token(for: 11) }
            #expect(stage.journal == ["refresh rt-1"])
            #expect(try await stage.tokenRow() == "rt-1 at-1 -")
        }
    }

    @Test(
        "EDX-8 without an account there is no token: left out, or an error, as the flag says",
        arguments: Engine.allCases)
    func notSynced(_ engine: Engine) async throws {
        try await withStage(engine, AccountRepairTests.named) { stage async throws in
            #expect(try await stage.tokens.token(for: 11) == nil)
            #expect(stage.logged.events("open_edx_account_not_synced") == 1)
            #expect(stage.logged.text.contains("\"level\":\"warning\""))
            var strict = stage
            strict.settings.ignoreFailures = false
            let error = await strict.failure { try await strict.tokens.token(for: 11) }
            #expect(error?.detail == "learner 11 is not yet synced")
            #expect(error?.disposition == .temporary)
            #expect(try await stage.tokens.authorize(11) == .notSynced)
            #expect(stage.journal == [])
            #expect(try await stage.count("openedx_openedxapiauth") == 0)
        }
    }

    @Test("Tokens that somebody else got while the lock was waited for are used", arguments: Engine.allCases)
    func quicker(_ engine: Engine) async throws {
        try await withStage(engine, LearnerTokensTests.withTokens(until: "2026-09-15T12:00:45Z")) {
            stage async throws in
            let database = stage.database
            await stage.locks.beforeNext {
                let tokens = OpenEdXTokens(
                    refreshToken: Secret("rt-9"), accessToken: Secret("at-9"),
                    expiresOn: AccountStage.noon.adding(seconds: 900))
                try await database.write { session in
                    try session.storeOpenEdXTokens(tokens, of: 11, at: AccountStage.noon)
                }
            }
            #expect(try await stage.tokens.token(for: 11) == Secret("at-9"))
            #expect(stage.journal == [])
        }
    }

    @Test("Whoever does not get the lock is told so", arguments: Engine.allCases)
    func busy(_ engine: Engine) async throws {
        try await withStage(engine, LearnerTokensTests.withoutTokens) { stage async throws in
            try await stage.locks.holding(UserLock.tokens(of: 11), wait: .zero) { () async throws in
                _ = await #expect(throws: LockBusy.self) { try await stage.tokens.token(for: 11) }
            }
            #expect(stage.journal == [])
        }
    }

    @Test("A token that the column has no room for is not stored", arguments: Engine.allCases)
    func tooLong(_ engine: Engine) async throws {
        try await withStage(engine, LearnerTokensTests.withTokens(until: nil)) { stage async throws in
            stage.transport.answer { _ in
                .json(
                    .members([
                        "access_token": .string("at-" + String(repeating: "x", count: 126)),
                        "refresh_token": .string("rt-2"), "expires_in": .number("3600"),
                    ]))
            }
            let error = await stage.failure { try await stage.tokens.token(for: 11) }
            #expect(error?.disposition == .systemic)
            #expect(try await stage.tokenRow() == "rt-1 at-1 -")
        }
    }

    @Test("Without SECRET_KEY nobody is signed in", arguments: Engine.allCases)
    func noKey(_ engine: Engine) async throws {
        try await withStage(engine, LearnerTokensTests.withoutTokens) { stage async throws in
            var stage = stage
            stage.settings.secretKey = nil
            let error = await stage.failure { try await stage.tokens.token(for: 11) }
            #expect(error?.disposition == .systemic)
            #expect(stage.journal == [])
        }
    }
}
