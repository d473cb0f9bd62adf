import Command

/// Repeats calls that failed for a reason that passes.
///
/// Repeated are idempotent calls without an answer or with one of ``RetryPolicy/statuses``, and any call of which nothing
/// was sent. The longest wait is four times that before, and the wait is drawn from it at random, so that many clients do not come back
/// at once; a pause that the service asks for is kept when it is short. It never waits past the deadline, and begins no
/// attempt when the task is cancelled: the last outcome is what the caller gets then.
public struct RetryingTransport: Transport {
    private let base: any Transport
    private let policy: RetryPolicy
    private let time: TimeSource
    private let random: @Sendable () -> Double
    private let sleep: @Sendable (Duration) async throws -> Void

    /// Repeats what `base` cannot do at once.
    ///
    /// - Parameters:
    ///   - random: draws from 0 up to, but not including, 1.
    ///   - sleep: waits so long; throws when the task is cancelled.
    public init(
        _ base: any Transport, policy: RetryPolicy = RetryPolicy(), time: TimeSource,
        random: @escaping @Sendable () -> Double, sleep: @escaping @Sendable (Duration) async throws -> Void
    ) {
        self.base = base
        self.policy = policy
        self.time = time
        self.random = random
        self.sleep = sleep
    }

    /// Sends the request until it succeeds, fails for good, or the attempts are used up.
    ///
    /// - Throws: the last attempt's failure; it may have arrived when any of the attempts may.
    public func send(_ request: Request, within deadline: Deadline) async throws(TransportError) -> Response {
        /// Whether an attempt before this one may have taken effect.
        var mayHaveArrived = false
        var attempt = 1
        while true {
            let outcome = await base.outcome(of: request, within: deadline)
            if let pause = policy.pause(after: outcome, of: request, attempt: attempt, now: time.now, random: random),
                time.steady() + pause < deadline.at, !Task.isCancelled, await waits(pause)
            {
                mayHaveArrived = mayHaveArrived || outcome.mayHaveTakenEffect
                attempt += 1
                continue
            }
            do {
                var response = try outcome.get()
                response.mayFollowEffect = mayHaveArrived
                return response
            } catch {
                var error = error
                error.mayHaveArrived = error.mayHaveArrived || mayHaveArrived
                throw error
            }
        }
    }

    /// False when the task was cancelled meanwhile.
    private func waits(_ pause: Duration) async -> Bool {
        do {
            try await sleep(pause)
            return !Task.isCancelled
        } catch {
            return false
        }
    }
}

extension Result<Response, TransportError> {
    /// False when the service cannot have done what it was asked: it was not reached, or it refused.
    fileprivate var mayHaveTakenEffect: Bool {
        switch self {
        case .success(let response): !(400...499).contains(response.status)
        case .failure(let error): error.mayHaveArrived
        }
    }
}

extension Transport {
    /// What ``send(_:within:)`` returns or throws.
    func outcome(of request: Request, within deadline: Deadline) async -> Result<Response, TransportError> {
        do throws(TransportError) {
            return .success(try await send(request, within: deadline))
        } catch {
            return .failure(error)
        }
    }
}
