import Command
import HTTP

/// The one call to the content delivery network (`spec/openedx.md` §3.23).
public struct FastlyClient: Sendable {
    static let service: StaticString = "Fastly"
    static let call: StaticString = "purge"
    /// How long a purge may take, its repetitions included.
    private static let timeLimit = Duration.seconds(30)

    private let settings: FastlySettings
    private let transport: any Transport
    private let time: TimeSource

    /// A client that sends through `transport`, which repeats (``transport(over:log:time:random:sleep:)``).
    public init(_ settings: FastlySettings, over transport: any Transport, time: TimeSource) {
        self.settings = settings
        self.transport = transport
        self.time = time
    }

    /// Has all copies that carry `key` looked at again before they are next shown; until then they are shown as they are
    /// (a soft purge).
    ///
    /// - Parameter key: the surrogate key: `mitxonline:course:course-v1:MITx+6.00x`.
    public func purge(_ key: String) async throws(ServiceError) {
        let path = "/service/\(FormEncoding.component(settings.serviceID))/purge/"
        var request = Request(
            FastlyClient.call, .post,
            RequestURL(settings.api, path + FormEncoding.component(key, keeping: ":+")))
        request.headers = [Header("Fastly-Key", "", settings.token), Header("fastly-soft-purge", "1")]
        request.isIdempotent = true
        let response: Response
        do {
            response = try await transport.send(request, within: Deadline(at: time.steady() + FastlyClient.timeLimit))
        } catch {
            throw ServiceError(
                FastlyClient.service, FastlyClient.call, FastlyClient.disposition(of: error),
                mayHaveHappened: error.mayHaveArrived, detail: error.description)
        }
        guard !(200...299).contains(response.status) else { return }
        throw ServiceError(
            FastlyClient.service, FastlyClient.call,
            FastlyClient.disposition(status: response.status, retryAfter: response.retryAfter(now: time.now())),
            mayHaveHappened: response.status >= 500, status: response.status, detail: "status \(response.status)")
    }

    /// What an answer that is no success means.
    static func disposition(status: Int, retryAfter: Duration?) -> Disposition {
        switch status {
        case 401, 403, 407: .systemic
        case 408, 425: .temporary
        case 429, 502, 503, 504, 520...529: .unavailable(retryAfter: retryAfter)
        case 400...499: .permanent
        default: .temporary
        }
    }

    /// What no answer means.
    static func disposition(of failure: TransportError) -> Disposition {
        switch failure.code {
        case .stopped: .stopped
        case .tooLarge, .bodyFailed, .withheld: .temporary
        case .invalidRequest: .systemic
        case .limited: .unavailable(retryAfter: failure.retryAfter)
        case .cannotConnect, .insecure, .timeout, .connectionLost, .malformed: .unavailable(retryAfter: nil)
        }
    }

    /// The way to Fastly: three attempts, each logged.
    public static func transport(
        over base: any Transport, log: Log, time: TimeSource, random: @escaping @Sendable () -> Double,
        sleep: @escaping @Sendable (Duration) async throws -> Void
    ) -> some Transport {
        RetryingTransport(LoggingTransport(base, log: log, time: time), time: time, random: random, sleep: sleep)
    }
}
