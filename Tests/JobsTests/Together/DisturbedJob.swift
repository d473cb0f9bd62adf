import Command
import Support
import Testing
import Worker

@testable import Jobs

/// A job as tests of all jobs start it, whatever its type.
struct DisturbedJob: Sendable, CustomTestStringConvertible {
    let name: JobName
    /// Runs it once in a process that may die. What the dead one held stays held until it ends.
    let run: @Sendable (JobsWorld, _ owner: String, Death) async throws -> Outcome

    init<J: ConfiguredJob>(_: J.Type) {
        name = J.name
        run = { world, owner, death in
            let mortal = MortalWorld(death: death)
            do {
                return try await world.stage.run(
                    owner, checkpoint: death.pass, transport: mortal.transport(over: world.transport),
                    locks: mortal.locks, numbers: world.numbers, atOnce: 1
                ) { resources in try J(resources) }
            } catch {
                try await mortal.leaveLocks(on: world.stage)
                throw error
            }
        }
    }

    var testDescription: String { name.text }

    /// In the order of ``JobTable``.
    static let all = [
        DisturbedJob(RetryEnrollments.self), DisturbedJob(RepairUsers.self), DisturbedJob(SyncCourseRuns.self),
        DisturbedJob(GenerateCertificates.self), DisturbedJob(GenerateProgramCertificates.self),
        DisturbedJob(UpgradeProgramEnrollments.self), DisturbedJob(CheckRequirementTrees.self),
        DisturbedJob(IssueCredentials.self), DisturbedJob(ClearTokens.self), DisturbedJob(ProcessInbox.self),
        DisturbedJob(SendOutbox.self),
    ]
}
