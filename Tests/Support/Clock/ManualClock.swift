import Bytes
import Command
import HTTP
import Synchronization

/// A clock that stands still until the test moves it.
public final class ManualClock: Sendable {
    private let state: Mutex<State>

    fileprivate struct State {
        var now: Timestamp
        var steady: Duration
        var sleeps: [Duration] = []
    }

    /// A clock that shows the instant of the acceptance cases of `spec/openedx.md` §18: 2026-09-15T12:00:00Z.
    public convenience init() {
        self.init(Timestamp(microseconds: 1_789_473_600_000_000))
    }

    /// A clock that shows `now`, on its steady side `steady`.
    public init(_ now: Timestamp, steady: Duration = .seconds(1000)) {
        state = Mutex(State(now: now, steady: steady))
    }

    /// What the wall clock shows.
    public var now: Timestamp { state.withLock { $0.now } }

    /// What the steady clock shows.
    public var steady: Duration { state.withLock { $0.steady } }

    /// How long was slept, each time.
    public var sleeps: [Duration] { state.withLock { $0.sleeps } }

    /// The clock as programs take it.
    public var source: TimeSource {
        TimeSource(now: { self.now }, steady: { self.steady })
    }

    /// Lets time pass on both clocks.
    public func advance(by duration: Duration) {
        state.withLock { $0.advance(by: duration) }
    }

    /// Lets time pass until the steady clock shows `steady`; nothing when it is past that.
    public func advance(to steady: Duration) {
        state.withLock { $0.advance(by: max(.zero, steady - $0.steady)) }
    }

    /// Sets the wall clock, forth or back; the steady clock does not notice.
    public func setWall(to now: Timestamp) {
        state.withLock { $0.now = now }
    }

    /// The deadline that is so far away.
    public func deadline(in duration: Duration) -> Deadline {
        Deadline(at: steady + duration)
    }

    /// Sleeps without waiting: the time passes at once. Throws when the task is cancelled, as sleeping does.
    public func sleep(_ duration: Duration) async throws {
        try Task.checkCancellation()
        state.withLock { state in
            state.sleeps.append(duration)
            state.advance(by: max(.zero, duration))
        }
        await Task.yield()
    }
}

extension ManualClock.State {
    fileprivate mutating func advance(by duration: Duration) {
        steady += duration
        let (seconds, attoseconds) = duration.components
        now = Timestamp(microseconds: now.microseconds + seconds * 1_000_000 + attoseconds / 1_000_000_000_000)
    }
}
