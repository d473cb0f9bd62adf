import Command
import Synchronization
import Worker

/// The death of a process, played within one: from the n-th pass of a point on, nothing it does has any effect, since each
/// of its steps ends here.
public final class Death: Sendable {
    private let point: FaultPoint?
    private let state: Mutex<(remaining: Int, isDead: Bool)>

    public init(at point: FaultPoint?, pass: Int = 1) {
        self.point = point
        state = Mutex((remaining: pass, isDead: false))
    }

    /// The checkpoint of the engine that dies.
    public var pass: Checkpoint {
        { [self] point in
            try state.withLock { state in
                if point == self.point, state.remaining > 0 {
                    state.remaining -= 1
                    if state.remaining == 0 { state.isDead = true }
                }
                if state.isDead { throw Failure(.bug, "dead") }
            }
        }
    }

    /// Whether there is a point at which it dies.
    public var isArmed: Bool { point != nil }

    /// Whether it has come to that.
    public var isDead: Bool { state.withLock(\.isDead) }
}
