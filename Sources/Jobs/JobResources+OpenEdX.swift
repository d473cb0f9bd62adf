import Flows
import HTTP
import Services
import Worker

extension JobResources {
    /// The transport to Open edX within a run: limited, repeated, logged, and silent once the lease is lost.
    func openEdXTransport(in context: JobContext) -> some Transport {
        let numbers = numbers
        return OpenEdXClient.transport(
            over: context.guarded(transport), limiter: limiter, log: context.log, time: context.time,
            random: { Double(numbers.number(0...999_999)) / 1_000_000 }, sleep: sleep)
    }

    /// The client for Open edX within a run.
    func openEdX(_ settings: OpenEdXSettings, in context: JobContext) -> OpenEdXClient {
        OpenEdXClient(settings, over: openEdXTransport(in: context), time: context.time)
    }

    /// The tokens with which the run acts as learners.
    func tokens(_ client: OpenEdXClient, in context: JobContext) -> LearnerTokens {
        LearnerTokens(database: context, client: client, locks: locks, time: context.time, log: context.log)
    }

    /// What sees to it that learners have accounts.
    func accounts(_ client: OpenEdXClient, in context: JobContext) -> AccountRepair {
        AccountRepair(
            database: context, client: client, locks: locks, tokens: tokens(client, in: context), time: context.time,
            random: numbers, log: context.log)
    }
}
