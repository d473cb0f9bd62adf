import Bytes
import Command
import Services
import Store
import Support
import Testing
import Worker

@testable import Jobs
@testable import Records

/// The job `repair-users` (`spec/openedx.md` §5.5).
@Suite("Repair of users")
struct RepairUsersTests {
    @Test("who lacks an account or tokens gets them, and nobody is asked for twice", arguments: Engine.allCases)
    func repairs(engine: Engine) async throws {
        try await withJobStage(engine) { stage async throws in
            stage.openSiteSessions()
            try await stage.addLearner(12, "bob")
            try await stage.addLearner(13, "cyd")
            try await stage.addLearner(14, "dan")
            try await stage.write { session in
                try session.insertAccount(of: 13, nil, desired: "cyd_w")
                try session.insertAccount(of: 14, "dan", desired: "dan", isSynced: true)
                try session.insertTokens(of: 14, expiry: nil)
            }
            // Learner 11 has an account without tokens, learner 14 has all.
            let outcome = try await stage.run(RepairUsers.self)
            #expect(outcome.counts == "selected 3, accounts_created 2, tokens_created 3")
            #expect(outcome.status == .done)
            let state = try await stage.stateOfUsers()
            #expect(
                state.prefix(5) == [
                    "11: ada_l (wish ada_l) synced, tokens true", "12: bob (wish bob) synced, tokens true",
                    "13: cyd_w (wish cyd_w) synced, tokens true", "14: dan (wish dan) synced, tokens true", "issued 0",
                ])
            #expect(stage.lms.effects.count == 5, "two accounts, three pairs of tokens")
            let requests = stage.lms.requestCount
            #expect(try await stage.run(RepairUsers.self).counts == "")
            #expect(stage.lms.requestCount == requests)
            let told = try await stage.toldOfUsers()
            for datum in JobStage.usersCanaries { #expect(!told.contains(datum), "\(datum): \(told)") }
        }
    }

    @Test(
        "EDX-19 only who is active, has logged in, is not brand-new and was not refused is selected",
        arguments: Engine.allCases)
    func selection(engine: Engine) async throws {
        try await withJobStage(engine) { stage async throws in
            stage.openSiteSessions()
            try await stage.completeAda()
            try await stage.write { session in
                let old = "2026-09-15T11:00:00Z"
                try session.insertLearner(1, email: "a@example.org", createdOn: "2026-09-15T11:58:00Z")
                try session.insertLearner(2, email: "b@example.org", createdOn: old)
                try session.insertLearner(3, email: "c@example.org", createdOn: old)
                try session.insertLearner(4, email: "d@example.org", lastLogin: nil, createdOn: old)
                try session.insertLearner(5, email: "e@example.org", isActive: false, createdOn: old)
                for user in 1...5 {
                    try session.insertAccount(of: user, "user_\(user)", isSynced: true, hasSyncError: user == 3)
                }
            }
            for user in 1...5 { stage.lms.add(LMSUser("user_\(user)", email: "\(user)@example.org")) }
            let now = stage.clock.now
            let backlog = try await stage.database.read { session in try RepairUsers.backlog(at: now, in: &session) }
            #expect(backlog == Backlog(count: 1, oldest: Timestamp("2026-09-15T11:00:00Z")))
            #expect(try await stage.run(RepairUsers.self).counts == "selected 1, tokens_created 1")
            let issued = stage.lms.effects
            #expect(issued == [.tokensIssued("user_2")])
        }
    }

    /// In the existing application the flag leaves one line too. An empty variable is one that is not set.
    @Test(
        "EDX-20 silenced, it asks neither the database nor Open edX, says so once, and needs no other setting",
        arguments: Engine.allCases,
        [
            [:],
            ["OPENEDX_API_BASE_URL": "", "MITX_ONLINE_BASE_URL": "x", "SECRET_KEY": "", "OPENEDX_API_CLIENT_ID": ""],
        ])
    func disabled(engine: Engine, others: [String: String]) async throws {
        let environment = others.merging(["DISABLE_USER_REPAIR_TASK": "true"]) { $1 }
        try await withJobStage(engine, environment: environment) { stage async throws in
            try await stage.addLearner(12, "bob")
            let before = await stage.database.statementCount
            let outcome = try await stage.run(RepairUsers.self)
            let statements = await stage.database.statementCount - before
            #expect(outcome.status == .done)
            #expect(outcome.counts == "")
            #expect(stage.lms.requestCount == 0)
            let lines = stage.log.text.split(separator: "\n")
            #expect(lines.count == 1)
            #expect(lines.first?.contains("user_repair_disabled") == true)
            // What is left are the engine's own: lease and ledger.
            let middle = await stage.database.statementCount
            try await stage.run { resources in try IdleJob(resources) }
            #expect(await stage.database.statementCount - middle == statements)
        }
    }

    @Test("EDX-14 a refused registration is on record, and is not tried again", arguments: Engine.allCases)
    func refused(engine: Engine) async throws {
        try await withJobStage(engine) { stage async throws in
            stage.openSiteSessions()
            try await stage.completeAda()
            try await stage.addLearner(12, "bob")
            stage.lms.add(LMSUser("bobby", email: "bob@example.org"))
            let outcome = try await stage.run(RepairUsers.self)
            #expect(outcome.counts == "selected 1, sync_errors 1")
            #expect(outcome.status == .partly)
            #expect(stage.lms.count(.registration) == 1)
            #expect(try await stage.run(RepairUsers.self).counts == "")
            let now = stage.clock.now
            let letters = try await stage.database.read { session in try RepairUsers.deadLetters(in: &session) }
            #expect(letters.map(\.key) == ["learner:12"])
            #expect(letters.map(\.problem) == ["registration refused: duplicate-email"])
            // An operator has seen to the other account.
            stage.lms.update { $0.users.removeAll { $0.username == "bobby" } }
            let count = try await stage.database.write { session in
                try RepairUsers.requeue(["learner:12", "learner:11"], at: now, in: &session)
            }
            #expect(count == 1)
            #expect(try await stage.run(RepairUsers.self).counts == "selected 1, accounts_created 1, tokens_created 1")
            let told = try await stage.toldOfUsers()
            for datum in JobStage.usersCanaries { #expect(!told.contains(datum), "\(datum): \(told)") }
        }
    }

    @Test("EDX-16 an account that a killed run registered is found, and no error stays", arguments: Engine.allCases)
    func recovers(engine: Engine) async throws {
        try await withJobStage(engine) { stage async throws in
            stage.openSiteSessions()
            try await stage.completeAda()
            try await stage.addLearner(12, "bob")
            try await stage.write { session in try session.insertAccount(of: 12, "bob", desired: "bob") }
            stage.lms.add(LMSUser("bob", email: "bob@example.org"))
            #expect(try await stage.run(RepairUsers.self).counts == "selected 1, tokens_created 1")
            let state = try await stage.stateOfUsers()
            #expect(state[1] == "12: bob (wish bob) synced, tokens true")
            #expect(stage.lms.effects == [.tokensIssued("bob")])
        }
    }

    /// The existing application counts a token that was not made.
    @Test("tokens that were not stored are not counted", arguments: Engine.allCases)
    func tokensNotStored(engine: Engine) async throws {
        try await withJobStage(engine) { stage async throws in
            stage.openSiteSessions()
            stage.lms.fault(.status(500), on: .authorize, times: .max)
            try await stage.addLearner(12, "bob")
            let outcome = try await stage.run(atOnce: 1) { try RepairUsers($0) }
            #expect(outcome.counter("tokens_created") == 0)
            #expect(outcome.counter("accounts_created") == 1)
            #expect(outcome.counter("failed") == 2)
            #expect(try await stage.database.read { session in try session.count("openedx_openedxapiauth") } == 0)
        }
    }

    @Test("a dry run tells what it would do, and does nothing", arguments: Engine.allCases)
    func dryRun(engine: Engine) async throws {
        try await withJobStage(engine) { stage async throws in
            try await stage.addLearner(12, "bob")
            let before = try await stage.stateOfUsers()
            let outcome = try await stage.run(isDryRun: true, atOnce: 1) { try RepairUsers($0) }
            #expect(outcome.counts == "selected 2")
            #expect(
                stage.told.all == [
                    "get tokens for the Open edX account of learner 11",
                    "make the Open edX account of learner 12, and get tokens for it",
                ])
            #expect(try await stage.stateOfUsers() == before)
            #expect(stage.lms.requestCount == 0)
        }
    }

    @Test("a page takes two statements, and who waits takes none", arguments: Engine.allCases)
    func statements(engine: Engine) async throws {
        var counts: [Int] = []
        for number in [0, 150, 450] {
            try await withJobStage(engine) { stage async throws in
                try await stage.completeAda()
                let later = stage.clock.now.adding(seconds: 3600)
                try await stage.write { session in
                    for id in 0..<number {
                        try session.insertLearner(100 + id, email: "l\(id)@example.org")
                        try Items(of: RepairUsers.name).postponed(
                            "learner:\(100 + id)", "x", for: .seconds(3600), at: later, in: &session)
                    }
                }
                let before = await stage.database.statementCount
                #expect(try await stage.run(RepairUsers.self).counts == "")
                counts.append(await stage.database.statementCount - before)
            }
        }
        #expect(counts[1] - counts[0] == 2)
        #expect(counts[2] - counts[0] == 3 * 2)
    }

    @Test("--limit takes the first that are due")
    func limit() async throws {
        try await withJobStage(.sqlite) { stage async throws in
            stage.openSiteSessions()
            for (id, name) in zip(12..., ["bob", "cyd", "dan"]) { try await stage.addLearner(id, name) }
            #expect(try await stage.run(RepairUsers.self, limit: 2).counter("selected") == 2)
            #expect(try await stage.run(RepairUsers.self).counter("selected") == 2)
        }
    }
}

/// What the engine does for a job that does nothing.
private struct IdleJob: ConfiguredJob {
    static let name: JobName = "idle"
    static let summary = "Does nothing"
    static let schedule = Schedule.byHand
    static let timeLimit = Duration.seconds(60)
    static let counters: [Counter] = []
    static let settings: [any AnySetting] = []

    init(_ resources: JobResources) throws(Failure) {}

    func run(_ context: JobContext) async throws {}
}
