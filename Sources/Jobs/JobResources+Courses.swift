import Command
import Flows
import Services
import Worker

extension JobResources {
    /// The client for Studio within a run.
    func studio(_ settings: StudioSettings, _ openEdX: OpenEdXSettings, in context: JobContext) -> StudioClient {
        StudioClient(self.openEdX(openEdX, in: context), settings)
    }

    /// The client for the content delivery network within a run.
    func fastly(_ settings: FastlySettings, in context: JobContext) -> FastlyClient {
        let numbers = numbers
        let transport = FastlyClient.transport(
            over: context.guarded(transport), log: context.log, time: context.time,
            random: { Double(numbers.number(0...999_999)) / 1_000_000 }, sleep: sleep)
        return FastlyClient(settings, over: transport, time: context.time)
    }

    /// Sends the purges that wait, or says that none can be sent for the changes that were made.
    func sendPurges(_ settings: FastlySettings?, changes: Int, in context: JobContext) async throws {
        if let settings {
            try await CachePurges.sendAll(fastly(settings, in: context), in: context)
        } else if changes > 0, !context.isDryRun {
            context.log.info(
                "purge_skipped",
                ["problem": "MIT_LEARN_FASTLY_SERVICE_ID or MITX_ONLINE_FASTLY_AUTH_TOKEN is not set"])
        }
    }
}
