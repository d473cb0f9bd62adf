import Bytes
import Command
import Flows
import Store
import Support
import Testing
import Worker

@testable import Jobs

/// The job `send-outbox` over entries of several kinds.
@Suite("Job send-outbox")
struct SendOutboxTests {
    private static func fulfil(_ stage: RetryStage) async throws {
        let now = stage.clock.now
        try await stage.write { session in
            try session.insertOrder(5, of: 11)
            try OrderEnrollments.add(run: 1, of: 11, order: 5, stamp: "gateway:orders", at: now, in: &session)
        }
    }

    private static func outbox(_ stage: RetryStage) async throws -> [String] {
        try await stage.database.read { session in try session.outboxLines(doneToo: true) }
    }

    @Test(
        "killed at any point and run again, it enrolls whoever paid once, and has one mail sent",
        arguments: Engine.allCases)
    func deaths(engine: Engine) async throws {
        var deaths = 0
        for point in EnginePoints.all {
            for pass in 1...9 {
                let death = Death(at: point, pass: pass)
                try await withRetryStage(engine) { stage async throws in
                    try await Self.fulfil(stage)
                    _ = try? await stage.base.run(checkpoint: death.pass) { try SendOutbox($0) }
                    stage.clock.advance(by: .seconds(900))
                    try await stage.base.run("host/2") { try SendOutbox($0) }
                    #expect(
                        stage.lms.effects == [.enrolled("ada_l", run: RetryStage.run, mode: "verified")],
                        "\(point) \(pass)")
                    #expect(try await stage.enrollment()?.hasPrefix("active verified edx") == true, "\(point) \(pass)")
                    let lines = try await Self.outbox(stage)
                    #expect(
                        lines.filter { $0.hasPrefix("enroll ") } == ["enroll enrollment:1 done"], "\(point) \(pass)")
                    #expect(lines.filter { $0.hasPrefix("mail ") }.count == 1, "\(point) \(pass)")
                    #expect(lines.count == 2, "\(point) \(pass)")
                }
                guard death.isDead else { break }
                deaths += 1
            }
        }
        #expect(deaths >= 6)
    }

    @Test("a dry run tells what it would do, asks nobody and changes nothing", arguments: Engine.allCases)
    func dry(engine: Engine) async throws {
        try await withRetryStage(engine) { stage async throws in
            try await Self.fulfil(stage)
            let now = stage.clock.now
            try await stage.write { session in
                try ProfileNotice(.profile, of: 11).post(at: now, in: &session)
                try Mail(.enrollment, occasion: "test", user: 11).post(at: now, in: &session)
            }
            let before = try await Self.outbox(stage)
            let outcome = try await stage.base.run(isDryRun: true) { try SendOutbox($0) }
            #expect(outcome.counts == "selected 2")
            #expect(Set(stage.told.all) == ["do profile profile:11", "do enroll enrollment:1"])
            #expect(stage.lms.requestCount == 0)
            #expect(try await Self.outbox(stage) == before)
        }
    }
}
