import Command
import Services
import Store
import Support
import Testing
import Worker

@testable import Jobs

/// The commands about learners (`spec/openedx.md` §17), as the jobs that they run.
@Suite("Operator commands on learners")
struct OperatorUsersTests {
    private static let retirer = [
        "OPENEDX_RETIREMENT_SERVICE_WORKER_CLIENT_ID": "retirer",
        "OPENEDX_RETIREMENT_SERVICE_WORKER_CLIENT_SECRET": "canary-retirer",
    ]

    @Test("repair-users takes those it is told, whatever is on record for them", arguments: Engine.allCases)
    func repair(engine: Engine) async throws {
        try await withJobStage(engine, environment: ["DISABLE_USER_REPAIR_TASK": "true"]) { stage async throws in
            stage.openSiteSessions()
            for (id, name) in zip(12..., ["bob", "cyd", "dan"]) { try await stage.addLearner(id, name) }
            let later = stage.clock.now
            try await stage.write { session in
                try session.insertAccount(of: 12, "bob", desired: "bob", hasSyncError: true)
                try session.execute("UPDATE users_user SET created_on = \(later) WHERE id = 13")
                try Items(of: RepairUsers.name).postponed(
                    "learner:13", "x", for: .seconds(9999), at: later, in: &session)
            }
            let outcome = try await stage.run(isByHand: true) {
                try RepairUsers($0, .learners([13, 12, 12]), isByHand: true)
            }
            #expect(outcome.counts == "selected 2, accounts_created 2, tokens_created 2")
            #expect(try await stage.count("item") == 0)
            #expect(
                try await stage.stateOfUsers()[1...3] == [
                    "12: bob (wish bob) synced, tokens true", "13: cyd (wish cyd) synced, tokens true",
                    "14: -, tokens -",
                ])
            let all = try await stage.run(isByHand: true) { try RepairUsers($0, .due, isByHand: true) }
            #expect(all.counts == "selected 2, accounts_created 1, tokens_created 2")
        }
    }

    @Test("repair-usernames takes active learners with a name here and none there", arguments: Engine.allCases)
    func usernames(engine: Engine) async throws {
        try await withJobStage(engine) { stage async throws in
            stage.openSiteSessions()
            for (id, name) in zip(12..., ["bob", "cyd", "dan", "eve", "fay"]) { try await stage.addLearner(id, name) }
            try await stage.write { session in
                try session.insertAccount(of: 12, nil)
                try session.insertAccount(of: 13, "cyd_w")
                try session.execute("UPDATE users_user SET username = email WHERE id = 14")
                try session.execute("UPDATE users_user SET is_active = \(false) WHERE id = 15")
            }
            func run(_ ids: [Int]?) async throws -> Outcome {
                try await stage.run(isByHand: true, atOnce: 1) { try RepairUsers($0, .unnamed(ids), isByHand: true) }
            }
            #expect(try await run([13, 14, 15]).counts == "")
            #expect(try await run([12]).counts == "selected 1, accounts_created 1, tokens_created 1")
            #expect(try await run(nil).counts == "selected 1, accounts_created 1, tokens_created 1")
            #expect(stage.lms.state.users.map(\.username) == ["ada_l", "bob", "fay"])
        }
    }

    /// The existing command deletes the old tokens first, and prints the new ones.
    @Test("regenerate-tokens replaces tokens, and keeps the old ones when that fails", arguments: Engine.allCases)
    func tokens(engine: Engine) async throws {
        try await withJobStage(engine) { stage async throws in
            stage.openSiteSessions()
            try await stage.completeAda()
            func line() async throws -> String? {
                try await stage.database.read { session in try session.tokenLine(of: 11) }
            }
            let before = try await line()
            let dry = try await stage.run(isDryRun: true) { try RegenerateTokens($0, users: [11]) }
            #expect(dry.counts == "selected 1")
            #expect(stage.told.all == ["replace the tokens of learner 11"])
            stage.lms.fault(.status(500), on: .codeExchange)
            let failure = await #expect(throws: Failure.self) {
                try await stage.run(isByHand: true) { try RegenerateTokens($0, users: [11]) }
            }
            #expect(failure?.status == .unavailable)
            #expect(try await line() == before)
            let outcome = try await stage.run(isByHand: true) { try RegenerateTokens($0, users: [11]) }
            #expect(outcome.counts == "selected 1, tokens_created 1")
            let after = try #require(try await line())
            #expect(after != before)
            for token in after.split(separator: " ").prefix(2) { #expect(!stage.log.text.contains(token)) }
        }
    }

    @Test(
        "regenerate-tokens is refused when a learner has no account, and nothing is done for the others",
        arguments: Engine.allCases)
    func noAccount(engine: Engine) async throws {
        try await withJobStage(engine) { stage async throws in
            stage.openSiteSessions()
            try await stage.addLearner(12, "bob")
            try await stage.addLearner(13, "cyd")
            try await stage.write { session in try session.insertAccount(of: 13, "cyd") }
            for user in [12, 13] {
                let failure = await #expect(throws: Failure.self) {
                    try await stage.run(isByHand: true) { try RegenerateTokens($0, users: [11, user]) }
                }
                #expect(failure?.status == .data)
                #expect(failure?.message.hasPrefix("learner \(user) has no account at Open edX yet") == true)
            }
            #expect(stage.lms.requestCount == 0)
        }
    }

    @Test(
        "update-profiles sends what is on record, of those it is told or of all with an account",
        arguments: Engine.allCases)
    func profiles(engine: Engine) async throws {
        try await withJobStage(engine) { stage async throws in
            stage.openSiteSessions()
            try await stage.completeAda()
            try await stage.addLearner(12, "bob")
            try await stage.addLearner(13, "cyd")
            try await stage.write { session in
                try session.insertAccount(of: 12, "bob", isSynced: true)
                try session.insertAccount(of: 13, "cyd")
            }
            stage.lms.add(LMSUser("bob", email: "bob@example.org"))
            let dry = try await stage.run(isDryRun: true) { try UpdateProfiles($0, users: nil) }
            #expect(dry.counts == "selected 2")
            #expect(stage.lms.requestCount == 0)
            let chosen = try await stage.run(isByHand: true) { try UpdateProfiles($0, users: [11, 13]) }
            #expect(chosen.counts == "selected 2, profiles_updated 1, unsynced 1")
            let all = try await stage.run(isByHand: true) { try UpdateProfiles($0, users: nil) }
            #expect(all.counts == "selected 2, profiles_updated 2")
            #expect(stage.lms.effects.count { $0 == .profileChanged("ada_l") } == 2)
            #expect(stage.lms.effects.count { $0 == .profileChanged("bob") } == 1)
        }
    }

    @Test("retire-users has accounts retired, tells who was not, and changes nothing here", arguments: Engine.allCases)
    func retire(engine: Engine) async throws {
        try await withJobStage(engine, environment: Self.retirer) { stage async throws in
            try await stage.addLearner(12, "bob")
            try await stage.addLearner(13, "cyd")
            try await stage.write { session in try session.insertAccount(of: 12, "bob", isSynced: true) }
            stage.lms.update { state in
                state.oauthClients["retirer"] = "canary-retirer"
                state.retirementClients = ["retirer"]
            }
            let before = try await stage.stateOfUsers().filter { !$0.hasPrefix("account") }
            let dry = try await stage.run(isDryRun: true) { try RetireUsers($0, users: [11, 12]) }
            #expect(dry.counts == "selected 2")
            #expect(stage.lms.requestCount == 0)
            let outcome = try await stage.run(isByHand: true) { try RetireUsers($0, users: [11, 12]) }
            #expect(outcome.counts == "selected 2, retired 1, failed 1")
            #expect(outcome.status == .partly)
            #expect(stage.lms.effects == [.retired("ada_l")])
            #expect(stage.lms.count(.retirement) == 1)
            #expect(try await stage.stateOfUsers().filter { !$0.hasPrefix("account") } == before)
            let failure = await #expect(throws: Failure.self) {
                try await stage.run(isByHand: true) { try RetireUsers($0, users: [11, 13]) }
            }
            #expect(failure?.status == .data)
            let told = try await stage.toldOfUsers()
            for datum in JobStage.usersCanaries { #expect(!told.contains(datum), "\(datum): \(told)") }
        }
    }

    @Test("retire-users with a client that may not ends with 78", arguments: Engine.allCases)
    func retireRefused(engine: Engine) async throws {
        try await withJobStage(engine, environment: Self.retirer) { stage async throws in
            for secret in ["another", "canary-retirer"] {
                stage.lms.update { $0.oauthClients["retirer"] = secret }
                let failure = await #expect(throws: Failure.self) {
                    try await stage.run(isByHand: true) { try RetireUsers($0, users: [11]) }
                }
                #expect(failure?.status == .configuration)
            }
            #expect(stage.lms.effects.isEmpty)
        }
    }
}
