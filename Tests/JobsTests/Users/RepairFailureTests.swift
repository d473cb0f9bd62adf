import Command
import Services
import Store
import Support
import Testing
import Worker

@testable import Jobs

/// What `repair-users` does when Open edX fails (`spec/openedx.md` §5.5, Improve).
@Suite("Repair of users: failures")
struct RepairFailureTests {
    private static let names = [
        "bob", "cyd", "dan", "eve", "fay", "gil", "hal", "ivy", "jan", "kim", "lou", "mia", "ned", "ona", "pia",
    ]

    private func withLearners(
        _ engine: Engine, _ count: Int, _ body: (JobStage) async throws -> Void
    ) async throws {
        try await withJobStage(engine) { stage async throws in
            stage.openSiteSessions()
            try await stage.completeAda()
            for (id, name) in zip(12..., Self.names.prefix(count)) { try await stage.addLearner(id, name) }
            try await body(stage)
        }
    }

    /// The existing application tries everybody again every half an hour.
    @Test("who fails again and again is tried less and less often, at least daily", arguments: Engine.allCases)
    func backOff(engine: Engine) async throws {
        try await withLearners(engine, 2) { stage async throws in
            stage.lms.fault(.status(500), on: .registration, times: .max) { $0.field("username") == "cyd" }
            let minutes = [30, 60, 120, 240, 480, 960, 1440, 1440]
            for (number, wait) in minutes.enumerated() {
                let outcome = try? await stage.run(atOnce: 1) { try RepairUsers($0) }
                if number == 0 {
                    #expect(outcome?.counts == "selected 2, accounts_created 1, tokens_created 1, failed 1")
                }
                #expect(
                    try await stage.dueTime(of: 13) == stage.clock.now.adding(seconds: Int64(60 * wait)),
                    "after \(number)")
                #expect(try await stage.dueTime(of: 12) == nil)
                stage.clock.advance(by: .seconds(60 * wait - 1))
                #expect(try await stage.run(RepairUsers.self).counts == "", "a second too early")
                stage.clock.advance(by: .seconds(1))
            }
            #expect(stage.lms.count(.registration) == 1 + minutes.count)
            stage.lms.heal()
            #expect(try await stage.run(RepairUsers.self).counts == "selected 1, accounts_created 1, tokens_created 1")
            #expect(try await stage.dueTime(of: 13) == nil)
            let told = try await stage.toldOfUsers()
            for datum in JobStage.usersCanaries { #expect(!told.contains(datum), "\(datum): \(told)") }
        }
    }

    @Test("the back-off of who was repaired by somebody else is forgotten", arguments: Engine.allCases)
    func elsewhere(engine: Engine) async throws {
        try await withLearners(engine, 2) { stage async throws in
            stage.lms.fault(.status(500), on: .registration, times: .max) { $0.field("username") == "cyd" }
            _ = try await stage.run(atOnce: 1) { try RepairUsers($0) }
            #expect(try await stage.count("item") == 1)
            try await stage.write { session in
                try session.execute("UPDATE openedx_openedxuser SET has_been_synced = \(true) WHERE user_id = 13")
                try session.insertTokens(of: 13, expiry: nil)
            }
            try await stage.run(RepairUsers.self)
            #expect(try await stage.count("item") == 0)
        }
    }

    /// Of whatever kind: a header that is missing fails for everybody too.
    @Test("ten failures in a row end the run, nine do not", arguments: [503, 500, 403], Engine.allCases)
    func outage(status: Int, engine: Engine) async throws {
        try await withLearners(engine, 15) { stage async throws in
            stage.lms.fault(.status(status), on: .registration, times: .max)
            let failure = await #expect(throws: Failure.self) { try await stage.run(atOnce: 1) { try RepairUsers($0) } }
            #expect(failure?.status == .unavailable)
            #expect(stage.lms.count(.registration) == 10)
            #expect(try await stage.count("item") == 10)
            stage.lms.heal()
            // The others are not held up by those.
            let next = try await stage.run(atOnce: 1) { try RepairUsers($0) }
            #expect(next.counts == "selected 5, accounts_created 5, tokens_created 5")
        }
        try await withLearners(engine, 15) { stage async throws in
            let good = ["kim", "pia"]
            stage.lms.fault(.status(status), on: .registration, times: .max) {
                !good.contains($0.field("username") ?? "")
            }
            let outcome = try await stage.run(atOnce: 1) { try RepairUsers($0) }
            #expect(outcome.counts == "selected 15, accounts_created 2, tokens_created 2, failed 13")
            #expect(outcome.status == .partly)
        }
    }

    @Test("a refused credential ends the run at once, and nobody has to wait for it", arguments: Engine.allCases)
    func credential(engine: Engine) async throws {
        try await withLearners(engine, 3) { stage async throws in
            stage.lms.update { $0.oauthClients = [:] }
            let failure = await #expect(throws: Failure.self) { try await stage.run(atOnce: 1) { try RepairUsers($0) } }
            #expect(failure?.status == .configuration)
            #expect(try await stage.count("item") == 0)
        }
    }

    @Test(
        "without MITx Online's OAuth application nothing is registered, and the run ends with 78",
        arguments: Engine.allCases)
    func application(engine: Engine) async throws {
        try await withLearners(engine, 3) { stage async throws in
            try await stage.write { session in try session.execute("DELETE FROM oauth2_provider_application") }
            let failure = await #expect(throws: Failure.self) { try await stage.run(RepairUsers.self) }
            #expect(failure?.status == .configuration)
            #expect(failure?.message.contains("OPENEDX_OAUTH_APP_NAME") == true)
            #expect(stage.lms.count(.registration) == 0)
            #expect(try await stage.count("item") == 0)
        }
    }

    @Test("a learner whom another process is at is left to it", arguments: Engine.allCases)
    func busy(engine: Engine) async throws {
        try await withLearners(engine, 2) { stage async throws in
            let others = LeaseLocks(
                in: stage.database, owner: "host/2", time: stage.clock.source, sleep: stage.clock.sleep)
            let outcome = try await others.holding("user:12", wait: .zero) {
                try await stage.run(atOnce: 1) { try RepairUsers($0) }
            }
            #expect(outcome.counts == "selected 2, accounts_created 1, tokens_created 1, failed 1")
            #expect(try await stage.count("item") == 0)
        }
    }
}
