import Bytes
import Command
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
    let lms = StubLMS()
    let locks = InMemoryLocks()
    let logged = LogLinesInMemory()
    var random = RandomNumbers { min(max($0.lowerBound, 7), $0.upperBound) }

    private var time: TimeSource { TimeSource(now: { AccountStage.noon }, steady: { .zero }) }

    func tokens(ignoresFailures: Bool = true) -> LearnerTokens {
        LearnerTokens(
            database: database, client: lms, locks: locks,
            settings: LearnerTokens.Settings(secretKey: Secret("canary-key"), ignoresFailures: ignoresFailures),
            time: time,
            log: logged.log)
    }

    var repair: AccountRepair {
        AccountRepair(
            database: database, client: lms, locks: locks, tokens: tokens(),
            settings: AccountRepair.Settings(applicationName: "edx-oauth-app", tokenLife: .seconds(1000 * 3600)),
            time: time, random: random, log: logged.log)
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
        let stage = AccountStage(database: CountingTransactions(test.database))
        try await body(stage)
        for datum in ["ada", "lovelace", "jeff", "example.org", "canary", "rt-", "at-", "c-9", "pbkdf2"] {
            #expect(!stage.logged.text.lowercased().contains(datum), "\(datum) was logged: \(stage.logged.text)")
        }
        for token in await stage.lms.tokensSeen {
            #expect(!stage.logged.text.contains(token.revealed))
        }
        #expect(await stage.locks.names.isEmpty, "no lock is left behind")
    }
}
