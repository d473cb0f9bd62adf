import Bytes
import Command
import Store
import Support
import Testing
import Worker

@testable import Jobs

/// Each job of the table, killed in this process at each of the engine's points, among all others.
@Suite("Every job, killed")
struct KilledJobsTests {
    @Test("all jobs of the table are tried")
    func jobs() {
        #expect(DisturbedJob.all.map(\.name.text) == JobTable.all.map(\.name.text))
    }

    @Test("each has something to do in this world", arguments: DisturbedJob.all)
    func effects(job: DisturbedJob) async throws {
        try await withDatabase(.sqlite, .jobs) { test in
            let world = try await JobsWorld(test)
            let before = try await world.state()
            let outcome = try await job.run(world, "host/1", Death(at: nil))
            #expect(outcome.status == .done, "\(outcome.counts)")
            if job.name == CheckRequirementTrees.name {
                #expect(outcome.counter("findings") == 1)
            } else {
                let after = try await world.state()
                #expect(after != before, "\(outcome.counts)")
            }
        }
    }

    @Test(
        "at each pass of each point: the next runs do the rest, nothing is lost and nothing happens twice",
        arguments: DisturbedJob.all)
    func everyPass(job: DisturbedJob) async throws {
        let deaths = try await kill(job, on: .sqlite, at: EnginePoints.all, passes: 1...60)
        // Every job begins and ends; all but the one that only reads write something too.
        #expect(deaths >= (job.name == CheckRequirementTrees.name ? 3 : 5), "\(deaths)")
    }

    @Test("on PostgreSQL too", arguments: DisturbedJob.all)
    func postgres(job: DisturbedJob) async throws {
        try await kill(job, on: .postgres, at: [EnginePoints.written], passes: 1...1)
    }

    /// How often it came to a death.
    @discardableResult private func kill(
        _ job: DisturbedJob, on engine: Engine, at points: [FaultPoint], passes: ClosedRange<Int>
    ) async throws -> Int {
        let undisturbed = try await ending(of: job, on: engine, death: Death(at: nil))
        var deaths = 0
        for point in points {
            for pass in passes {
                let death = Death(at: point, pass: pass)
                let state = try await ending(of: job, on: engine, death: death)
                guard death.isDead else { break }
                deaths += 1
                #expect(
                    state == undisturbed,
                    "\(point.name):\(pass): \(state.difference(from: undisturbed).map { "\($0)" })")
            }
        }
        return deaths
    }

    /// What there is in the end when one run of the job is the first, and then it and all others run again.
    private func ending(of job: DisturbedJob, on engine: Engine, death: Death) async throws -> [String] {
        try await withDatabase(engine, .jobs) { test in
            let world = try await JobsWorld(test)
            do {
                _ = try await job.run(world, "host/1", death)
            } catch {
                guard death.isDead else { throw error }
            }
            // Nobody is behind the job in the end if it never came by the point.
            if !death.isDead && death.isArmed { return [] }
            for job in [job] + DisturbedJob.all {
                // Later than the end of any lease, lock or postponement.
                world.stage.clock.advance(by: .seconds(3600))
                _ = try await job.run(world, "host/2", Death(at: nil))
            }
            return try await world.state()
        }
    }
}
