import Command
import Store
import Support
import Testing
import Worker

@testable import Jobs

/// `repair-users` killed wherever the engine comes by.
@Suite("Repair of users: killed")
struct RepairKilledTests {
    /// Who needs everything, a name that is taken, tokens alone; an account that is refused; one that fails for the moment.
    private func withLearners(_ engine: Engine, _ body: (JobStage) async throws -> Void) async throws {
        try await withJobStage(engine) { stage async throws in
            stage.openSiteSessions()
            try await stage.addLearner(12, "bob")
            try await stage.addLearner(13, "cyd")
            try await stage.addLearner(14, "dan")
            try await stage.addLearner(15, "eve")
            stage.lms.add(LMSUser("cyd", email: "other@example.com"))
            stage.lms.add(LMSUser("dan_2", email: "dan@example.org"))
            stage.lms.fault(.status(500), on: .registration, times: .max) { $0.field("username") == "eve" }
            try await body(stage)
        }
    }

    private func undisturbed() async throws -> [String] {
        var state: [String] = []
        try await withLearners(.sqlite) { stage async throws in
            let outcome = try await stage.run(atOnce: 1) { try RepairUsers($0) }
            #expect(
                outcome.counts == "selected 5, accounts_created 2, tokens_created 3, sync_errors 1, failed 1")
            state = try await stage.stateOfUsers().map(Self.withoutNumber)
        }
        return state
    }

    /// The line without how often somebody failed.
    private static func withoutNumber(_ line: String) -> String {
        line.hasPrefix("item ") ? line.split(separator: " ").dropLast().joined(separator: " ") : line
    }

    @Test(
        "at each pass of each point: the next run ends as an undisturbed one, without a second account",
        arguments: [
            EnginePoints.began, EnginePoints.writing, EnginePoints.written, EnginePoints.ending, EnginePoints.ended,
        ]
        .map(\.name), Engine.allCases)
    func killed(name: String, engine: Engine) async throws {
        let expected = try await undisturbed()
        let point = try #require(EnginePoints.all.first { $0.name == name })
        var pass = 1
        while true {
            let number = pass
            var isReached = false
            try await withLearners(engine) { stage async throws in
                let death = Death(at: point, pass: number)
                _ = try? await stage.run(checkpoint: death.pass, atOnce: 1) { try RepairUsers($0) }
                isReached = death.isDead
                guard isReached else { return }
                // The leases of the dead end by themselves, and so does the wait of who failed.
                stage.clock.advance(by: .seconds(3600))
                for _ in 0..<2 {
                    _ = try? await stage.run("host/2", atOnce: 1) { try RepairUsers($0) }
                }
                // Every token for a registration is taken back, those of the dead too. How often eve failed depends on the death.
                #expect(try await stage.stateOfUsers().map(Self.withoutNumber) == expected, "\(name) \(number)")
            }
            guard isReached else { break }
            // A database of PostgreSQL costs more.
            pass += engine == .sqlite ? 1 : 4
        }
        #expect(pass > 1)
    }
}
