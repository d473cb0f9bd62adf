import Command
import Synchronization

/// Whether a call is to be given up: asked by the thread of the call, told by whoever cancels its task.
final class CurlStop: Sendable {
    private let time: TimeSource
    private let grace: Duration
    private let requestedAt = Mutex<Duration?>(nil)

    init(time: TimeSource, grace: Duration) {
        self.time = time
        self.grace = grace
    }

    /// The task was cancelled now.
    func request() {
        let now = time.steady()
        requestedAt.withLock { $0 = $0 ?? now }
    }

    /// Whether the task was cancelled: a call does not begin any more.
    var isRequested: Bool { requestedAt.withLock { $0 != nil } }

    /// Whether the time that a call in flight is given is over.
    var isDue: Bool {
        guard let requested = requestedAt.withLock({ $0 }) else { return false }
        return time.steady() - requested >= grace
    }
}
