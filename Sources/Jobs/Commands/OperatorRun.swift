import Command
import Worker

extension Workshop {
    /// Runs a job that an operator started, and prints what it counted.
    ///
    /// - Parameter nothing: what to say when there was nothing to do.
    func runByHand<J: ConfiguredJob>(
        _ job: J, isDryRun: Bool, nothing: String
    ) async throws -> Outcome {
        let outcome = try await engine.run(job, isDryRun: isDryRun, isByHand: true)
        try invocation.print(outcome, text: outcome.counts.isEmpty ? nothing : outcome.counts)
        return outcome
    }
}
