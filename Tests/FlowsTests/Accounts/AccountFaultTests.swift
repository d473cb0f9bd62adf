import Bytes
import Command
import Services
import Store
import Testing
import Worker

@testable import Flows
@testable import Records
@testable import Support

@Suite("Account repair in bad weather") struct AccountFaultTests {
    @Test(
        "EDX-16 wherever the process ends, the next one ends up where an undisturbed one does",
        arguments: Engine.allCases, [1, 2, 3])
    func endOfProcess(_ engine: Engine, _ write: Int) async throws {
        try await withStage(engine, AccountRepairTests.jeff) { stage async throws in
            var stage = stage
            stage.random = .system
            // The first name is taken, so that there are three writes.
            stage.lms.add(LMSUser("jeff", email: "other@example.com"))
            stage.database.end(beforeWrite: write)
            await #expect(throws: CountingTransactions.Ended.self) { try await stage.repair.repair(11) }
            stage.database.restart()
            let outcome = try await stage.repair.repair(11)
            #expect(outcome.username == "jeff_1")
            #expect(try await stage.account() == "jeff_1 (wish jeff) synced")
            #expect(stage.lms.effects == [.accountCreated("jeff_1", email: "ada@example.org")])
            // The token of the process that ended expires by itself.
            #expect(try await stage.count("oauth2_provider_accesstoken") == (write == 1 ? 0 : 1))
        }
    }

    @Test("Whatever goes wrong on the way, the learner gets one account at last", arguments: UInt64(0)..<60)
    func randomFaults(_ seed: UInt64) async throws {
        try await withStage(.sqlite, AccountRepairTests.jeff) { stage async throws in
            var stage = stage
            stage.random = .system
            // Not both: a name and an address that two others hold are bad input to Open edX, and on record as such.
            switch seed % 3 {
            case 1: stage.lms.add(LMSUser("jeff", email: "other@example.com"))
            case 2: stage.lms.add(LMSUser("platform", email: "ada@example.org", isLTIMade: true))
            default: break
            }
            stage.lms.randomFaults(seed: seed, percent: 40)
            var outcome: AccountOutcome?
            for _ in 0..<40 where outcome == nil {
                do {
                    outcome = try await stage.repair.repair(11)
                } catch {
                    #expect(error is ServiceError, "\(error)")
                }
            }
            stage.lms.heal()
            stage.lms.applyLateRequests()
            let username = try #require(outcome?.username, "\(String(describing: outcome)): \(stage.journal)")
            #expect(try await stage.account() == "\(username) (wish jeff) synced")
            let accounts = stage.lms.state.users.filter { $0.email == "ada@example.org" }
            #expect(accounts.map(\.username) == [username])
        }
    }

    @Test("What is printed of a learner is a number")
    func printed() async throws {
        try await withStage(.sqlite, LearnerTokensTests.withTokens(until: "2026-09-15T12:01:30Z")) {
            stage async throws in
            var text = ""
            let values: [any Sendable] = try await stage.database.read { session in
                [
                    try session.learner(11) as any Sendable, try session.openEdXAccount(of: 11) as any Sendable,
                    try session.openEdXTokens(of: 11) as any Sendable,
                ]
            }
            let outcomes: [AccountOutcome] = [.created(username: "ada_l"), .present(username: "ada_l")]
            for value in values + outcomes {
                text += "\(value) \(String(reflecting: value)) "
                dump(value, to: &text)
            }
            for datum in AccountStage.canaries { #expect(!text.lowercased().contains(datum), "\(datum): \(text)") }
            #expect(text.contains("learner 11"))
        }
    }
}
