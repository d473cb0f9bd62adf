import Bytes
import Command
import Store
import Support
import Testing
import Worker

@testable import Jobs
@testable import Records

/// The job `clear-tokens` (`spec/openedx.md` §15).
@Suite("Clearing of tokens")
struct ClearTokensTests {
    private static let counts = "refresh_tokens 3, access_tokens 4, id_tokens 2, grants 1"
    private static let rest = [
        "access 11 of refresh -", "access 12 of refresh -", "access 20 of refresh -", "access 21 of refresh -",
        "grant 2", "id 3", "id 4", "refresh 20", "refresh 21",
    ]

    /// Tokens of every kind; 30 days ago is 16 August, noon.
    private static func insert(_ session: inout Session) throws {
        let (long, short, future) = ("2026-08-16T11:59:59Z", "2026-09-15T11:59:59Z", "2026-09-15T12:00:00Z")
        // Identity tokens 1 and 2 can go with their access tokens; 3 is named by one that stays; 4 is still good.
        for (id, expires) in [(1, short), (2, short), (3, short), (4, future)] {
            try session.insertIDToken(id, expires)
        }
        // Access tokens: 1 and 2 alone; 3 with a refresh token that was revoked long ago; 4 with one that is stale.
        try session.insertAccessToken(1, short, idToken: 1)
        try session.insertAccessToken(2, long, idToken: 2)
        try session.insertAccessToken(3, short)
        try session.insertAccessToken(4, long)
        // 11 and 12 live on; 12 holds an identity token, 11 was made with a refresh token that goes.
        try session.insertAccessToken(11, future)
        try session.insertAccessToken(12, future, idToken: 3)
        // 20 and 21 ended a moment ago, and can still be renewed.
        try session.insertAccessToken(20, short)
        try session.insertAccessToken(21, "2026-08-16T12:00:00Z")
        try session.insertRefreshToken(3, access: 3, revoked: long)
        try session.insertRefreshToken(4, access: 4, revoked: nil)
        try session.insertRefreshToken(5, access: nil, revoked: long)
        try session.insertRefreshToken(20, access: 20, revoked: "2026-08-16T12:00:00Z")
        try session.insertRefreshToken(21, access: 21, revoked: nil)
        try session.execute("UPDATE oauth2_provider_accesstoken SET source_refresh_token_id = 5 WHERE id = 11")
        // One that goes was the source of another one that goes, and of one that stays.
        try session.execute("UPDATE oauth2_provider_accesstoken SET source_refresh_token_id = 3 WHERE id = 4")
        try session.execute("UPDATE oauth2_provider_accesstoken SET source_refresh_token_id = 4 WHERE id = 20")
        try session.insertGrant(1, short)
        try session.insertGrant(2, future)
    }

    private func withTokens(
        _ engine: Engine, life: String? = nil, _ body: (JobStage) async throws -> Void
    ) async throws {
        let environment = life.map { ["REFRESH_TOKEN_EXPIRE_SECONDS": $0] } ?? [:]
        try await withJobStage(engine, environment: environment) { stage async throws in
            try await stage.write { session in try Self.insert(&session) }
            try await body(stage)
        }
    }

    @Test(
        "what ended goes, what can still be renewed or used stays, and no row names what is gone",
        arguments: Engine.allCases)
    func clears(engine: Engine) async throws {
        try await withTokens(engine) { stage async throws in
            #expect(try await stage.run(ClearTokens.self).counts == Self.counts)
            #expect(try await stage.tokens() == Self.rest)
            #expect(try await stage.danglingTokens() == 0)
            #expect(try await stage.run(ClearTokens.self).counts == "")
            #expect(stage.lms.requestCount == 0)
        }
    }

    @Test("a dry run counts what would go, and leaves it", arguments: Engine.allCases, [nil, "0", "1"])
    func dryRun(engine: Engine, life: String?) async throws {
        try await withTokens(engine, life: life) { stage async throws in
            let before = try await stage.tokens()
            let dry = try await stage.run(isDryRun: true) { try ClearTokens($0) }
            #expect(try await stage.tokens() == before)
            #expect(!stage.told.all.isEmpty)
            let real = try await stage.run(ClearTokens.self)
            #expect(dry.counts == real.counts)
            if life == nil { #expect(dry.counts == Self.counts) }
        }
    }

    @Test(
        "with 0 seconds refresh tokens stay for ever, and access tokens that they can renew", arguments: Engine.allCases
    )
    func keepsRefreshTokens(engine: Engine) async throws {
        try await withTokens(engine, life: "0") { stage async throws in
            #expect(try await stage.run(ClearTokens.self).counts == "access_tokens 2, id_tokens 2, grants 1")
            #expect(try await stage.tokens().count { $0.hasPrefix("refresh") } == 5)
        }
    }

    @Test("killed wherever the engine comes by, the next run ends as an undisturbed one", arguments: Engine.allCases)
    func killed(engine: Engine) async throws {
        for (point, passes) in [
            (EnginePoints.began, 1), (EnginePoints.writing, 6), (EnginePoints.written, 5), (EnginePoints.ending, 1),
            (EnginePoints.ended, 1),
        ] {
            for pass in 1...passes {
                try await withTokens(engine) { stage async throws in
                    let death = Death(at: point, pass: pass)
                    _ = try? await stage.run(checkpoint: death.pass) { try ClearTokens($0) }
                    #expect(death.isDead, "\(point.name) \(pass)")
                    #expect(try await stage.danglingTokens() == 0)
                    try await stage.write { session in
                        try session.execute("UPDATE \(flows: "lease") SET expires_at = NULL")
                    }
                    try await stage.run("host/2") { try ClearTokens($0) }
                    #expect(try await stage.tokens() == Self.rest, "\(point.name) \(pass)")
                }
            }
        }
    }

    @Test("thousands go a thousand at a time, each in a transaction of its own", arguments: Engine.allCases)
    func batches(engine: Engine) async throws {
        try await withJobStage(engine) { stage async throws in
            let then = Timestamp(microseconds: 0)
            try await stage.write { session in
                try session.execute(
                    """
                    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2500)
                    INSERT INTO oauth2_provider_grant (code, expires, redirect_uri, scope, application_id, user_id,
                        created, updated, code_challenge, code_challenge_method, nonce, claims)
                    SELECT 'c' || i, \(then), '', '', (SELECT min(id) FROM oauth2_provider_application), 11, \(then),
                        \(then), '', '', '', '' FROM n
                    """)
            }
            #expect(try await stage.run(ClearTokens.self, limit: 100).counts == "grants 100")
            let before = await stage.database.statementCount
            #expect(try await stage.run(ClearTokens.self).counts == "grants 2400")
            let large = await stage.database.statementCount
            #expect(try await stage.run(ClearTokens.self).counts == "")
            let empty = await stage.database.statementCount
            // Two more batches than none; a batch is the lease, what goes, and its going.
            #expect((large - before) - (empty - large) == 2 * 3 + 1)
        }
    }

    @Test("a life that is no number of seconds ends the run with 78", arguments: ["-1", "30d", "soon"])
    func nonsense(life: String) async throws {
        try await withJobStage(.sqlite, environment: ["REFRESH_TOKEN_EXPIRE_SECONDS": life]) { stage async throws in
            let failure = await #expect(throws: Failure.self) { try await stage.run(ClearTokens.self) }
            #expect(failure?.status == .configuration)
            #expect(failure?.message.contains("REFRESH_TOKEN_EXPIRE_SECONDS") == true)
        }
    }
}

extension JobStage {
    /// What there is, a line each.
    fileprivate func tokens() async throws -> [String] {
        try await database.read { session in
            let access: [String] = try session.rows(
                "SELECT id, source_refresh_token_id AS source FROM oauth2_provider_accesstoken ORDER BY id"
            ) { row in
                let source: Int? = try row["source"]
                return "access \(try row["id"] as Int) of refresh \(source.map { "\($0)" } ?? "-")"
            }
            var others: [String] = []
            for (name, table) in [("grant", "grant"), ("id", "idtoken"), ("refresh", "refreshtoken")] {
                others += try session.rows(
                    "SELECT id FROM \(identifier: "oauth2_provider_\(table)") ORDER BY id"
                ) { row in "\(name) \(try row["id"] as Int)" }
            }
            return access + others
        }
    }

    /// How many rows name one that there is not.
    fileprivate func danglingTokens() async throws -> Int {
        let sql: SQL = """
            SELECT (SELECT count(*) FROM oauth2_provider_accesstoken a WHERE a.id_token_id IS NOT NULL
                    AND NOT EXISTS (SELECT 1 FROM oauth2_provider_idtoken i WHERE i.id = a.id_token_id))
                + (SELECT count(*) FROM oauth2_provider_accesstoken a WHERE a.source_refresh_token_id IS NOT NULL
                    AND NOT EXISTS (SELECT 1 FROM oauth2_provider_refreshtoken r
                        WHERE r.id = a.source_refresh_token_id))
                + (SELECT count(*) FROM oauth2_provider_refreshtoken r WHERE r.access_token_id IS NOT NULL
                    AND NOT EXISTS (SELECT 1 FROM oauth2_provider_accesstoken a WHERE a.id = r.access_token_id)) AS n
            """
        return try await database.read { session in try session.first(sql) { row in try row["n"] } ?? 0 }
    }
}

extension Session {
    fileprivate mutating func insertIDToken(_ id: Int, _ expires: String) throws {
        let end = try Timestamp(fixture: expires)
        try execute(
            """
            INSERT INTO oauth2_provider_idtoken (id, jti, expires, scope, created, updated)
            VALUES (\(id), \(UniqueID.random { _ in id }), \(end), '', \(end), \(end))
            """)
    }

    fileprivate mutating func insertAccessToken(_ id: Int, _ expires: String, idToken: Int? = nil) throws {
        let end = try Timestamp(fixture: expires)
        try execute(
            """
            INSERT INTO oauth2_provider_accesstoken
                (id, token, token_checksum, expires, scope, user_id, created, updated, id_token_id)
            VALUES (\(id), \("t\(id)"), \("s\(id)"), \(end), '', 11, \(end), \(end), \(idToken))
            """)
    }

    fileprivate mutating func insertRefreshToken(_ id: Int, access: Int?, revoked: String?) throws {
        let then = Timestamp(microseconds: 0)
        try execute(
            """
            INSERT INTO oauth2_provider_refreshtoken
                (id, token, access_token_id, application_id, user_id, created, updated, revoked)
            VALUES (\(id), \("r\(id)"), \(access), (SELECT min(id) FROM oauth2_provider_application), 11, \(then),
                \(then), \(revoked.flatMap { Timestamp($0) }))
            """)
    }

    fileprivate mutating func insertGrant(_ id: Int, _ expires: String) throws {
        let end = try Timestamp(fixture: expires)
        try execute(
            """
            INSERT INTO oauth2_provider_grant (id, code, expires, redirect_uri, scope, application_id, user_id, created,
                updated, code_challenge, code_challenge_method, nonce, claims)
            VALUES (\(id), \("c\(id)"), \(end), '', '', (SELECT min(id) FROM oauth2_provider_application), 11, \(end),
                \(end), '', '', '', '')
            """)
    }
}
