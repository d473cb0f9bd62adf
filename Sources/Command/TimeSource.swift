import Bytes
import Glibc

/// The time as a program sees it, passed in wherever an instant or a duration matters.
public struct TimeSource: Sendable {
    /// The instant of the wall clock; it may jump when somebody sets the clock.
    public let now: @Sendable () -> Timestamp
    /// The time since an arbitrary start, which never goes back: for durations.
    public let steady: @Sendable () -> Duration

    /// A clock that tells what the closures tell.
    public init(now: @escaping @Sendable () -> Timestamp, steady: @escaping @Sendable () -> Duration) {
        self.now = now
        self.steady = steady
    }

    /// The machine's clocks.
    public static let system = TimeSource(
        now: {
            let time = read(CLOCK_REALTIME)
            return Timestamp(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)
        },
        steady: {
            // With the time that the machine was asleep: others do not wait for it.
            let time = read(CLOCK_BOOTTIME)
            return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
        })

    private static func read(_ clock: clockid_t) -> timespec {
        var time = timespec()
        clock_gettime(clock, &time)
        return time
    }
}
