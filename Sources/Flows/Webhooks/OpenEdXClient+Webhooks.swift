import Command
import HTTP
import Services

extension OpenEdXClient {
    /// How long the LMS has while the sender of a webhook waits, which gives up after 30 s (`spec/openedx.md` §12.3).
    static let webhookBudget = Duration.seconds(20)

    /// The client for one event that was just received: its calls have 20 s in all, and there is no second attempt.
    public static func forWebhook(
        _ settings: OpenEdXSettings, over base: any Transport, limiter: any RateLimiter, log: Log, time: TimeSource
    ) -> OpenEdXClient {
        let transport = transport(
            over: base, limiter: limiter, log: log, time: time, policy: RetryPolicy(attempts: 1), random: { 0 },
            sleep: { _ in })
        return OpenEdXClient(settings, over: transport, time: time)
            .before(Deadline(at: time.steady() + webhookBudget))
    }
}
