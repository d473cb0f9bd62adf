import Bytes
import Command
import Services
import Store

/// What an error means for the entry of a queue that was worked on (`mechanics.md`).
enum QueueVerdict: Hashable, Sendable {
    /// It is as if it had not been claimed: the error concerns all, or the program is stopping.
    case untouched
    /// Another process has it.
    case taken
    /// Nobody can do it as it is.
    case parked(String)
    /// It failed for good, as far as one call can tell.
    case counted(String)
    /// It is to be tried again after exactly so long.
    case delayed(String, by: Duration)
    /// It may go better later, not before the pause.
    case postponed(String, pause: Duration?)

    /// What an error means.
    init(_ error: any Error) {
        switch error {
        case is CancellationError, is Failure: self = .untouched
        case is LeaseLost: self = .taken
        case let error as QueueRejection: self = .parked(error.problem)
        case let error as QueueDelay: self = .delayed(error.problem, by: error.wait)
        case let error as ServiceError: self.init(error)
        case let error as StoreError:
            self = error.code.concernsAll ? .untouched : .postponed(error.description, pause: nil)
        case let error as Postponed: self = .postponed(error.problem, pause: nil)
        case is LockBusy: self = .postponed("another process is at work on it", pause: nil)
        // Of an unknown error nothing but the type is known to be free of secrets.
        default: self = .postponed("unexpected \(String(reflecting: type(of: error)))", pause: nil)
        }
    }

    private init(_ error: ServiceError) {
        switch error.disposition {
        case .permanent where QueueVerdict.rejections.contains(error.status ?? 0): self = .parked(error.description)
        case .permanent: self = .counted(error.description)
        case .temporary: self = .postponed(error.description, pause: nil)
        case .unavailable(let pause): self = .postponed(error.description, pause: pause)
        case .systemic, .stopped: self = .untouched
        }
    }

    /// The answers that say that the payload itself is at fault (RFC 9110 §15.5).
    private static let rejections: Set = [400, 413, 414, 415, 422]
}
